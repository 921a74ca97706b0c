import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { newId } from '#platform/db/new-id.ts'
import type { ArrivedFile } from './content-store.ts'
import { fileErrors } from './errors.ts'
import { contentKeeping } from './keeping.ts'

/** An upload as it comes in; `truncated` once it was cut off at the limit. */
export type Upload = AsyncIterable<Uint8Array> & { readonly truncated?: boolean }

/**
 * Writes an upload to this machine, piece by piece, hands it on and clears it away, whatever came of it. Refuses what
 * is empty, too large, or broke off.
 */
export async function withArrived<T>(upload: Upload, take: (file: ArrivedFile) => Promise<T>): Promise<T> {
  const { arrivals } = contentKeeping()
  await mkdir(arrivals, { recursive: true, mode: 0o700 })
  const path = join(arrivals, newId())
  try {
    const { size, sha256 } = await write(upload, path)
    if (upload.truncated) throw tooLarge()
    if (size === 0) throw fileErrors.refused('empty')
    return await take({ path, size, sha256 })
  } finally {
    await rm(path, { force: true })
  }
}

async function write(upload: Upload, path: string): Promise<Omit<ArrivedFile, 'path'>> {
  const hash = createHash('sha256')
  let size = 0
  const { mostBytesPerFile } = contentKeeping()
  async function* counted() {
    for await (const chunk of upload) {
      size += chunk.length
      if (size > mostBytesPerFile) throw tooLarge()
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    await pipeline(counted, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
  } catch (error) {
    throw refusalOf(error)
  }
  return { size, sha256: hash.digest('hex') }
}

/** What ends an upload: its size, or its way here. A full disk is our own matter. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  if ('statusCode' in error && error.statusCode === 413) return tooLarge()
  const isOurs =
    'status' in error || ('code' in error && /^E(NOSPC|ACCES|IO|ROFS|DQUOT|NOENT|MFILE)$/.test(String(error.code)))
  return isOurs ? error : fileErrors.refused('broken')
}

function tooLarge() {
  return fileErrors.FILE_TOO_LARGE({ most: Math.floor(contentKeeping().mostBytesPerFile / 1_000_000) })
}

/** Clears away what a process that was killed left behind. */
export async function clearArrivals(before: Date): Promise<void> {
  const { arrivals } = contentKeeping()
  for (const name of await readdir(arrivals).catch(() => [])) {
    const path = join(arrivals, name)
    const found = await stat(path).catch(() => undefined)
    if (found && found.mtime < before) await rm(path, { force: true })
  }
}
