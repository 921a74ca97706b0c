import { open, stat } from 'node:fs/promises'
import { transferErrors } from './errors.ts'
import { mustUnfoldWithin } from './unfold-within.ts'
import { zipDirectory } from './zip-directory.ts'

export type SourceKind = 'csv' | 'xlsx' | 'jsonl'

const megabyte = 1_048_576
/** What the parts of a workbook that are read may unfold to: they are read as they come. */
const mostUnfolded = 1_500 * megabyte

/** What a file is, by its content and never by its name; throws a clear refusal for kinds that are not read. */
export async function sourceKindOf(path: string): Promise<SourceKind> {
  if ((await stat(path)).size === 0) throw transferErrors.FILE_EMPTY()
  const head = await headOf(path)
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return workbook(path)
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw (await holds(path, 'EncryptedPackage')) ? transferErrors.FILE_IS_LOCKED() : transferErrors.FILE_IS_XLS()
  }
  // BIFF 2 to 5: the beginning-of-file record of workbooks before 1997.
  if (head[0] === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(head[1] ?? -1)) throw transferErrors.FILE_IS_XLS()
  const text = head.toString('latin1').replaceAll('\0', '').trimStart().toLowerCase()
  if (/^(\u00ef\u00bb\u00bf)?\s*<(\?xml|html|!doctype|table|\?mso|workbook)/.test(text))
    throw transferErrors.FILE_IS_OTHER()
  if (/^(%pdf|id;p|\{\\rtf|\u0089png|gif8)/.test(text) || isBinary(head)) throw transferErrors.FILE_IS_OTHER()
  if (startsJsonArray(text)) throw transferErrors.FILE_IS_JSON_ARRAY()
  return startsJsonLines(text) ? 'jsonl' : 'csv'
}

/** One object a line, as far as the beginning tells; a table in which a brace comes first has no key behind it. */
function startsJsonLines(text: string): boolean {
  return /^(\u00ef\u00bb\u00bf)?\{\s*("([^"\\]|\\.)*"\s*:|\}\s*\n)/.test(text)
}

/** A list of objects, or an empty one; a table may well begin with a bracket, but not with a brace and a key behind it. */
function startsJsonArray(text: string): boolean {
  return /^(\u00ef\u00bb\u00bf)?\[\s*(\{\s*("([^"\\]|\\.)*"\s*:|\})|\]\s*$)/.test(text)
}

async function workbook(path: string): Promise<'xlsx'> {
  const entries = await zipDirectory(path)
  const names = new Set(entries.map((entry) => entry.name.replace(/^\//, '')))
  if ([...names].some((name) => /(^|\/)workbook\d*\.bin$/i.test(name))) throw transferErrors.FILE_IS_XLSB()
  if (names.has('mimetype') && names.has('content.xml')) throw transferErrors.FILE_IS_ODS()
  if (names.has('EncryptedPackage') || entries.some((entry) => entry.isEncrypted)) throw transferErrors.FILE_IS_LOCKED()
  if (![...names].some((name) => /(^|\/)workbook\d*\.xml$/i.test(name))) {
    throw [...names].some((name) => name === '[Content_Types].xml' || name.startsWith('xl/'))
      ? transferErrors.FILE_BROKEN()
      : transferErrors.FILE_IS_OTHER()
  }
  // Pictures and the like are never unpacked.
  const read = entries.filter(({ name }) => /\.(xml|rels)$/i.test(name))
  await mustUnfoldWithin(path, read, mostUnfolded)
  return 'xlsx'
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const buffer = Buffer.alloc(8192)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Whether an old-style container names such a stream; its directory may stand anywhere, mostly early. */
async function holds(path: string, name: string): Promise<boolean> {
  const wanted = Buffer.from(name, 'utf16le')
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const buffer = Buffer.alloc(Math.min(size, 64 * megabyte))
    await file.read(buffer, 0, buffer.length, 0)
    return buffer.includes(wanted)
  } finally {
    await file.close()
  }
}

function startsWith(head: Buffer, mark: readonly number[]): boolean {
  return mark.every((byte, at) => head[at] === byte)
}

/** Text has no NUL bytes, except UTF-16, where they stand at every other place. */
function isBinary(head: Buffer): boolean {
  if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) return false
  let [even, odd] = [0, 0]
  for (const [at, byte] of head.entries()) if (byte === 0) at % 2 === 0 ? (even += 1) : (odd += 1)
  return even > 0 && odd > 0 && Math.min(even, odd) * 10 > Math.max(even, odd)
}
