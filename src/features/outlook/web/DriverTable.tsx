import { Figure } from '#web/kit/Figure.tsx'
import { percentText, shortNumber, type NumberUnit } from '#web/kit/number-text.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import type { AbsentPart, Driver } from '../contract.ts'
import { outlookWords } from './words.ts'

interface DriverTableProps {
  readonly drivers: readonly Driver[]
  /** What says nothing of this period, and why. */
  readonly absent: readonly AbsentPart[]
  readonly isBorrowed: boolean
  readonly unit: NumberUnit
  /** Opens what a side of the evidence rests on. */
  readonly onOpen?: ((kind: Driver['kind']) => void) | undefined
}

/** What a landing and its chance rest on, each with where it alone would end; said where they contradict each other. */
export function DriverTable({ drivers, absent, isBorrowed, unit, onOpen }: DriverTableProps) {
  const t = useWords(outlookWords)
  const label = useLabel()
  const language = useLanguage()
  const short = (value: string) => shortNumber(value, { unit, language })
  // Peers are other people's months; deals and a market have their own pages.
  const canOpen = ({ kind }: Driver) => onOpen !== undefined && (kind === 'history' || kind === 'capacity')
  const hasChance = drivers.some(({ chance }) => chance !== null)
  const isMarketMissing = unit === 'money' && !drivers.some(({ kind }) => kind === 'market')
  const silent = [
    ...absent.map((part) => ({ kind: part.kind, name: label(part.label), reason: label(part.reason) })),
    ...(isMarketMissing ? [{ kind: 'market', name: t('market'), reason: t('noMarket') }] : []),
  ]
  return (
    <>
      {isBorrowed && <p className="muted">{t('borrowed')}</p>}
      <div className="outlook-table outlook-parts" tabIndex={0} role="region" aria-label={t('evidence')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('evidence')}</th>
              <th scope="col">{t('forecast')}</th>
              <th scope="col">{t('weight')}</th>
              {hasChance && <th scope="col">{t('alone')}</th>}
            </tr>
          </thead>
          <tbody>
            {drivers.map((driver) => (
              <tr key={driver.kind}>
                <th scope="row">
                  {driver.kind === 'pipeline' ? (
                    <PageLink to="/forecast" search={{ view: 'system' }}>
                      {label(driver.label)}
                    </PageLink>
                  ) : (
                    label(driver.label)
                  )}
                  {driver.note && <small className="muted outlook-range">{label(driver.note)}</small>}
                </th>
                <td>
                  <Figure
                    value={driver.forecast}
                    unit={unit}
                    label={t('restsOn', { name: label(driver.label) })}
                    onOpen={canOpen(driver) ? () => onOpen?.(driver.kind) : undefined}
                  />
                  <small className="muted outlook-range">
                    {short(driver.lower)} – {short(driver.upper)}
                  </small>
                </td>
                <td>{percentText(driver.weight)}</td>
                {hasChance && <td>{percentText(driver.chance)}</td>}
              </tr>
            ))}
            {silent.map(({ kind, name, reason }) => (
              <tr key={kind}>
                <th scope="row">
                  {name}
                  <small className="muted outlook-range">{reason}</small>
                </th>
                <td>—</td>
                <td>—</td>
                {hasChance && <td>—</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {contradict(drivers) && <p className="muted">{t('contradict')}</p>}
    </>
  )
}

/** Two of them leave no common ground. */
function contradict(drivers: readonly Driver[]): boolean {
  return drivers.some((one) => drivers.some((other) => Number(one.upper) < Number(other.lower)))
}
