import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContentStore } from './content-store.ts'
import { folderStore } from './folder-store.ts'

interface Keeping {
  readonly store: ContentStore
  /** Folder on this machine in which uploads arrive. */
  readonly arrivals: string
  readonly mostBytesPerFile: number
}

const megabyte = 1_000_000
export const usualMostBytes = 50 * megabyte

const usualFolder = join(tmpdir(), 'terrace-files')
let keeping: Keeping = {
  store: folderStore(usualFolder),
  arrivals: join(usualFolder, 'arriving'),
  mostBytesPerFile: usualMostBytes,
}

/** Where files are kept and how large they may be; the app says so once at its start. */
export function keepContentIn(wanted: Keeping): void {
  keeping = wanted
}

export function contentKeeping(): Keeping {
  return keeping
}
