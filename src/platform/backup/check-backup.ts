import { stat } from 'node:fs/promises'
import type { BackupHead, BackupManifest } from './format.ts'
import { readArchive } from './read-archive.ts'

export interface CheckedBackup {
  readonly head: BackupHead
  readonly manifest: BackupManifest
}

/** Reads a backup from end to end and changes nothing. A damaged one ends in a StartProblem that names the damage. */
export async function checkBackup(
  path: string,
  onShare: (share: number) => void = () => undefined,
): Promise<CheckedBackup> {
  const { size } = await stat(path)
  let head: BackupHead | undefined
  let manifest: BackupManifest | undefined
  for await (const part of readArchive(path, (bytes) => onShare(bytes / size))) {
    if (part.what === 'head') head = part.head
    else if (part.what === 'manifest') manifest = part.manifest
    // Reading is the check.
    else for await (const _chunk of part.body);
  }
  if (!head || !manifest) throw new Error('a backup without a beginning or an end was taken for whole')
  return { head, manifest }
}
