import type { historyWords } from './words.ts'

type Word = keyof typeof historyWords.labels

const byKind: Readonly<Record<string, Word>> = {
  import: 'byImport',
  merge: 'byMerge',
  undo: 'byUndo',
  'record.undo': 'byUndoOfOne',
  'record.restore': 'byRestore',
  'org.hand-over': 'byHandOver',
}

interface Source {
  readonly kind: string
  readonly via: 'page' | 'key' | null
}

/** From where a change came, as a word of the history; none where nothing is known of it. */
export function sourceWord({ kind, via }: Source): Word | undefined {
  if (byKind[kind]) return byKind[kind]
  if (kind.startsWith('bulk.')) return 'byBulk'
  if (via === 'key') return 'byKey'
  return via === 'page' ? 'byForm' : undefined
}
