import { FundProjectionScreenOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { TargetTabs } from '#features/targets/web/index.tsx'
import { useLeads } from '#web/session/me.ts'
import { useAddress, useGo } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import { boardWords } from './words.ts'

type Board = 'heat' | 'people' | 'funnel'

/** The tabs of targets, and below them the boards; those that compare people are for those who lead them. */
export function BoardsBar({ board }: { readonly board: Board }) {
  const t = useWords(boardWords)
  const go = useGo()
  const { metric } = useAddress()
  const leads = useLeads()
  return (
    <>
      <TargetTabs />
      {leads && (
        <div className="boards-bar">
          <Segmented<Board>
            aria-label={t('boards')}
            value={board}
            onChange={(next) => go(`/targets/${next}`, { metric })}
            options={[
              { value: 'heat', label: t('heatTab') },
              { value: 'people', label: t('people') },
              { value: 'funnel', label: t('funnelTab') },
            ]}
          />
          <Button type="text" icon={<FundProjectionScreenOutlined />} onClick={() => go('/targets/wall')}>
            {t('wall')}
          </Button>
        </div>
      )}
    </>
  )
}
