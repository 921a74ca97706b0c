import { useWords } from '#web/words/use-words.ts'
import { stateColor, stateMarks, type PaceState } from './state.ts'
import { kitWords } from './words.ts'

interface StateMarkProps {
  readonly state: PaceState
  /** Only the mark; the word is still read aloud. */
  readonly short?: boolean
}

/** ▲ 领先: a state by shape, colour and word. */
export function StateMark({ state, short = false }: StateMarkProps) {
  const t = useWords(kitWords)
  const word = t(state === 'none' ? 'unknown' : state)
  return (
    <span className="state-mark" style={{ color: stateColor(state) }} title={word}>
      <span aria-hidden>{stateMarks[state]}</span>
      <span className={short ? 'visually-hidden' : 'state-mark-word'}>{word}</span>
    </span>
  )
}
