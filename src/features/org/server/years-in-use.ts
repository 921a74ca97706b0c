import type { Label } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'

/** Something that keeps figures by the periods of fiscal years, which must not change under it. */
export interface YearsUser {
  readonly label: Label
  years(tx: Tx, ctx: Ctx): Promise<readonly number[]>
}

const users: YearsUser[] = []

/** Called by rooms when the app is put together. */
export function registerYearsUser(user: YearsUser): void {
  if (!users.includes(user)) users.push(user)
}

export interface YearInUse {
  readonly year: number
  readonly by: readonly Label[]
}

/** The fiscal years that something refers to, with what it is; the earliest first. */
export async function yearsInUse(tx: Tx, ctx: Ctx): Promise<readonly YearInUse[]> {
  const found: { year: number; label: Label }[] = []
  for (const { label, years } of users) for (const year of await years(tx, ctx)) found.push({ year, label })
  const byYear = Map.groupBy(found, ({ year }) => year)
  return [...byYear]
    .map(([year, all]) => ({ year, by: all.map(({ label }) => label) }))
    .toSorted((a, b) => a.year - b.year)
}
