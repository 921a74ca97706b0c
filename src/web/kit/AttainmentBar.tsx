import { percentText } from './number-text.ts'
import type { PaceState } from './state.ts'

interface AttainmentBarProps {
  /** actual ÷ target */
  readonly ratio: number | null
  /** Share of working days gone: the tick on the bar. */
  readonly elapsed?: number | undefined
  readonly state: PaceState
}

const widest = 1.25

/** A bar that is full at 100 %, has gold beyond, and a tick where the calendar stands. */
export function AttainmentBar({ ratio, elapsed, state }: AttainmentBarProps) {
  const share = Math.max(0, Math.min(ratio ?? 0, widest))
  const toWidth = (part: number) => `${(part / widest) * 100}%`
  return (
    <span className="attainment-bar" data-state={state}>
      <span className="attainment-bar-track" aria-hidden>
        <span className="attainment-bar-fill" style={{ width: toWidth(Math.min(share, 1)) }} />
        {share > 1 && <span className="attainment-bar-over" style={{ left: toWidth(1), width: toWidth(share - 1) }} />}
        <span className="attainment-bar-full" style={{ left: toWidth(1) }} />
        {elapsed !== undefined && elapsed > 0 && elapsed < 1 && (
          <span className="attainment-bar-tick" style={{ left: toWidth(elapsed) }} />
        )}
      </span>
      <span className="attainment-bar-text num">{percentText(ratio)}</span>
    </span>
  )
}
