import { Suspense, useState, type ReactNode } from 'react'
import { App } from 'antd'
import { problemText } from '#web/kit/problem-text.ts'
import { lazyPart } from '#web/kit/lazy-part.ts'
import { useLanguage } from '#web/words/use-words.ts'
import { titleOf } from '../record-title.ts'
import type { ScreenObject } from '../use-objects.ts'
import { useChangeRecord, type RecordChanges, type RecordRow } from '../use-records.ts'
import { currentOf } from './current-of.ts'
import { isDisputed, type Clash } from './disputed.ts'

/** Comes when somebody was faster. */
const ConflictDialog = lazyPart(() => import('./ConflictDialog.tsx'), 'ConflictDialog')

export type { Clash } from './disputed.ts'

/**
 * Shows refused changes of records, one after the other, both values side by side, and saves what is chosen; where they
 * changed other fields than I, mine are saved at once. `clash` takes a refusal and answers whether it was such a one.
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
  const clashAll = (found: readonly Clash[]) => {
    const apart = found.filter((one) => !Object.keys(one.mine).some((key) => isDisputed(one, key)))
    setClashes((known) => [...known, ...found.filter((one) => !apart.includes(one))])
    void saveAll(apart)
  }
  const clash = (problem: unknown, before: RecordRow, mine: RecordChanges) => {
    const theirs = currentOf(problem)
    if (!theirs) return false
    clashAll([{ before, mine, theirs }])
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
  const saveAll = async (apart: readonly Clash[]) => {
    for (const one of apart) await save(one, one.mine)
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
