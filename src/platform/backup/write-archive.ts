import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import { pack } from 'tar-stream'
import { draftEnding } from './file-names.ts'
import { footerOf } from './footer.ts'
import { indexNameOf, manifestName, type BackupManifest, type Member } from './format.ts'

/** A backup file that is being written. It bears its name only once it is whole. */
export interface ArchiveWriter {
  add(name: string, content: Buffer | string): Promise<void>
  /** A member of `size` bytes, passed on as they come; fails if they turn out to be more or fewer. */
  addStream(name: string, size: number, source: Readable): Promise<void>
  /** Adds what makes the file whole and gives it its name. Answers its size in bytes. */
  finish(manifest: Omit<BackupManifest, 'indexes'>): Promise<number>
  /** Gives up: nothing is left. */
  abandon(): Promise<void>
}

/** So many members are listed together, so that neither side keeps the list of all. */
const membersPerIndex = 1000

/**
 * Begins a backup: a tar archive compressed by Zstandard, with the SHA-256 of every member, in lists between them. Only
 * its owner may read it: it holds everything.
 */
export function writeArchive(path: string): ArchiveWriter {
  const draft = `${path}${draftEnding}`
  const archive = pack()
  const compress = createZstdCompress({
    params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 },
  })
  const written = pipeline(archive, compress, createWriteStream(draft, { mode: 0o600, flags: 'w' }))
  // Told to whoever adds the next member, or finishes.
  written.catch(() => undefined)
  const indexes: Member[] = []
  let members: Member[] = []

  const put = async (name: string, content: Buffer): Promise<Member> => {
    await Promise.race([
      new Promise<void>((done, failed) => {
        archive.entry({ name, size: content.length }, content, (error) => (error ? failed(error) : done()))
      }),
      written,
    ])
    return { name, size: content.length, sha256: createHash('sha256').update(content).digest('hex') }
  }
  const listed = async (member: Member) => {
    members.push(member)
    if (members.length === membersPerIndex) await writeIndex()
  }
  const writeIndex = async () => {
    indexes.push(await put(indexNameOf(indexes.length + 1), Buffer.from(JSON.stringify({ members }))))
    members = []
  }

  return {
    add: async (name, content) => listed(await put(name, Buffer.from(content))),
    addStream: async (name, size, source) => {
      const hash = createHash('sha256')
      const entry = archive.entry({ name, size })
      const hashed = async function* () {
        for await (const chunk of source as AsyncIterable<Buffer>) {
          hash.update(chunk)
          yield chunk
        }
      }
      await Promise.race([pipeline(hashed, entry), written])
      await listed({ name, size, sha256: hash.digest('hex') })
    },
    finish: async (manifest) => {
      if (members.length > 0) await writeIndex()
      await put(manifestName, Buffer.from(JSON.stringify({ indexes, ...manifest })))
      archive.finalize()
      await written
      const size = await settle(draft)
      await rename(draft, path)
      return size
    },
    abandon: async () => {
      archive.destroy()
      await written.catch(() => undefined)
      await rm(draft, { force: true })
    },
  }
}

/** Ended, and on the disk before its name: after a loss of power no name leads to half a backup. */
async function settle(path: string): Promise<number> {
  const file = await open(path, 'a+')
  try {
    await file.appendFile(footerOf((await file.stat()).size))
    await file.sync()
    return (await file.stat()).size
  } finally {
    await file.close()
  }
}
