import { done, refused, type Outcome } from '#base/outcome.ts'
import { exact } from '#engine/money/decimal.ts'

export interface WrittenShare {
  /** Name, e-mail or number of the person, as written. */
  readonly person: string
  readonly percent: string
}

/** `张三 60%; 李四 40%` → shares that sum to 100; a single name has all. */
export function readShares(written: string): Outcome<{ readonly shares: readonly WrittenShare[] }, 'NOT_SHARES'> {
  const pieces = written
    .normalize('NFKC')
    .split(/[;；、|\n]+|,(?=\s*\D)/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
  const shares = pieces.map((piece) => {
    const match = /^(.+?)\s*[:=(]?\s*(\d{1,3}(?:\.\d{1,4})?)\s*%\s*\)?$/.exec(piece)
    return match ? { person: (match[1] ?? '').trim(), percent: match[2] ?? '' } : { person: piece, percent: '' }
  })
  const single = shares[0]
  if (single && shares.length === 1 && single.percent === '')
    return done({ shares: [{ person: single.person, percent: '100' }] })
  if (shares.length === 0 || shares.some((share) => share.percent === '' || share.person === ''))
    return refused('NOT_SHARES')
  const sum = shares.reduce((total, share) => total.plus(share.percent), exact(0))
  return sum.equals(100) ? done({ shares }) : refused('NOT_SHARES')
}
