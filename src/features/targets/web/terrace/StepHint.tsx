import { exactNumber, percentText, type NumberUnit } from '#web/kit/number-text.ts'
import { StateMark } from '#web/kit/StateMark.tsx'
import { stateOf } from '#web/kit/state.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { sagAt, type Field, type Step } from './lay-terrace.ts'
import { terraceWords } from './words.ts'

interface StepHintProps {
  readonly step: Step
  readonly field: Field
  readonly unit: NumberUnit
  readonly currency?: string | undefined
}

const hintWidth = 220

/** The figures of the step under the pointer or the focus. */
export function StepHint({ step, field, unit, currency }: StepHintProps) {
  const t = useWords(terraceWords)
  const language = useLanguage()
  const style = { unit, language, currency }
  const middle = step.x + step.width / 2
  const left = Math.max(4, Math.min(middle - hintWidth / 2, field.width - hintWidth - 4))
  const isLow = step.row > 0
  const top = isLow
    ? step.top + sagAt(field, middle) - 6
    : step.top + step.height + field.captionHeight + sagAt(field, middle) + 8
  return (
    <div
      className="terrace-hint"
      style={{ left, top, width: hintWidth, transform: isLow ? 'translateY(-100%)' : undefined }}
      aria-hidden
    >
      <div className="terrace-hint-head">
        <b className="ellipsis">{step.tier.name}</b>
        <StateMark state={stateOf(step.tier.light)} reason={step.tier.reason} />
      </div>
      <dl className="num">
        <dt>{t('attainment')}</dt>
        <dd>{percentText(step.tier.attainment)}</dd>
        <dt>{t('actual')}</dt>
        <dd>{exactNumber(step.tier.actual, style)}</dd>
        <dt>{t('target')}</dt>
        <dd>{step.tier.target === null ? t('noTarget') : exactNumber(step.tier.target, style)}</dd>
      </dl>
      {step.row > 0 && <small>{t('goDown')}</small>}
    </div>
  )
}
