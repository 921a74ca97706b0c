import { open, type FileHandle } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { pipeline, type Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { transferErrors } from './errors.ts'

export interface ZipEntry {
  readonly name: string
  readonly isEncrypted: boolean
  readonly method: number
  readonly packed: number
  readonly unpacked: number
  readonly offset: number
}

const endMark = 0x06054b50
const entryMark = 0x02014b50

/** What a zip file says it holds, read from its directory at the end; nothing is unpacked. */
export async function zipDirectory(path: string): Promise<readonly ZipEntry[]> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const tail = await bytes(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
    if (end < 0 || tail.length - end < 22 || tail.readUInt32LE(end) !== endMark) throw transferErrors.FILE_BROKEN()
    const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
    if (start + length > size || length > 16_000_000) throw transferErrors.FILE_BROKEN()
    return entriesOf(await bytes(file, start, length))
  } finally {
    await file.close()
  }
}

/** The unpacked bytes of an entry, as they are needed. Breaking off closes the file. */
export async function* unpacked(path: string, entry: ZipEntry): AsyncGenerator<Buffer> {
  const file = await open(path)
  const head = await bytes(file, entry.offset, 30).finally(() => file.close())
  if (head.length < 30) throw transferErrors.FILE_BROKEN()
  const from = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  if (entry.packed === 0) return
  const packed = createReadStream(path, { start: from, end: from + entry.packed - 1 })
  const stream: Readable = entry.method === 0 ? packed : pipeline(packed, createInflateRaw(), () => undefined)
  try {
    for await (const chunk of stream) yield chunk as Buffer
  } catch {
    throw transferErrors.FILE_BROKEN()
  } finally {
    packed.destroy()
    stream.destroy()
  }
}

/** Unpacks an entry without keeping it and counts; stops beyond `limit`. Directories can lie about sizes. */
export async function unpackedSize(path: string, entry: ZipEntry, limit: number): Promise<number> {
  let count = 0
  for await (const chunk of unpacked(path, entry)) {
    count += chunk.length
    if (count > limit) break
  }
  return count
}

function entriesOf(directory: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = []
  let at = 0
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === entryMark) {
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((place) => directory.readUInt16LE(at + place))
    const name = directory.subarray(at + 46, at + 46 + (nameLength ?? 0)).toString('utf8')
    entries.push({
      name,
      isEncrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      unpacked: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    })
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (noteLength ?? 0)
  }
  return entries
}

async function bytes(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, from)
  return buffer.subarray(0, bytesRead)
}
