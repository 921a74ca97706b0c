import { Alert } from 'antd'
import type { ImportNote } from '#engine/transfer/opened-file.ts'
import { wordsOfNote } from '#engine/transfer/notes.ts'
import { useLanguage } from '#web/words/use-words.ts'

/** These may lose something; the others only tell how the file was read. */
const mayLose: readonly ImportNote['code'][] = ['NO_ROWS', 'COLUMNS_UNUSED', 'HEADER_DOUBLED']

/** What reading the file noticed on its own. */
export function Notes({ notes }: { readonly notes: readonly ImportNote[] }) {
  const language = useLanguage()
  if (notes.length === 0) return null
  const type = notes.some(({ code }) => mayLose.includes(code)) ? 'warning' : 'info'
  const words = notes.slice(0, 5).map((note) => wordsOfNote(note, language))
  return <Alert type={type} showIcon title={words.join(language === 'zh' ? '；' : '; ')} />
}
