import { Figure } from '#web/kit/Figure.tsx'
import { shortNumber, type NumberUnit } from '#web/kit/number-text.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { PastForecast } from '../contract.ts'
import { outlookWords } from './words.ts'

interface PastTableProps {
  readonly past: readonly PastForecast[]
  readonly unit: NumberUnit
  /** Opens the months of `[from, to)`. */
  readonly onOpen?: ((from: string, to: string) => void) | undefined
}

/** Periods of the past as they would have been forecast when they began. */
export function PastTable({ past, unit, onOpen }: PastTableProps) {
  const t = useWords(outlookWords)
  const label = useLabel()
  const language = useLanguage()
  const short = (value: string) => shortNumber(value, { unit, language })
  return (
    <div className="outlook-table" tabIndex={0} role="region" aria-label={t('backtest')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('month')}</th>
            <th scope="col">{t('forecastRange')}</th>
            <th scope="col">{t('actual')}</th>
          </tr>
        </thead>
        <tbody>
          {past.map((each) => (
            <tr key={each.from}>
              <th scope="row">{label(each.label)}</th>
              <td>
                {short(each.forecast)}
                <small className="muted outlook-range">
                  {short(each.lower)} – {short(each.upper)}
                </small>
              </td>
              <td>
                <Figure
                  value={each.actual}
                  unit={unit}
                  label={t('recordsOf', { name: label(each.label) })}
                  onOpen={onOpen && (() => onOpen(each.from, each.to))}
                />{' '}
                <span className={each.isInside ? 'outlook-inside' : 'outlook-outside'}>
                  <span aria-hidden>{each.isInside ? '●' : '▲'}</span> {t(each.isInside ? 'inside' : 'outside')}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
