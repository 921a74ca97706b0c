import type { UndoNotice } from '#web/kit/use-undo.tsx'
import { wordOf } from '#web/words/words.ts'
import type { MergeView } from '../contract.ts'
import { duplicateWords } from './words.ts'

/** What became of an undo, as far as it is: done, done in part, still under way, or failed. */
export function undoNotice({ undo }: Pick<MergeView, 'undo'>): UndoNotice {
  const say = (tone: UndoNotice['tone'], text: string): UndoNotice => ({ tone, text })
  if (undo?.state === 'failed') return say('error', wordOf(duplicateWords, 'undoFailed'))
  if (undo?.state !== 'done') return say('info', wordOf(duplicateWords, 'undoGoesOn'))
  if (undo.skipped === 0) return say('success', wordOf(duplicateWords, 'undoneState'))
  return say('warning', wordOf(duplicateWords, 'undoneExcept', { n: undo.skipped }))
}
