import { useCallback, useState } from 'react'
import { objectsRoutes } from '#features/objects/contract.ts'
import {
  currentOf,
  useDoubts,
  type RecordRow,
  type ScreenField,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import { isSame } from '#engine/model/is-same.ts'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useForgetFigures, usePatchRow } from '../use-rows.ts'

/** Somebody else changed the very cell meanwhile. */
export interface CellConflict {
  readonly before: RecordRow
  readonly theirs: RecordRow
  readonly field: ScreenField
  readonly mine: unknown
}

type Saved = { readonly ok: true } | { readonly ok: false; readonly fault: string }

/**
 * Saves single cells: at once on the screen, taken back when the server refuses, asked about where the record may be
 * there already, both shown when someone was faster.
 */
export function useCellSave(object: ScreenObject) {
  const patch = usePatchRow(object.key)
  const forget = useForgetFigures(object.key)
  const { meant, dialog } = useDoubts(object.key)
  const [conflict, setConflict] = useState<CellConflict>()

  const write = useCallback(
    async (row: RecordRow, field: ScreenField, value: unknown): Promise<Saved> => {
      const isNamed = field.type === 'reference' || field.type === 'owner'
      if (!isNamed) patch({ ...row, [field.key]: value })
      let confirmed = false
      for (let seen = row; ;) {
        try {
          const values = { [field.key]: value }
          // As where many are transferred: what was made stays with who made it.
          const keepsCredit = field.type === 'owner'
          const body = {
            version: seen.version,
            values,
            ...(confirmed ? { confirmed } : {}),
            ...(keepsCredit ? { keepsCredit } : {}),
          }
          patch(await call(objectsRoutes.update, { params: { object: object.key, id: row.id }, body }))
          forget()
          return { ok: true }
        } catch (problem) {
          const theirs = currentOf(problem)
          if (theirs && isSame(theirs[field.key], row[field.key])) {
            // They changed something else: this cell is still as it was seen.
            seen = { ...row, ...theirs }
            continue
          }
          if (!confirmed && (await meant(problem)) === 'yes') {
            confirmed = true
            continue
          }
          patch(theirs ?? row)
          if (!theirs) return { ok: false, fault: problemText(problem) }
          setConflict({ before: row, theirs, field, mine: value })
          return { ok: true }
        }
      }
    },
    [forget, meant, object.key, patch],
  )
  return { write, dialog, conflict, endConflict: () => setConflict(undefined) }
}
