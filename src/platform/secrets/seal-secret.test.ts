import { beforeEach, expect, it } from 'vitest'
import { openSecret, sealSecret, sealWith } from './seal-secret.ts'

beforeEach(() => sealWith('a secret of sixteen'))

it('opens what it sealed, and hides it', () => {
  const sealed = sealSecret('mail', '梯田 secret')
  expect(openSecret('mail', sealed)).toBe('梯田 secret')
  expect(Buffer.from(sealed, 'base64url').toString()).not.toContain('secret')
  expect(sealSecret('mail', '梯田 secret')).not.toBe(sealed)
})

it('opens nothing that was sealed for something else, with another secret, or changed', () => {
  const sealed = sealSecret('mail', 'text')
  expect(openSecret('oidc', sealed)).toBeUndefined()
  const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`
  expect(openSecret('mail', changed)).toBeUndefined()
  expect(openSecret('mail', 'short')).toBeUndefined()
  sealWith('another secret of theirs')
  expect(openSecret('mail', sealed)).toBeUndefined()
})
