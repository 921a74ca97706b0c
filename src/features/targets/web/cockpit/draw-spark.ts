export interface Spark {
  readonly line: string
  readonly area: string
  readonly last: { readonly x: number; readonly y: number }
}

interface SparkSize {
  readonly width: number
  readonly height: number
}

const margin = 3

/** A small line through the values, on a ground at zero; values that are not known are passed over. */
export function drawSpark(values: readonly (number | null)[], { width, height }: SparkSize): Spark | undefined {
  const known = values.flatMap((value, at) => (value === null ? [] : [{ value, at }]))
  const first = known[0]
  const end = known.at(-1)
  if (!first || !end) return undefined
  const most = Math.max(0, ...known.map(({ value }) => value))
  const least = Math.min(0, ...known.map(({ value }) => value))
  const step = values.length > 1 ? (width - 2 * margin) / (values.length - 1) : 0
  const toX = (at: number) => Number((margin + at * step).toFixed(1))
  const toY = (value: number) =>
    Number((height - margin - ((value - least) / (most - least || 1)) * (height - 2 * margin)).toFixed(1))
  const line = known.map(({ value, at }, place) => `${place === 0 ? 'M' : 'L'}${toX(at)} ${toY(value)}`).join('')
  const area = `${line}L${toX(end.at)} ${toY(0)}L${toX(first.at)} ${toY(0)}Z`
  return { line, area, last: { x: toX(end.at), y: toY(end.value) } }
}
