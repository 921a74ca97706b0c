import type { Reach } from '#engine/policy/role.ts'
import type { Ctx } from '#platform/db/ctx.ts'

/** Whose records an actor may see: everybody's, or those of these people. */
export type PeopleInReach = 'everything' | readonly string[]

/** Which units an actor sees as a whole: all, or these. */
export type UnitsInReach = 'everything' | readonly string[]

/** How somebody stands to the units of an actor today; names of units. */
export interface Standing {
  /** Units where the actor stands or that they head. */
  readonly own: readonly string[]
  /** Of these those in which, or below which, the other person stands. */
  readonly over: readonly string[]
  /** Units where the other person stands. */
  readonly stands: readonly string[]
}

/** Where somebody stands in the organisation today, by ids of units. */
export interface Place {
  /** Where the person stands, and units that the person heads. */
  readonly units: readonly string[]
  /** These, and all that stand above them. */
  readonly over: readonly string[]
}

interface OrgView {
  /** The people whose records the actor reaches today; as far as the role reaches unless told. */
  reach(ctx: Ctx, reach?: Reach): Promise<PeopleInReach>
  /** The units whose figures and targets the actor sees as a whole, on whatever day: units as they are set up today. */
  units(ctx: Ctx, reach?: Reach): Promise<UnitsInReach>
  /** Where the actor stands today. */
  place(ctx: Ctx): Promise<Place>
  /** The people who today stand in a unit or below it. */
  peopleUnder(ctx: Ctx, unitId: string): Promise<readonly string[]>
  /** The people of the units where the actor stands today or that they head, and below; the actor is one of them. */
  peopleBelow(ctx: Ctx): Promise<readonly string[]>
  /** How a person stands to the units of the actor today. */
  standing(ctx: Ctx, personId: string): Promise<Standing>
}

let view: OrgView | undefined

/** The org room says how far people see; the one way in does not know units. */
export function registerOrgView(provider: OrgView): void {
  view = provider
}

export function orgView(): OrgView {
  if (!view) throw new Error('no org view is registered')
  return view
}
