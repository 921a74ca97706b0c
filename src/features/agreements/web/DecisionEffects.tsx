import { amountText } from '#web/kit/amount-text.ts'
import type { CallReply } from '#web/api/call.ts'
import { useWords } from '#web/words/use-words.ts'
import type { Appeal, previewDecisionRoute } from '../contract.ts'
import { agreementWords } from './words.ts'

interface DecisionEffectsProps {
  readonly preview: CallReply<typeof previewDecisionRoute>
  readonly measure: Appeal['plan']['measure']
}

/** Every row whose year a decision would change. */
export function DecisionEffects({ preview, measure }: DecisionEffectsProps) {
  const t = useWords(agreementWords)
  return (
    <table className="decision-effect">
      <caption>{t('effect')}</caption>
      <tbody>
        {preview.rows.map((row) => (
          <tr key={row.node}>
            <th scope="row">{row.name}</th>
            <td className="num">{amountText(row.before, measure)}</td>
            <td className="num">→ {amountText(row.after, measure)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
