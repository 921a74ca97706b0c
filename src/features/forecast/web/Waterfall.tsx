import { shortNumber } from '#web/kit/number-text.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { Movement } from './use-forecast.ts'
import { forecastWords } from './words.ts'

interface WaterfallProps {
  readonly movement: Movement
  readonly currency: string
  /** What the end is called. */
  readonly end: string
}

interface Step {
  readonly key: string
  readonly name: string
  readonly amount: number
  /** From where to where the bar goes. */
  readonly from: number
  readonly to: number
  readonly deals: Movement['moves'][number]['deals']
}

/** From one landing to another, reason by reason; each opens to its deals. */
export function Waterfall({ movement, currency, end }: WaterfallProps) {
  const t = useWords(forecastWords)
  const language = useLanguage()
  const open = useOpenRecord()
  const style = { unit: 'money' as const, language, currency }
  const steps = stepsOf(movement, { begin: t('then'), end, nameOf: (reason) => t(reason) })
  const top = Math.max(1, ...steps.flatMap(({ from, to }) => [from, to]))
  return (
    <ol className="forecast-waterfall">
      {steps.map(({ key, name, amount, from, to, deals }) => (
        <li key={key}>
          <details>
            <summary>
              <span>{name}</span>
              <span className="forecast-bar" aria-hidden>
                <i
                  data-kind={deals.length === 0 ? 'total' : amount < 0 ? 'less' : 'more'}
                  style={{
                    left: `${(Math.min(from, to) / top) * 100}%`,
                    width: `${(Math.abs(to - from) / top) * 100}%`,
                  }}
                />
              </span>
              <b className="num">{`${deals.length > 0 && amount > 0 ? '+' : ''}${shortNumber(amount, style)}`}</b>
            </summary>
            {deals.map((deal) => (
              <p key={deal.id} className="forecast-moved">
                {deal.name === null ? (
                  <span className="muted">{t('hidden')}</span>
                ) : (
                  <button
                    type="button"
                    className="plain-button forecast-link"
                    onClick={() => open('opportunity', deal.id)}
                  >
                    {deal.name}
                  </button>
                )}
                <span className="num">{shortNumber(deal.amount, style)}</span>
              </p>
            ))}
          </details>
        </li>
      ))}
    </ol>
  )
}

function stepsOf(
  { from, to, moves }: Movement,
  words: { begin: string; end: string; nameOf: (reason: Movement['moves'][number]['reason']) => string },
): readonly Step[] {
  const begin = Number(from.landing)
  let level = begin
  const between = moves.map(({ reason, amount, deals }): Step => {
    const step = {
      key: reason,
      name: words.nameOf(reason),
      amount: Number(amount),
      from: level,
      to: level + Number(amount),
      deals,
    }
    level = step.to
    return step
  })
  const last = Number(to.landing)
  return [
    { key: 'begin', name: words.begin, amount: begin, from: 0, to: begin, deals: [] },
    ...between,
    { key: 'end', name: words.end, amount: last, from: 0, to: last, deals: [] },
  ]
}
