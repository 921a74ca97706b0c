/** A part of a waterfall; amounts to look at. */
export interface Step {
  readonly name: string
  readonly amount: number
}

export interface LaidBar {
  readonly name: string
  /** What it adds; of an end: the whole. */
  readonly amount: number
  readonly isEnd: boolean
  /** From where to where it is drawn above zero, as an invisible and a visible stack. */
  readonly above: { readonly hidden: number; readonly shown: number }
  /** The same below zero. */
  readonly under: { readonly hidden: number; readonly shown: number }
}

/** Bars that follow each other from the first end to the last; one that crosses zero is drawn on both sides of it. */
export function layWaterfall(first: Step | undefined, parts: readonly Step[], last: Step): readonly LaidBar[] {
  let at = first?.amount ?? 0
  const bars = parts.map(({ name, amount }) => {
    const from = at
    at += amount
    return barOf({ name, amount, isEnd: false }, from, at)
  })
  const endOf = ({ name, amount }: Step) => barOf({ name, amount, isEnd: true }, 0, amount)
  return [...(first ? [endOf(first)] : []), ...bars, endOf(last)]
}

function barOf(bar: Pick<LaidBar, 'name' | 'amount' | 'isEnd'>, from: number, to: number): LaidBar {
  const [low, high] = from < to ? [from, to] : [to, from]
  const above = { hidden: Math.max(0, low), shown: Math.max(0, high) - Math.max(0, low) }
  const under = { hidden: Math.min(0, high), shown: Math.min(0, low) - Math.min(0, high) }
  return { ...bar, above, under }
}
