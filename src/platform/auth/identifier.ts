/** What people sign in with, in the one form in which it is kept. */
export interface Identifier {
  readonly kind: 'email' | 'phone'
  readonly value: string
}

const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const phone = /^\+?\d{5,15}$/

/**
 * Reads an e-mail (small letters) or a phone (digits, without spaces and hyphens; `+86` is left out, so that a mainland
 * number is the same with and without it). Undefined: neither.
 */
export function readIdentifier(text: string): Identifier | undefined {
  const trimmed = text.trim()
  if (trimmed.includes('@')) {
    return email.test(trimmed) ? { kind: 'email', value: trimmed.toLowerCase() } : undefined
  }
  const digits = trimmed.replace(/[\s()-]/g, '').replace(/^(\+|00)86(?=1\d{10}$)/, '')
  return phone.test(digits) ? { kind: 'phone', value: digits } : undefined
}
