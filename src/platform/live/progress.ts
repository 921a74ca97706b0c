import type { Progress, ProgressKind } from '#engine/contract/live.ts'
import { oversee } from '#engine/contract/oversight.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { mayAct } from '#platform/records/scope.ts'

/** How far a long job is, as far as the actor may know of it; undefined otherwise. */
type ReadProgress = (ctx: Ctx, id: string) => Promise<Omit<Progress, 'kind' | 'id'> | undefined>

interface Watched {
  readonly kind: ProgressKind
  readonly read: ReadProgress
  /** Not only whoever asked for the job may see it, and those who oversee. */
  readonly isForAll: boolean
}

const watched = new Map<string, Watched>()

/** Called by those who run long jobs when the app is put together. */
export function registerProgress(
  kind: ProgressKind,
  read: ReadProgress,
  { isForAll = false }: { readonly isForAll?: boolean } = {},
): void {
  watched.set(kind, { kind, read, isForAll })
}

/** Whether a look at the job that a person asked for may tell the actor anything. */
export function mayWatch(ctx: Ctx, kind: string, personId: string | null): boolean {
  return watched.get(kind)?.isForAll === true || personId === ctx.actor.personId || mayAct(ctx, oversee)
}

export async function progressOf(ctx: Ctx, kind: string, id: string): Promise<Progress | undefined> {
  const known = watched.get(kind)
  const found = await known?.read(ctx, id)
  return known && found && { kind: known.kind, id, ...found }
}
