import { useCallback, useState } from 'react'
import { App } from 'antd'
import { useChangeRecord, type RecordChanges, type RecordRow } from '#features/objects/web/index.tsx'
import { problemText } from '#web/kit/problem-text.ts'

/** A record on its way to another column or day, before the server has answered. */
export interface Move {
  readonly row: RecordRow
  readonly from: string
  readonly to: string
}

/** Moves records at once on the screen; a refusal puts them back. */
export function useMoves(object: string) {
  const { message } = App.useApp()
  const change = useChangeRecord()
  const [moves, setMoves] = useState<ReadonlyMap<string, Move>>(new Map())
  const { mutateAsync } = change
  const move = useCallback(
    async (wanted: Move, values: RecordChanges): Promise<boolean> => {
      const { row } = wanted
      setMoves((before) => new Map(before).set(row.id, wanted))
      const end = () =>
        setMoves((before) => new Map([...before].filter(([id, known]) => id !== row.id || known !== wanted)))
      try {
        await mutateAsync({ object, id: row.id, version: row.version, values })
        // What is asked anew shows the record in its new place: until then the move stands.
        setTimeout(end, 1500)
        return true
      } catch (problem) {
        end()
        void message.error(problemText(problem))
        return false
      }
    },
    [message, mutateAsync, object],
  )
  /** The records of a place, with those on their way put where they go. */
  const placed = (place: string, rows: readonly RecordRow[]): readonly RecordRow[] => {
    const here = rows.filter((row) => (moves.get(row.id)?.to ?? place) === place)
    const coming = [...moves.values()].filter(({ to, row }) => to === place && !here.some(({ id }) => id === row.id))
    return [...coming.map(({ row }) => row), ...here]
  }
  return { move, placed }
}
