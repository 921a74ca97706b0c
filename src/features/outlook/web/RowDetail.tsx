import { shortNumber, type NumberUnit } from '#web/kit/number-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { CheckedRow } from '../contract.ts'
import { DriverTable } from './DriverTable.tsx'
import { LightReasons } from './Lights.tsx'
import { PastTable } from './PastTable.tsx'
import { useRowCheck } from './use-outlook.ts'
import { outlookWords } from './words.ts'

interface RowDetailProps {
  readonly planId: string
  readonly node: string
  readonly metric: string
  readonly unit: NumberUnit
}

/** One target: its lights with reasons, what its chance rests on, and how such judgements did before. */
export function RowDetail({ planId, node, metric, unit }: RowDetailProps) {
  const t = useWords(outlookWords)
  const check = useRowCheck(planId, node)
  if (check.error) return <ErrorState problem={check.error} onRetry={() => void check.refetch()} />
  if (!check.data) return <LoadingState rows={8} />
  const { row, past, period } = check.data
  return (
    <>
      <h3>{row.name}</h3>
      <p>
        <PageLink to="/targets/outlook" search={{ metric, node, period: period.key }}>
          {t('openOutlook')}
        </PageLink>
      </p>
      <LightReasons lights={row.lights} />
      {row.achievability && <Drivers found={row.achievability} target={row.target} unit={unit} />}
      {past.length > 0 && (
        <>
          <h4>{t('past')}</h4>
          <PastTable past={past} unit={unit} />
        </>
      )}
    </>
  )
}

interface DriversProps {
  readonly found: NonNullable<CheckedRow['achievability']>
  readonly target: string
  readonly unit: NumberUnit
}

function Drivers({ found, target, unit }: DriversProps) {
  const t = useWords(outlookWords)
  const language = useLanguage()
  const short = (value: string) => shortNumber(value, { unit, language })
  return (
    <>
      <dl className="outlook-facts">
        <dt>{t('target')}</dt>
        <dd>{short(target)}</dd>
        <dt>{t('forecast')}</dt>
        <dd>
          {short(found.forecast)} ({short(found.lower)} – {short(found.upper)})
        </dd>
      </dl>
      <h4>{t('drivers')}</h4>
      <DriverTable drivers={found.drivers} absent={found.absent} isBorrowed={found.isBorrowed} unit={unit} />
    </>
  )
}
