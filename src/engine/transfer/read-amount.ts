import { done, refused, type Outcome } from '#base/outcome.ts'
import { bareUnitOf } from './fold.ts'
import { exact, plain, type Exact } from '#engine/money/decimal.ts'

export type AmountReading = Outcome<
  { readonly value: string; readonly isPercent: boolean; readonly doubt?: 'DECIMAL_COMMA' },
  'NOT_A_NUMBER'
>

const multiples: Readonly<Record<string, string>> = {
  百: '1e2',
  千: '1e3',
  万: '1e4',
  萬: '1e4',
  十万: '1e5',
  百万: '1e6',
  千万: '1e7',
  亿: '1e8',
  億: '1e8',
  十亿: '1e9',
  百亿: '1e10',
  千亿: '1e11',
  万亿: '1e12',
  w: '1e4',
  k: '1e3',
  thousand: '1e3',
  m: '1e6',
  mn: '1e6',
  mm: '1e6',
  million: '1e6',
  b: '1e9',
  bn: '1e9',
  billion: '1e9',
}

const currencySigns = /[¥$€£₩₹元圆]|人民币|(?<![a-z])(?:cny|rmb|usd|eur|gbp|hkd|jpy|us(?=\$)|hk(?=\$))(?![a-z])/gi

/**
 * An amount as people write it → a plain decimal string. Understands ¥1,234.50, 1.2万, 3,000 万元, 1亿2000万,
 * (1,234) and 1,234- as negative, 1.234,50, 12%, 1.5K. `1,5` is taken as a decimal comma and marked as a doubt.
 */
export function readAmount(written: string): AmountReading {
  const signed = withoutSign(written.normalize('NFKC').replace(currencySigns, '').trim())
  if (!signed) return refused('NOT_A_NUMBER')
  const isPercent = /[%‰]$/.test(signed.rest)
  const rest = isPercent ? signed.rest.slice(0, -1).trim() : signed.rest
  const size = isPercent ? plainNumber(rest) : (plainNumber(rest) ?? inMultiples(rest))
  if (!size) return refused('NOT_A_NUMBER')
  const number = signed.rest.endsWith('‰') ? size.number.dividedBy(10) : size.number
  const value = plain(signed.isNegative ? number.negated() : number)
  return size.hasDecimalComma ? done({ value, isPercent, doubt: 'DECIMAL_COMMA' as const }) : done({ value, isPercent })
}

/** The multiplier that a header announces: 金额(万元) or 金额万元 → 10000, `Revenue (K)` → 1000. */
export function scaleOf(header: string): string | undefined {
  const unit = /[(（[]\s*(?:单位[:：]?)?\s*([^)）\]]+?)\s*[)）\]]\s*$/.exec(header)?.[1] ?? bareUnitOf(header)
  if (!unit) return undefined
  const word = unit.normalize('NFKC').replace(currencySigns, '').trim().toLowerCase()
  const multiple = multiples[word]
  return multiple === undefined ? undefined : plain(multiple)
}

/** `value` × `scale`, exactly. */
export function scaled(value: string, scale: string): string {
  return plain(exact(value).times(scale))
}

interface Size {
  readonly number: Exact
  readonly hasDecimalComma?: boolean
}

function withoutSign(text: string): { rest: string; isNegative: boolean } | undefined {
  const brackets = /^\((.+)\)$/.exec(text)
  const inner = (brackets?.[1] ?? text).trim()
  const minus = /^([-−–+]?)\s*(.*?)\s*([-−–]?)$/.exec(inner)
  if (!minus || !minus[2]) return undefined
  const minuses = [brackets, minus[1] && minus[1] !== '+', minus[3]].filter(Boolean).length
  // "(-5)" or "-5-" is nobody's notation: better refused than guessed.
  return minuses > 1 ? undefined : { rest: minus[2], isNegative: minuses === 1 }
}

function plainNumber(text: string): Size | undefined {
  const compact = text.replace(/(?<=\d)[\s'_\u00a0\u202f](?=\d{3}(?!\d))/g, '')
  if (/^(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i.test(compact)) return { number: exact(compact) }
  if (/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(compact) || /^\d{1,4}(,\d{4})+(\.\d*)?$/.test(compact))
    return { number: exact(compact.replaceAll(',', '')) }
  if (/^\d{1,3}(,\d{2})+,\d{3}(\.\d*)?$/.test(compact)) return { number: exact(compact.replaceAll(',', '')) }
  if (/^\d{1,3}(\.\d{3})+,\d+$/.test(compact) || /^\d{1,3}(\.\d{3}){2,}$/.test(compact))
    return { number: exact(compact.replaceAll('.', '').replace(',', '.')) }
  if (/^\d+,\d{1,2}$/.test(compact)) return { number: exact(compact.replace(',', '.')), hasDecimalComma: true }
  return undefined
}

/** 1亿2000万 = parts, each smaller than the one before; a bare tail ("3万5") is refused, people mean two things by it. */
function inMultiples(text: string): Size | undefined {
  const parts = [...text.matchAll(/([\d.,\s']+)([^\d.,\s']+)/g)]
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== text) return undefined
  let sum = exact(0)
  let last: Exact | undefined
  for (const part of parts) {
    const size = plainNumber((part[1] ?? '').trim())
    const multiple = multiples[(part[2] ?? '').toLowerCase().trim()]
    if (!size || multiple === undefined) return undefined
    const unit = exact(multiple)
    if (last?.lessThanOrEqualTo(unit)) return undefined
    last = unit
    sum = sum.plus(size.number.times(unit))
  }
  return { number: sum }
}
