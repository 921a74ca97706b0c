import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { newId } from '#platform/db/new-id.ts'
import type { ContentStore } from '#platform/files/content-store.ts'

/** Where the bytes of files go. */
export interface ContentsGoal {
  readonly store: ContentStore
  /** Folder on this machine in which contents arrive before the store takes them over. */
  readonly arrivals: string
  readonly importsFolder: string
}

interface ContentOf {
  readonly kind: 'attached' | 'imported'
  readonly companyId: string
  readonly name: string
}

/** Takes the contents of files one by one. */
export function contentsIn({ store, arrivals, importsFolder }: ContentsGoal) {
  return {
    async add({ kind, companyId, name }: ContentOf, body: AsyncIterable<Buffer>): Promise<void> {
      if (kind === 'imported') return void (await write(body, join(importsFolder, companyId, name)))
      const path = join(arrivals, newId())
      try {
        const file = { path, ...(await write(body, path)) }
        await store.put({ companyId, name }, file)
      } finally {
        await rm(path, { force: true })
      }
    },
  }
}

async function write(body: AsyncIterable<Buffer>, path: string): Promise<{ size: number; sha256: string }> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let size = 0
  const counted = async function* () {
    for await (const chunk of body) {
      hash.update(chunk)
      size += chunk.length
      yield chunk
    }
  }
  await pipeline(counted, createWriteStream(path, { mode: 0o600 }))
  return { size, sha256: hash.digest('hex') }
}
