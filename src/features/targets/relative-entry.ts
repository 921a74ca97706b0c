/** What somebody typed relative to a past result: `+8%`, `-5%`, `+20% Q3`, `2025-Q3 +20%`, `去年3月 +8%`. */
export interface RelativeEntry {
  /** Signed, as a decimal: `20`, `-5.5`. */
  readonly percent: string
  /**
   * The period to start from, as people name it: a month of the calendar (3月), or a leaf of the fiscal year (M03);
   * null: the same period of the year before.
   */
  readonly base: {
    readonly year: number | null
    readonly kind: 'quarter' | 'month' | 'leaf'
    readonly number: number
  } | null
}

const change = /([+＋-])\s*(\d{1,4}(?:\.\d{1,2})?)\s*[%％]/
const period = /(?:(\d{4})\s*[-年]?\s*)?(?:Q\s*([1-4])|第?([1-4一二三四])季度|(\d{1,2})\s*月|M(\d{1,2}))/i
/** Says only what is meant without it. */
const sameBefore = /^(?:按|比|on|over|vs\.?)?\s*(?:去年|上年|last year)(?:的)?(?:同期|same period)?$/i

/** Null for anything that is not a relative entry. */
export function readRelative(text: string): RelativeEntry | null {
  const found = change.exec(text)
  if (!found) return null
  const percent = `${found[1] === '-' ? '-' : ''}${found[2] ?? ''}`
  const rest = text.replace(found[0], ' ').trim()
  if (rest === '' || sameBefore.test(rest)) return { percent, base: null }
  const named = period.exec(rest)
  if (!named) return null
  const [, year, q, quarter, month, m] = named
  const quarterNumber = q ?? quarter
  const base =
    quarterNumber !== undefined
      ? { kind: 'quarter' as const, number: Number(chinese[quarterNumber] ?? quarterNumber) }
      : month !== undefined
        ? { kind: 'month' as const, number: Number(month) }
        : { kind: 'leaf' as const, number: Number(m) }
  if (base.number < 1 || (base.kind === 'month' && base.number > 12)) return null
  return { percent, base: { year: year === undefined ? null : Number(year), ...base } }
}

const chinese: Readonly<Record<string, string>> = { 一: '1', 二: '2', 三: '3', 四: '4' }

/** The base and its change, in whole counts: rounded half up. Never below zero. */
export function raised(base: bigint, percent: string): bigint {
  const [whole = '0', fraction = ''] = percent.replace('-', '').split('.')
  const hundredths = BigInt(whole + fraction.padEnd(2, '0').slice(0, 2))
  const factor = 10_000n + (percent.startsWith('-') ? -hundredths : hundredths)
  const value = (2n * base * factor + 10_000n) / 20_000n
  return value > 0n ? value : 0n
}
