import { readDecimal } from '#engine/money/decimal.ts'

/**
 * A block of rates as a spreadsheet keeps it in cells of general format: where shares below 1 stand in it and nothing
 * beyond 1, a bare 1 is the whole, not one percent.
 */
export function asShares(block: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const bare = block.flat().flatMap((text) => {
    const read = readDecimal(text)
    return read.ok ? [Number(read.value)] : []
  })
  const isShares = bare.every((value) => value <= 1) && bare.some((value) => value > 0 && value < 1)
  if (!isShares) return block
  return block.map((line) => line.map((text) => (isOne(text) ? '100%' : text)))
}

function isOne(text: string): boolean {
  const read = readDecimal(text)
  return read.ok && Number(read.value) === 1
}
