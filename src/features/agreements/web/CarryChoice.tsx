import { Alert, Segmented } from 'antd'
import type { Carry } from '#features/targets/contract.ts'
import type { CallReply } from '#web/api/call.ts'
import { amountText } from '#web/kit/amount-text.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import type { Appeal, previewDecisionRoute } from '../contract.ts'
import { agreementWords } from './words.ts'

export type DecisionPreview = CallReply<typeof previewDecisionRoute>

interface CarryChoiceProps {
  readonly plan: Appeal['plan']
  readonly carry: Carry
  readonly onCarry: (carry: Carry) => void
  /** What the decision would change, as last told. */
  readonly preview: DecisionPreview | undefined
  readonly problem: Error | null
}

/** Who carries the difference of an appeal that is granted, and what changes with it. */
export function CarryChoice({ plan, carry, onCarry, preview, problem }: CarryChoiceProps) {
  const t = useWords(agreementWords)
  const shown = (amount: string) => amountText(amount, plan.measure)
  const buffer = preview?.buffer ?? null
  return (
    <>
      {plan.rule.nodes === 'sum' ? (
        <div>
          <span>{t('carry')}</span>{' '}
          <Segmented<Carry>
            value={carry}
            aria-label={t('carry')}
            options={[
              { value: 'siblings', label: t('siblings') },
              { value: 'parents', label: t('parents') },
              {
                value: 'buffer',
                label: t('buffer'),
                disabled: carry !== 'buffer' && Number(buffer?.before ?? 0) === 0,
              },
            ]}
            onChange={onCarry}
          />
          <p className="muted">
            {t(hints[carry])}
            {buffer && ` · ${t('bufferHolds', { name: buffer.name, before: shown(buffer.before) })}`}
          </p>
        </div>
      ) : (
        <p className="muted">{t('carriedByNobody')}</p>
      )}
      {problem && <Alert type="warning" showIcon title={problemText(problem)} />}
      {preview && !problem && (
        <>
          <table className="decision-effect">
            <caption>{t('effect')}</caption>
            <tbody>
              {preview.rows.map((row) => (
                <tr key={row.node}>
                  <th scope="row">{row.name}</th>
                  <td className="num">{shown(row.before)}</td>
                  <td className="num">→ {shown(row.after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {buffer && buffer.before !== buffer.after && (
            <p className="num">
              {t('bufferAfter', { name: buffer.name, before: shown(buffer.before), after: shown(buffer.after) })}
            </p>
          )}
        </>
      )}
    </>
  )
}

const hints = { siblings: 'siblingsHint', parents: 'parentsHint', buffer: 'bufferHint' } as const
