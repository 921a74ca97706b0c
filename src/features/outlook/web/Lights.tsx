import { useLabel, useWords } from '#web/words/use-words.ts'
import { lightNames, type CheckedRow, type LightState } from '../contract.ts'
import { outlookWords } from './words.ts'

const marks: Readonly<Record<LightState, string>> = { good: '●', watch: '▲', bad: '◆', unknown: '○' }

interface LightsProps {
  readonly lights: CheckedRow['lights']
}

/** Five lights in a row, S M A R T: by shape and colour, with their words for whoever does not see them. */
export function Lights({ lights }: LightsProps) {
  const t = useWords(outlookWords)
  return (
    <span className="smart-lights">
      {lightNames.map((name) => (
        <span key={name} className="smart-light" data-state={lights[name].state} title={t(name)}>
          <span aria-hidden>{marks[lights[name].state]}</span>
          <span className="visually-hidden">
            {t(name)}: {t(lights[name].state)}
          </span>
        </span>
      ))}
    </span>
  )
}

/** The same with the reason of each. */
export function LightReasons({ lights }: LightsProps) {
  const t = useWords(outlookWords)
  const label = useLabel()
  return (
    <dl className="smart-reasons">
      {lightNames.map((name) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt className="smart-light" data-state={lights[name].state}>
            <span aria-hidden>{marks[lights[name].state]}</span>
            <span className="visually-hidden">{t(lights[name].state)}</span>
          </dt>
          <dd>{t(name)}</dd>
          <dd className="muted">{label(lights[name].reason)}</dd>
        </div>
      ))}
    </dl>
  )
}
