import { bareCompanyName } from './company-name.ts'
import { bareCreditCode } from './credit-code.ts'
import { nearName } from './near-name.ts'
import { barePhone } from './phone.ts'
import type { DuplicateWay } from '#engine/model/duplicate-rule.ts'

/** What of a value is compared in a way; two values are the same where this is. Empty: like nothing. */
export function normalise(way: DuplicateWay, value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  switch (way) {
    case 'exact':
      return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
    case 'company':
      return bareCompanyName(text)
    case 'phone':
      return barePhone(text)
    case 'email':
      return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
    case 'credit_code':
      return bareCreditCode(text)
    case 'fuzzy':
      return nearName(text)
  }
}
