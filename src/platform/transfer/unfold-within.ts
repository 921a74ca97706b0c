import { stat } from 'node:fs/promises'
import { transferErrors } from './errors.ts'
import { unpackedSize, type ZipEntry } from './zip-directory.ts'

const megabyte = 1_048_576
const mostEntries = 10_000
/** The table of texts is kept in memory while a workbook is read. */
const mostTexts = 200 * megabyte
/** Sheets of numbers shrink to a fiftieth; a three-hundredth is no sheet. Small parts may be as regular as they like. */
const mostRatio = 300
const leastSuspect = 50 * megabyte

/**
 * Refuses a zip file whose entries unfold to more than `most` bytes together, or to far more than entries of sheets do.
 * Counted by unpacking, because a directory can lie about sizes; nothing is kept, and counting stops at the limit.
 */
export async function mustUnfoldWithin(path: string, entries: readonly ZipEntry[], most: number): Promise<void> {
  if (entries.length > mostEntries) throw transferErrors.FILE_UNFOLDS_TOO_LARGE()
  const { size: whole } = await stat(path)
  let left = most
  for (const entry of entries) {
    const limit = /sharedStrings/i.test(entry.name) ? Math.min(mostTexts, left) : left
    const size = await unpackedSize(path, entry, limit)
    const isImplausible = size > leastSuspect && size > Math.min(entry.packed, whole) * mostRatio
    if (size > limit || isImplausible) throw transferErrors.FILE_UNFOLDS_TOO_LARGE()
    left -= size
  }
}
