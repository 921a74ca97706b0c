import type { ReactNode } from 'react'
import { momentText } from '#web/kit/date-text.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { Connection } from '../contract.ts'
import { workplaceWords } from './words.ts'

/** Last success and failure, what is linked, what is on. */
export function Standing({ connection }: { readonly connection: Connection }) {
  const t = useWords(workplaceWords)
  const label = useLabel()
  const language = useLanguage()
  const { lastSuccessAt, lastFailureAt, lastFailure, lastFailureDetail } = connection
  const moment = (at: unknown) => momentText(String(at), language)
  return (
    <dl className="workplace-facts">
      <Fact name={t('lastSuccess')}>{lastSuccessAt ? moment(lastSuccessAt) : t('never')}</Fact>
      {lastFailureAt && (
        <Fact name={t('lastFailure')} isBad={isNewer(lastFailureAt, lastSuccessAt)}>
          {moment(lastFailureAt)}
          {lastFailure && <span className="workplace-why">{label(lastFailure)}</span>}
          {lastFailureDetail && <code className="workplace-detail">{lastFailureDetail}</code>}
        </Fact>
      )}
      <Fact name={t('linked')}>
        {t('linkedCounts', { people: connection.linkedPeople, units: connection.linkedUnits })}
      </Fact>
      <Fact name={t('signIn')}>{t(connection.isSignInOn ? 'on' : 'off')}</Fact>
      <Fact name={t('sync')}>{t(connection.isSyncOn ? 'nightly' : 'byHand')}</Fact>
    </dl>
  )
}

interface FactProps {
  readonly name: string
  readonly isBad?: boolean
  readonly children: ReactNode
}

function Fact({ name, isBad = false, children }: FactProps) {
  return (
    <div>
      <dt className="muted">{name}</dt>
      <dd className={`num ${isBad ? 'workplace-bad' : ''}`}>{children}</dd>
    </div>
  )
}

const isNewer = (failure: Date | string, success: Date | string | null) =>
  success === null || new Date(failure) > new Date(success)
