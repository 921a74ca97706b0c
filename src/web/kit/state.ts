/** How a result stands against the share of working days that has gone. */
export type PaceState = 'ahead' | 'on' | 'behind' | 'far' | 'none'

export const stateMarks: Readonly<Record<PaceState, string>> = { ahead: '▲', on: '●', behind: '▼', far: '◆', none: '—' }

/** The style-sheet colour of a state. */
export function stateColor(state: PaceState): string {
  return `var(--${state})`
}

/** Why there is no light, as the server names it. */
const wordsOfNone: Readonly<Record<string, 'noFigure' | 'notBegun'>> = {
  'no-actual': 'noFigure',
  'not-begun': 'notBegun',
}

/** The word of the kit for a state; where there is none, for why. */
export function stateWord(state: PaceState, reason?: string | null) {
  return state === 'none' ? (wordsOfNone[reason ?? ''] ?? 'unknown') : state
}

/** States as the server names its lights; what it does not say is unknown, never good. */
export function stateOf(light: string | null | undefined): PaceState {
  if (light === 'ahead' || light === 'on' || light === 'behind' || light === 'far') return light
  if (light === 'on_pace' || light === 'on-pace') return 'on'
  if (light === 'far_behind' || light === 'far-behind') return 'far'
  return 'none'
}
