import { useOpenRecord } from '#web/shell/open-record.ts'
import { useWords } from '#web/words/use-words.ts'
import { forecastWords } from './words.ts'

/** A deal that opens; one out of reach is only said to be there. */
export function DealName({ id, name }: { readonly id: string; readonly name: string | null }) {
  const t = useWords(forecastWords)
  const open = useOpenRecord()
  if (name === null) return <span className="muted">{t('hidden')}</span>
  return (
    <button type="button" className="plain-button forecast-link" onClick={() => open('opportunity', id)}>
      {name}
    </button>
  )
}
