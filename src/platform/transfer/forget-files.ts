import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isId } from '#platform/db/new-id.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { folderOf, knownFiles } from './file-store.ts'
import { forgetEndedRuns, forgetUnusedFiles } from './import-store.ts'

const dayMs = 86_400_000
/** Uploads that nobody went on with. */
const daysUnused = 1
/** Files of runs that ended, with what was refused of them. */
export const daysKept = 30

/**
 * Removes files that are no longer needed, the rows first and then the bytes: what breaks off in between is found by
 * the next time. Runs stay, with their counts.
 */
export async function forgetFiles(ctx: Ctx): Promise<void> {
  const unusedSince = new Date(ctx.now.getTime() - daysUnused * dayMs)
  await inStep(ctx, async ({ tx }) => {
    await forgetEndedRuns(tx, ctx, new Date(ctx.now.getTime() - daysKept * dayMs))
    await forgetUnusedFiles(tx, ctx, unusedSince)
  })
  for (const id of await bytesWithoutRow(ctx)) {
    const path = join(folderOf(ctx), id)
    // A file that is coming in has no row yet.
    if ((await stat(path)).mtime < unusedSince) await rm(path, { force: true })
  }
}

async function bytesWithoutRow(ctx: Ctx): Promise<readonly string[]> {
  const names = (await readdir(folderOf(ctx)).catch(() => [])).filter(isId)
  const known = new Set(await inView(ctx, (tx) => knownFiles(tx, ctx, names)))
  return names.filter((name) => !known.has(name))
}
