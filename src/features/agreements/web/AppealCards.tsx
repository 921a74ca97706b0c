import { Tag } from 'antd'
import { amountText } from '#web/kit/amount-text.ts'
import { plainDay } from '#web/kit/date-text.ts'
import { MoreButton } from '#web/kit/MoreButton.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { Appeal } from '../contract.ts'
import { AppealDrawer } from './AppealDrawer.tsx'
import { stateNames } from './state-names.ts'
import { useAppeals, type AppealList } from './use-agreements.ts'
import { agreementWords } from './words.ts'
import './agreements.css'

/** Appeals as cards; the one in the address is open. */
export function AppealCards({ list }: { readonly list: AppealList }) {
  const t = useWords(agreementWords)
  const appeals = useAppeals(list)
  const opened = useAddress()['appeal']
  const change = useChangeAddress()
  return (
    <>
      {appeals.isError ? (
        <ErrorState problem={appeals.error} onRetry={() => void appeals.refetch()} />
      ) : !appeals.data ? (
        <LoadingState rows={3} />
      ) : appeals.data.length === 0 && !appeals.hasNextPage ? (
        <p className="muted">{t('noAppeals')}</p>
      ) : (
        <div className="card-list">
          {appeals.data.map((appeal) => (
            <AppealCard key={appeal.id} appeal={appeal} onOpen={() => change({ appeal: appeal.id })} />
          ))}
          <MoreButton pages={appeals} />
        </div>
      )}
      {opened !== undefined && <AppealDrawer key={opened} id={opened} onClose={() => change({ appeal: undefined })} />}
    </>
  )
}

function AppealCard({ appeal, onOpen }: { readonly appeal: Appeal; readonly onOpen: () => void }) {
  const t = useWords(agreementWords)
  const label = useLabel()
  const { granted, state } = appeal
  const shown = (amount: string) => amountText(amount, appeal.plan.measure)
  const [standing, asked] = [shown(appeal.standing), shown(appeal.asked)]
  return (
    <button type="button" className="card-row appeal-card" onClick={onOpen}>
      <span>
        <b>{appeal.name}</b> {label(appeal.plan.metricLabel)} {label(appeal.plan.yearLabel)}
      </span>
      <Tag>{t(stateNames[state])}</Tag>
      <span className="num">
        {t('asks', { period: label(appeal.fromLabel), standing, asked })}
        {granted !== null && ` · ${t('grantedSo', { granted: shown(granted) })}`}
      </span>
      <span className="muted">
        {appeal.isOverdue
          ? t('overdue')
          : state === 'open'
            ? `${t('decider', { name: appeal.decider?.name ?? t('makers') })} · ${t('decideBy', { day: plainDay(appeal.decideBy) })}`
            : (appeal.decidedBy?.name ?? '')}
      </span>
    </button>
  )
}
