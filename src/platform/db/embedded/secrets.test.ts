import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSecrets, secretsIn } from './secrets.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'terrace-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const file = () => join(folder, 'secrets.json')

describe('the secrets of an installation', () => {
  it('are made once, and the same at every start', () => {
    expect(readSecrets(folder)).toBeNull()
    const made = secretsIn(folder)
    expect(secretsIn(folder)).toEqual(made)
    expect(readSecrets(join(folder, 'elsewhere'))).toBeNull()
  })

  it.each(['', '{"ownerPassword":"x', '{"ownerPassword":"x"}'])(
    'are never written over when only %s is left',
    (text) => {
      writeFileSync(file(), text)
      expect(() => secretsIn(folder)).toThrow(/secrets\.json cannot be read/)
      expect(readFileSync(file(), 'utf8')).toBe(text)
    },
  )

  it('are never written over when the file cannot be opened', () => {
    mkdirSync(file())
    expect(() => secretsIn(folder)).toThrow(/cannot be read \(EISDIR\)/)
  })
})
