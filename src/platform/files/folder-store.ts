import { createReadStream } from 'node:fs'
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ContentPlace, ContentStore, KeptContent } from './content-store.ts'

/** Keeps contents as files of a folder. What arrives is moved in at once, so uploads arrive on the same disk. */
export function folderStore(root: string): ContentStore {
  const folderOf = (companyId: string) => join(root, companyId, 'attached')
  const pathOf = ({ companyId, name }: ContentPlace) => join(folderOf(companyId), name)
  return {
    put: async (place, { path }) => {
      const goal = pathOf(place)
      await mkdir(dirname(goal), { recursive: true, mode: 0o700 })
      await settle(path)
      await rename(path, goal)
    },
    get: async (place, range) => {
      const path = pathOf(place)
      if (!(await stat(path).catch(() => undefined))?.isFile()) return undefined
      return createReadStream(path, range ? { start: range.from, end: range.to } : {})
    },
    remove: (place) => rm(pathOf(place), { force: true }),
    list: (companyId) => contentsOf(folderOf(companyId)),
  }
}

/** On the disk before its name: after a loss of power a name never leads to half a file. */
async function settle(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

async function* contentsOf(folder: string): AsyncGenerator<KeptContent> {
  const entries = await opendir(folder).catch(() => undefined)
  if (!entries) return
  for await (const entry of entries) {
    const found = entry.isFile() ? await stat(join(folder, entry.name)).catch(() => undefined) : undefined
    if (found) yield { name: entry.name, size: found.size, changedAt: found.mtime }
  }
}
