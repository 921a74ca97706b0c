import { exact, plain } from '#engine/money/decimal.ts'
import { done, refused, type Outcome } from '#base/outcome.ts'

export type RateFault = 'not-a-number' | 'not-positive' | 'too-fine' | 'too-large'

const mostDecimals = 8
/** Twelve digits before the point are kept. */
const tooLarge = '1e12'

/** Reads a rate as it travels, a plain decimal: positive, of at most eight decimals that count. */
export function readRate(text: string): Outcome<{ rate: string }, RateFault> {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return refused('not-a-number')
  const rate = exact(text)
  if (rate.lte(0)) return refused('not-positive')
  if (rate.decimalPlaces() > mostDecimals) return refused('too-fine')
  if (rate.gte(tooLarge)) return refused('too-large')
  return done({ rate: plain(rate) })
}
