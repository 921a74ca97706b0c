import type { Ctx } from '#platform/db/ctx.ts'

/** How long a record stays in the recycle bin, in days. */
export const daysInBin = 30

const dayMs = 86_400_000

/** What was deleted before this instant does not come back. */
export function binnedSince({ now }: Pick<Ctx, 'now'>): Date {
  return new Date(now.getTime() - daysInBin * dayMs)
}

/** When a deleted record is gone for good. */
export function goneFrom(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + daysInBin * dayMs)
}
