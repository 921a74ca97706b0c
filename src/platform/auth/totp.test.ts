import { generate } from 'otplib'
import { expect, it } from 'vitest'
import { newTotpSecret, totpAddress, totpStep } from './totp.ts'

const now = new Date('2026-06-15T04:00:10Z')
const secret = newTotpSecret()
const codeAt = (at: Date) => generate({ secret, epoch: Math.floor(at.getTime() / 1000) })
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const step = Math.floor(now.getTime() / 30_000)

it('takes the code of now, and that of a clock half a minute off', async () => {
  expect(await totpStep(await codeAt(now), { secret, lastStep: 0, now })).toBe(step)
  expect(await totpStep(await codeAt(later(-30)), { secret, lastStep: 0, now })).toBe(step - 1)
  expect(await totpStep(await codeAt(later(30)), { secret, lastStep: 0, now })).toBe(step + 1)
})

it('takes no code twice, nor one older than the last', async () => {
  expect(await totpStep(await codeAt(now), { secret, lastStep: step, now })).toBeUndefined()
  expect(await totpStep(await codeAt(later(-30)), { secret, lastStep: step, now })).toBeUndefined()
  expect(await totpStep(await codeAt(later(30)), { secret, lastStep: step, now })).toBe(step + 1)
})

it('takes no code of another time or secret, and nothing that is no code', async () => {
  expect(await totpStep(await codeAt(later(-120)), { secret, lastStep: 0, now })).toBeUndefined()
  const other = await generate({ secret: newTotpSecret(), epoch: Math.floor(now.getTime() / 1000) })
  expect(await totpStep(other, { secret, lastStep: 0, now })).toBeUndefined()
  for (const text of ['', 'abcdef', '1234567', '１２３４５６']) {
    expect(await totpStep(text, { secret, lastStep: 0, now })).toBeUndefined()
  }
})

it('tells the app whose code it is', () => {
  const address = new URL(totpAddress('JBSWY3DPEHPK3PXP', { company: '禾田', login: 'anna@example.com' }))
  expect(decodeURIComponent(address.pathname)).toContain('Terrace 禾田:anna@example.com')
  expect(address.searchParams.get('secret')).toBe('JBSWY3DPEHPK3PXP')
})
