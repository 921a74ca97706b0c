import { Tag } from 'antd'
import type { ImportView } from '#engine/transfer/import-view.ts'
import { useWords } from '#web/words/use-words.ts'
import { importWords } from './words.ts'

const marks: Readonly<Record<ImportView['state'], string>> = {
  queued: '…',
  running: '▶',
  done: '✓',
  cancelled: '■',
  failed: '✕',
}

/** How an import stands: a sign and a word, never colour alone. */
export function StateTag({ state }: { readonly state: ImportView['state'] }) {
  const t = useWords(importWords)
  return (
    <Tag>
      {marks[state]} {t(state)}
    </Tag>
  )
}
