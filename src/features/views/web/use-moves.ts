import { useState } from 'react'
import { App } from 'antd'
import { objectsRoutes } from '#features/objects/contract.ts'
import {
  useConflicts,
  useDoubts,
  useForgetRecords,
  type RecordChanges,
  type RecordRow,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'

/** A record on its way to another column or day, before everything that shows it was asked anew. */
export interface Move {
  readonly row: RecordRow
  readonly from: string
  readonly to: string
}

/**
 * Moves records at once on the screen; a refusal puts them back. Where the record may be there already it is asked about,
 * and where someone was faster both values are shown.
 */
export function useMoves(object: ScreenObject) {
  const { message } = App.useApp()
  const forget = useForgetRecords()
  const conflicts = useConflicts(object)
  const doubts = useDoubts(object.key)
  const [moves, setMoves] = useState<ReadonlyMap<string, Move>>(new Map())
  const move = async (wanted: Move, values: RecordChanges): Promise<boolean> => {
    const { row } = wanted
    setMoves((before) => new Map(before).set(row.id, wanted))
    const end = () =>
      setMoves((before) => new Map([...before].filter(([id, known]) => id !== row.id || known !== wanted)))
    const save = async (confirmed: boolean): Promise<boolean> => {
      try {
        // As where many are transferred: what was made stays with who made it.
        const keepsCredit = 'ownerId' in values
        const body = {
          version: row.version,
          values: { ...values },
          ...(confirmed ? { confirmed } : {}),
          ...(keepsCredit ? { keepsCredit } : {}),
        }
        await call(objectsRoutes.update, { params: { object: object.key, id: row.id }, body })
        void forget().then(end)
        return true
      } catch (problem) {
        const answer = confirmed ? undefined : await doubts.meant(problem)
        if (answer === 'yes') return save(true)
        end()
        if (conflicts.clash(problem, row, values)) void forget()
        else if (answer === undefined) void message.error(problemText(problem))
        return false
      }
    }
    return save(false)
  }
  /** The records of a place, with those on their way put where they go. */
  const placed = (place: string, rows: readonly RecordRow[]): readonly RecordRow[] => {
    const here = rows.filter((row) => (moves.get(row.id)?.to ?? place) === place)
    const coming = [...moves.values()].filter(({ to, row }) => to === place && !here.some(({ id }) => id === row.id))
    return [...coming.map(({ row }) => row), ...here]
  }
  return { move, placed, dialog: conflicts.dialog ?? doubts.dialog }
}
