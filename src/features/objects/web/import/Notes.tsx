import { Alert } from 'antd'
import type { ImportNote } from '#engine/transfer/contract.ts'
import { useWords } from '#web/words/use-words.ts'
import { importWords } from './words.ts'

const keys = {
  LINES_BEFORE_HEADER: 'beforeHeader',
  HEADER_DOUBLED: 'doubledHeader',
  HEADER_EMPTY: 'emptyHeader',
  HEADER_OF_TWO_LINES: 'twoLineHeader',
} as const

/** What reading the file noticed on its own. */
export function Notes({ notes }: { readonly notes: readonly ImportNote[] }) {
  const t = useWords(importWords)
  if (notes.length === 0) return null
  const words = notes
    .slice(0, 5)
    .map(({ code, count = 0, name = '', became = '' }) => t(keys[code], { count, name, became }))
  return <Alert type="info" showIcon title={words.join('；')} />
}
