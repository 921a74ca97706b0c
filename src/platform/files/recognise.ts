import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { endingOf, isImage, kindOf } from '#engine/files/file-kinds.ts'
import { fileErrors } from './errors.ts'

/** The media type of a file whose name and content agree; otherwise the refusal that says why. */
export async function recognise(path: string, name: string, imagesOnly = false): Promise<string> {
  const ending = endingOf(name)
  if (ending === '') throw fileErrors.refused('noEnding')
  const kind = kindOf(name)
  if (!kind) throw fileErrors.refused('kind', { ending })
  if (imagesOnly && !isImage(name)) throw fileErrors.refused('notImage')
  const found = (await foundIn(path)) ?? ((await isText(path)) ? 'text' : undefined)
  if (found === undefined) throw fileErrors.refused('unlike', { ending })
  if (!kind.content.includes(found)) throw fileErrors.refused('disguised', { ending, found })
  return kind.type
}

/** What a broken file is said to be does not matter: it is not what its name says. */
async function foundIn(path: string): Promise<string | undefined> {
  try {
    return (await fileTypeFromFile(path))?.ext
  } catch {
    return undefined
  }
}

const lookedAt = 4096

/** Written for people, in whatever script: no zero bytes but those of UTF-16, and no page or drawing that could act. */
async function isText(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(lookedAt), 0, lookedAt, 0)
    const bytes = buffer.subarray(0, bytesRead)
    const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
    if (!isUtf16 && bytes.includes(0)) return false
    return !/^\s*(<|\ufeff<|#!)/.test(bytes.toString(isUtf16 ? 'utf16le' : 'utf8'))
  } finally {
    await file.close()
  }
}
