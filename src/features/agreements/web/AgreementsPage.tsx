import { Segmented, Tabs } from 'antd'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { useLeads } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import { TargetTabs } from '#features/targets/web/index.tsx'
import { AppealCards } from './AppealCards.tsx'
import { ProposalsPane } from './ProposalsPane.tsx'
import type { AppealList } from './use-agreements.ts'
import { agreementWords } from './words.ts'
import './agreements.css'

/** Numbers from below, tier by tier, and appeals: the own, those to decide, all in reach. */
export function AgreementsPage() {
  const t = useWords(agreementWords)
  const address = useAddress()
  const change = useChangeAddress()
  const leads = useLeads()
  const list = listOf(address['list'], leads)
  const lists: { readonly value: AppealList; readonly label: string }[] = [
    { value: 'decide', label: t('tabDecide') },
    { value: 'mine', label: t('tabMine') },
    { value: 'all', label: t('tabAll') },
  ]
  return (
    <BoardPage title={t('agreements')} bar={<TargetTabs />}>
      <Tabs
        activeKey={address['tab'] === 'proposals' ? 'proposals' : 'appeals'}
        onChange={(tab) => change({ tab })}
        items={[
          {
            key: 'appeals',
            label: t('appeals'),
            children: (
              <div className="appeals-pane">
                <Segmented<AppealList>
                  aria-label={t('appeals')}
                  value={list}
                  options={lists}
                  onChange={(next) => change({ list: next })}
                />
                <AppealCards list={list} />
              </div>
            ),
          },
          { key: 'proposals', label: t('proposals'), children: <ProposalsPane /> },
        ]}
      />
    </BoardPage>
  )
}

function listOf(asked: string | undefined, leads: boolean): AppealList {
  if (asked === 'mine' || asked === 'decide' || asked === 'all') return asked
  return leads ? 'decide' : 'mine'
}
