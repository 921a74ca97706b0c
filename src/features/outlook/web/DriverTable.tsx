import { Figure } from '#web/kit/Figure.tsx'
import { percentText, shortNumber, type NumberUnit } from '#web/kit/number-text.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { Driver } from '../contract.ts'
import { outlookWords } from './words.ts'

interface DriverTableProps {
  readonly drivers: readonly Driver[]
  readonly isBorrowed: boolean
  readonly unit: NumberUnit
  /** Opens what a side of the evidence rests on. */
  readonly onOpen?: ((kind: Driver['kind']) => void) | undefined
}

/** What a landing and its chance rest on, each with where it alone would end; said where they contradict each other. */
export function DriverTable({ drivers, isBorrowed, unit, onOpen }: DriverTableProps) {
  const t = useWords(outlookWords)
  const label = useLabel()
  const language = useLanguage()
  const short = (value: string) => shortNumber(value, { unit, language })
  // Peers are other people's months, and a market has its own page.
  const canOpen = ({ kind }: Driver) => onOpen !== undefined && kind !== 'peers' && kind !== 'market'
  const hasChance = drivers.some(({ chance }) => chance !== null)
  const isMarketMissing = unit === 'money' && !drivers.some(({ kind }) => kind === 'market')
  return (
    <>
      {isBorrowed && <p className="muted">{t('borrowed')}</p>}
      <div className="outlook-table" tabIndex={0} role="region" aria-label={t('evidence')}>
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
                  {label(driver.label)}
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
            {isMarketMissing && (
              <tr>
                <th scope="row">
                  {t('market')}
                  <small className="muted outlook-range">{t('noMarket')}</small>
                </th>
                <td>—</td>
                <td>—</td>
                {hasChance && <td>—</td>}
              </tr>
            )}
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
