import { useState } from 'react'
import { Segmented } from 'antd'
import { useObject, useObjects } from '#features/objects/web/index.tsx'
import type { AttainmentNode } from '#features/targets/contract.ts'
import { useAttainmentTree, wayTo } from '#features/targets/web/index.tsx'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useWords } from '#web/words/use-words.ts'
import { FunnelChart } from './FunnelChart.tsx'
import { BoardsBar } from './BoardsBar.tsx'
import { PrintButton } from './PrintButton.tsx'
import { TierFunnels } from './TierFunnels.tsx'
import { useFunnelStages, type Counted } from './use-funnel.ts'
import { boardWords } from './words.ts'
import './boards.css'

/** The deals that are open at a node, by stage, and those of each tier below it. */
export function FunnelPage() {
  const t = useWords(boardWords)
  const { node, period } = useWhoAndWhen()
  const deals = useObject('opportunity')
  const { isPending: isAsking } = useObjects()
  const stages = useFunnelStages()
  const tree = useAttainmentTree('won_deals', period.key)
  const [counted, setCounted] = useState<Counted>('count')
  const focus = tree.data && (node ? wayTo<AttainmentNode>(tree.data, node).at(-1) : tree.data)
  const failed = stages.error ?? tree.error
  const hasAmount = deals?.fields.some(({ key }) => key === 'amount') ?? false
  return (
    <BoardPage
      title={t('funnel')}
      note={focus && t('funnelNote', { name: focus.name })}
      bar={<BoardsBar board="funnel" />}
      actions={
        <>
          {hasAmount && (
            <Segmented<Counted>
              aria-label={t('show')}
              value={counted}
              onChange={setCounted}
              options={[
                { value: 'count', label: t('byDeals') },
                { value: 'amount', label: t('byAmount') },
              ]}
            />
          )}
          <PrintButton />
        </>
      }
    >
      {failed ? (
        <ErrorState problem={failed} onRetry={() => void tree.refetch()} />
      ) : isAsking || stages.isPending || tree.isPending ? (
        <LoadingState rows={10} />
      ) : !deals || !focus ? (
        <EmptyState title={t('hidden')} />
      ) : (
        <div className="boards">
          <Panel>
            <FunnelChart node={node} stages={stages.stages} counted={counted} hasAmount={hasAmount} />
          </Panel>
          {focus.children.length > 0 && (
            <Panel flush title={t('byTier')}>
              <TierFunnels root={focus} stages={stages.stages} counted={counted} hasAmount={hasAmount} />
            </Panel>
          )}
        </div>
      )}
    </BoardPage>
  )
}
