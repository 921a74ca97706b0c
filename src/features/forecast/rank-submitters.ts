import type { MarkKey } from './contract.ts'

interface Judged {
  readonly marks: Readonly<
    Record<
      MarkKey,
      { readonly commit: { readonly cases: number; readonly mape: number | null; readonly withoutResult: number } }
    >
  >
}

/**
 * Whoever was furthest off first. Of whom nothing closed although something was promised no share can be told: they were
 * off by all of it, and come before. Who promised nothing and closed nothing was right. Of whom nothing had been said by
 * the mark, last.
 */
export function byError<One extends Judged>(submitters: readonly One[], mark: MarkKey): readonly One[] {
  const errorOf = ({ marks }: One) => {
    const { cases, mape, withoutResult } = marks[mark].commit
    return cases === 0 ? -1 : (mape ?? (withoutResult > 0 ? Infinity : 0))
  }
  return submitters.toSorted((one, other) => {
    const [left, right] = [errorOf(one), errorOf(other)]
    return left === right ? 0 : right - left
  })
}

/** Thirty days before the end where anybody had spoken by then, else the first mark at which somebody had. */
export function usualMark(marks: readonly MarkKey[]): MarkKey | undefined {
  return marks.includes('t30') ? 't30' : marks[0]
}
