import { join, resolve } from 'node:path'
import type { Settings } from '#platform/config/settings.ts'
import { folderStore, keepContentIn, s3Store } from '#platform/files/index.ts'
import { keepFilesIn } from '#platform/transfer/index.ts'

const megabyte = 1_000_000

/** Says where uploads lie: those of imports on this machine, attachments there too or in a store of their own. */
export function keepFiles({ dataDir, s3, fileMostMb }: Settings): void {
  const folder = resolve(dataDir, 'files')
  keepFilesIn(folder)
  keepContentIn({
    store: s3 ? s3Store(s3) : folderStore(folder),
    arrivals: join(folder, 'arriving'),
    mostBytesPerFile: fileMostMb * megabyte,
  })
}
