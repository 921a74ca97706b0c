import type { ImportSet } from '#engine/transfer/mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'

/** Makes the objects and fields that a set declares. */
export interface Shaper {
  /** What the actor must be allowed for it. */
  readonly permission: string
  /** Whether the company lacks some of them. */
  isLacking(ctx: Ctx, set: ImportSet): boolean
  /** Makes those that are missing and answers the context that knows them. */
  shape(ctx: Ctx, set: ImportSet): Promise<Ctx>
}

let registered: Shaper | undefined

/** Called by the app when it is put together. */
export function registerShaper(shaper: Shaper): void {
  registered = shaper
}

/** The context with everything that a set declares; `allow` throws unless the actor holds a permission. */
export async function shapedFor(ctx: Ctx, set: ImportSet, allow: (permission: string) => void): Promise<Ctx> {
  if (!registered?.isLacking(ctx, set)) return ctx
  allow(registered.permission)
  return registered.shape(ctx, set)
}
