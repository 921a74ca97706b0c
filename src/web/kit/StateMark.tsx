import { useWords } from '#web/words/use-words.ts'
import { stateColor, stateMarks, stateWord, type PaceState } from './state.ts'
import { kitWords } from './words.ts'

interface StateMarkProps {
  readonly state: PaceState
  /** Why there is none, as the server names it; no target unless told. */
  readonly reason?: string | null | undefined
  /** Only the mark; the word is still read aloud. */
  readonly short?: boolean
}

/** ▲ 领先: a state by shape, colour and word. */
export function StateMark({ state, reason, short = false }: StateMarkProps) {
  const t = useWords(kitWords)
  const word = t(stateWord(state, reason))
  return (
    <span className="state-mark" style={{ color: stateColor(state) }} title={word}>
      <span aria-hidden>{stateMarks[state]}</span>
      <span className={short ? 'visually-hidden' : 'state-mark-word'}>{word}</span>
    </span>
  )
}
