import { Segmented } from 'antd'
import { amountText } from '#web/kit/amount-text.ts'
import { useWords } from '#web/words/use-words.ts'
import { carries, type Carry } from '../carry.ts'
import type { PlanSummary } from '../contract.ts'
import type { AmendmentPreview } from '../path-contract.ts'
import { carryWords } from './carry-words.ts'

interface CarryChoiceProps {
  readonly plan: Pick<PlanSummary, 'measure' | 'rule'>
  /** What the amendment would change, as last told; nothing can be chosen before. */
  readonly preview: AmendmentPreview | undefined
  /** What somebody chose; where it is refused, and without a choice, the preview says who carries. */
  readonly chosen: Carry | undefined
  readonly onChoose: (carry: Carry) => void
}

/** Who carries the difference of an amendment: what would be refused cannot be chosen, and why stands below. */
export function CarryChoice({ plan, preview, chosen, onChoose }: CarryChoiceProps) {
  const t = useWords(carryWords)
  if (plan.rule.nodes !== 'sum') return <p className="muted">{t('carriedByNobody')}</p>
  if (!preview) return <p className="muted">{t('afterTheAmount')}</p>
  const refused = new Map(preview.refused.map((one) => [one.carry, one.reason]))
  const isRefused = chosen !== undefined && refused.has(chosen)
  const carry = isRefused ? preview.carry : (chosen ?? preview.carry)
  const { buffer } = preview
  const holds = buffer && {
    name: buffer.name,
    before: amountText(buffer.before, plan.measure),
    after: amountText(buffer.after, plan.measure),
  }
  return (
    <div className="carry-choice">
      <span>{t('carry')}</span>{' '}
      <Segmented<Carry>
        aria-label={t('carry')}
        value={carry}
        options={carries.map((value) => ({
          value,
          label: t(value),
          disabled: value !== carry && refused.has(value),
        }))}
        onChange={onChoose}
      />
      {isRefused && <p role="status">{t('otherCarries', { chosen: t(chosen), carry: t(carry) })}</p>}
      <p className="muted">{t(`${carry}Hint`)}</p>
      {holds && <p className="muted num">{t(holds.before === holds.after ? 'bufferHolds' : 'bufferMoves', holds)}</p>}
      {[...refused].map(([value, reason]) => (
        <p key={value} className="muted">
          {t('notSo', { carry: t(value), reason })}
        </p>
      ))}
    </div>
  )
}
