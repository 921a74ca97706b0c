import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { extract, type Extract } from 'tar-stream'
import { z } from 'zod'
import { StartProblem } from '#platform/config/start-problem.ts'
import { hasFooter } from './footer.ts'
import {
  formatName,
  formatVersion,
  headName,
  headSchema,
  indexSchema,
  manifestName,
  manifestSchema,
  type BackupHead,
  type BackupManifest,
  type Member,
} from './format.ts'

/** One part of a backup as it is read: in their order the head, the members, the manifest. */
export type BackupPart =
  | { readonly what: 'head'; readonly head: BackupHead }
  | { readonly what: 'member'; readonly name: string; readonly size: number; readonly body: AsyncIterable<Buffer> }
  | { readonly what: 'manifest'; readonly manifest: BackupManifest }

/**
 * Reads a backup from its beginning to its end and compares every member with what is written down of it. The body of
 * a member has to be read before the next part is asked for. A damaged file ends in a StartProblem that names the damage.
 * `onRead` is told how many bytes of the file are read.
 */
export async function* readArchive(
  path: string,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<BackupPart> {
  await mustBeCompressed(path)
  const place = { name: headName }
  try {
    yield* partsOf(path, place, onRead)
  } catch (error) {
    throw damageOf(error, place.name)
  }
}

async function* partsOf(path: string, place: Place, onRead: (bytes: number) => void): AsyncGenerator<BackupPart> {
  const check = memberCheck()
  let isBegun = false
  let isEnded = false
  for await (const entry of entriesOf(path, onRead)) {
    const { name, size } = entry.header
    place.name = name
    if (isEnded) throw altered(name)
    if (!isBegun) {
      const content = await wholeOf(entry)
      yield { what: 'head', head: headOf(name, content) }
      check.found(memberOf(name, content))
      isBegun = true
    } else if (name === manifestName) {
      const manifest = parsed(manifestSchema, name, await wholeOf(entry))
      check.end(manifest.indexes)
      yield { what: 'manifest', manifest }
      isEnded = true
    } else if (name.startsWith('index/')) {
      const content = await wholeOf(entry)
      check.list(memberOf(name, content), parsed(indexSchema, name, content).members)
    } else {
      const hash = createHash('sha256')
      yield { what: 'member', name, size, body: hashedBody(entry, hash, place) }
      check.found({ name, size, sha256: hash.digest('hex') })
    }
  }
  if (!isEnded || !(await hasFooter(path))) throw truncated(place.name)
}

type Entry = Extract extends AsyncIterable<infer One> ? One : never

interface Place {
  /** The member that is being read, or was read last. */
  name: string
}

async function* hashedBody(entry: Entry, hash: Hash, place: Place): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of entry as AsyncIterable<Buffer>) {
      hash.update(chunk)
      yield chunk
    }
  } catch (error) {
    throw damageOf(error, place.name)
  }
}

/** Holds the members that were read against the lists of them that follow. */
function memberCheck() {
  const seen = new Map<string, Member>()
  const lists: Member[] = []
  const mustMatch = (member: Member, known: Member | undefined) => {
    if (!known) throw new StartProblem('BACKUP_INCOMPLETE', { member: member.name })
    if (known.size !== member.size || known.sha256 !== member.sha256) throw altered(member.name)
  }
  return {
    found(member: Member): void {
      if (seen.has(member.name)) throw altered(member.name)
      seen.set(member.name, member)
    },
    list(own: Member, members: readonly Member[]): void {
      for (const member of members) {
        mustMatch(member, seen.get(member.name))
        seen.delete(member.name)
      }
      for (const name of seen.keys()) throw altered(name)
      lists.push(own)
    },
    end(indexes: readonly Member[]): void {
      for (const index of indexes)
        mustMatch(
          index,
          lists.find(({ name }) => name === index.name),
        )
      for (const name of seen.keys()) throw altered(name)
    },
  }
}

async function* entriesOf(path: string, onRead: (bytes: number) => void): AsyncGenerator<Entry> {
  const file = createReadStream(path)
  let bytes = 0
  file.on('data', (chunk) => onRead((bytes += chunk.length)))
  const unpack = extract()
  const reading = pipeline(file, createZstdDecompress(), unpack)
  reading.catch(() => undefined)
  try {
    yield* unpack
    await reading
  } catch (error) {
    // The one that broke off first says why.
    await reading
    throw error
  } finally {
    file.destroy()
  }
}

/** The first four bytes of everything that Zstandard compressed. */
const zstdMagic = '28b52ffd'

async function mustBeCompressed(path: string): Promise<void> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    if (bytesRead < 4 || buffer.toString('hex') !== zstdMagic) throw wrongFormat()
  } finally {
    await file.close()
  }
}

function headOf(name: string, content: Buffer): BackupHead {
  const claim = anyHead.safeParse(jsonOf(content))
  if (name !== headName || !claim.success) throw wrongFormat()
  if (claim.data.formatVersion > formatVersion) {
    throw new StartProblem('BACKUP_NEWER', { found: `${formatName} ${claim.data.formatVersion}` })
  }
  return parsed(headSchema, name, content)
}

const anyHead = z.object({ format: z.literal(formatName), formatVersion: z.number() })

function parsed<S extends z.ZodType>(schema: S, name: string, content: Buffer): z.output<S> {
  const read = schema.safeParse(jsonOf(content))
  if (!read.success) throw altered(name)
  return read.data
}

function jsonOf(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'))
  } catch {
    return undefined
  }
}

async function wholeOf(entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const memberOf = (name: string, content: Buffer): Member => ({
  name,
  size: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
})

const wrongFormat = () => new StartProblem('BACKUP_FOREIGN')
const altered = (member: string) => new StartProblem('BACKUP_ALTERED', { member })
const truncated = (member: string) => new StartProblem('BACKUP_TRUNCATED', { member })

/** What broke off, in our words: the end came too early, or the bytes make no sense. */
function damageOf(error: unknown, member: string): unknown {
  if (!(error instanceof Error) || error instanceof StartProblem) return error
  const code = 'code' in error ? String(error.code) : ''
  if (/unexpected end/i.test(error.message) || code === 'Z_BUF_ERROR') return truncated(member)
  if (/^(ZSTD|Z)_/.test(code) || /tar|header|checksum/i.test(error.message)) return altered(member)
  return error
}
