import { Tag } from 'antd'
import { Figure } from '#web/kit/Figure.tsx'
import { dayBefore, plainDay } from '#web/kit/date-text.ts'
import { useWords } from '#web/words/use-words.ts'
import type { ShownSize } from '../contract.ts'
import { marketWords } from './words.ts'

/** Of which market a size speaks, how much it says, and who said so when. */
export function SizeFacts({ size }: { readonly size: ShownSize }) {
  const t = useWords(marketWords)
  return (
    <>
      <span>
        <b>{size.regionName}</b> {size.industry ?? t('all')} · {plainDay(size.from)} – {plainDay(dayBefore(size.to))}
      </span>
      <Figure value={size.amount} unit="money" currency={size.currency} exact />
      <span className="muted">
        {size.source} · {plainDay(size.toldOn)}
      </span>
      <Tag>
        {t('confidence')} {t(size.confidence)}
      </Tag>
    </>
  )
}
