import { Suspense, useState, type ReactNode } from 'react'
import { App } from 'antd'
import { isSame } from '#engine/model/is-same.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { lazyPart } from '#web/kit/lazy-part.ts'
import { useLanguage } from '#web/words/use-words.ts'
import { titleOf } from '../record-title.ts'
import type { ScreenObject } from '../use-objects.ts'
import { useChangeRecord, type RecordChanges, type RecordRow } from '../use-records.ts'
import { currentOf } from './current-of.ts'

/** Comes when somebody was faster. */
const ConflictDialog = lazyPart(() => import('./ConflictDialog.tsx'), 'ConflictDialog')

/** A change that was refused because somebody changed the record first. */
export interface Clash {
  readonly before: RecordRow
  readonly mine: RecordChanges
  readonly theirs: RecordRow
}

/**
 * Shows refused changes of records, one after the other, both values side by side, and saves what is chosen; `clash`
 * takes a refusal and answers whether it was such a one.
 */
export function useConflicts(object: ScreenObject | undefined): {
  readonly clash: (problem: unknown, before: RecordRow, mine: RecordChanges) => boolean
  readonly clashAll: (found: readonly Clash[]) => void
  readonly dialog: ReactNode
} {
  const language = useLanguage()
  const { message } = App.useApp()
  const change = useChangeRecord()
  const [clashes, setClashes] = useState<readonly Clash[]>([])
  const [first] = clashes
  const clashAll = (found: readonly Clash[]) => setClashes((known) => [...known, ...found])
  const clash = (problem: unknown, before: RecordRow, mine: RecordChanges) => {
    const theirs = currentOf(problem)
    if (!theirs) return false
    // They changed something else: what I change is still as it was seen.
    const isApart = Object.keys(mine).every((key) => isSame(theirs[key], before[key]))
    if (isApart) void save({ before, mine, theirs }, mine)
    else clashAll([{ before, mine, theirs }])
    return true
  }
  const next = () => setClashes((known) => known.slice(1))
  const save = async ({ before, theirs }: Clash, values: RecordChanges): Promise<void> => {
    if (!object || Object.keys(values).length === 0) return
    try {
      await change.mutateAsync({ object: object.key, id: theirs.id, version: theirs.version, values })
    } catch (problem) {
      if (!clash(problem, { ...before, ...theirs }, values)) void message.error(problemText(problem))
    }
  }
  const dialog =
    first && object ? (
      <Suspense fallback={null}>
        <ConflictDialog
          key={`${first.theirs.id} ${first.theirs.version}`}
          title={titleOf(object, first.theirs, language)}
          object={object}
          theirs={first.theirs}
          before={first.before}
          mine={first.mine}
          onSave={(values) => {
            next()
            void save(first, values)
          }}
          onClose={next}
        />
      </Suspense>
    ) : null
  return { clash, clashAll, dialog }
}
