import type { Progress, ProgressKind } from '#engine/contract/live.ts'
import type { Ctx } from '#platform/db/ctx.ts'

/** How far a long job is, as far as the actor may know of it; undefined otherwise. */
type ReadProgress = (ctx: Ctx, id: string) => Promise<Omit<Progress, 'kind' | 'id'> | undefined>

const readers = new Map<ProgressKind, ReadProgress>()

/** Called by those who run long jobs when the app is put together. */
export function registerProgress(kind: ProgressKind, read: ReadProgress): void {
  readers.set(kind, read)
}

export async function progressOf(ctx: Ctx, kind: string, id: string): Promise<Progress | undefined> {
  const known = [...readers].find(([key]) => key === kind)
  const found = await known?.[1](ctx, id)
  return known && found && { kind: known[0], id, ...found }
}
