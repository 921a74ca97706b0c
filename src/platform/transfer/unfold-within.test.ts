import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { zipOf } from '#testing/zip-of.ts'
import { mustUnfoldWithin } from './unfold-within.ts'
import { zipDirectory } from './zip-directory.ts'

const folder = mkdtempSync(join(tmpdir(), 'terrace-unfold-'))
afterAll(() => rmSync(folder, { recursive: true }))

const kilobyte = 1024
const refusal = { code: 'FILE_UNFOLDS_TOO_LARGE' }

async function unfold(zip: Buffer, most: number): Promise<void> {
  const path = join(folder, 'file.zip')
  writeFileSync(path, zip)
  await mustUnfoldWithin(path, await zipDirectory(path), most)
}

/** Nothing about these is suspicious but what they come to together. */
const parts = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`part${at}.xml`, randomBytes(100 * kilobyte)]))

it('counts all entries together, to the byte', async () => {
  await unfold(zipOf(parts(5)), 500 * kilobyte)
  await expect(unfold(zipOf(parts(5)), 500 * kilobyte - 1)).rejects.toMatchObject(refusal)
})

it('counts what is there, not what the directory says', async () => {
  const zip = zipOf({ 'a.xml': randomBytes(200 * kilobyte) })
  const entry = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  zip.writeUInt32LE(1, entry + 24)
  await expect(unfold(zip, 100 * kilobyte)).rejects.toMatchObject(refusal)
})

it('refuses a mountain of the same that would be within the limit, also where the directory calls it large', async () => {
  const zip = zipOf({ 'a.xml': Buffer.alloc(60 * kilobyte * kilobyte) })
  await expect(unfold(zip, 1_000 * kilobyte * kilobyte)).rejects.toMatchObject(refusal)
  const entry = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  zip.writeUInt32LE(0x7fffffff, entry + 20)
  await expect(unfold(zip, 1_000 * kilobyte * kilobyte)).rejects.toMatchObject(refusal)
})

it('refuses more entries than any workbook has', async () => {
  const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`${at}`, '']))
  await expect(unfold(zipOf(many), kilobyte)).rejects.toMatchObject(refusal)
})
