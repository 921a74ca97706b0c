import type { Label } from '#base/label.ts'
import type { Day } from '#engine/calendar/day.ts'
import type { RecordValues } from '#engine/model/object-type.ts'
import type { Role } from '#engine/policy/role.ts'

/** What decides a story: the same setting always tells the same one. */
export interface Setting {
  readonly seed: string
  /** The day on which the story ends; what is planned for later lies beyond it. */
  readonly today: Day
  /** 1: the whole company; less: fewer customers and deals, the same organisation. */
  readonly scale: number
}

/** The demo company. Things refer to each other by keys of the story; the loader turns them into ids. */
export interface Story extends OrgStory {
  readonly setting: Setting
  readonly records: readonly Shelf[]
  readonly plans: readonly PlanStory[]
  /** Evenings of the weeks before on which the figures were kept, the oldest first. */
  readonly evenings: readonly Day[]
}

export interface OrgStory {
  /** Parents before children; the top is the company itself. */
  readonly units: readonly UnitStory[]
  readonly people: readonly PersonStory[]
  readonly unitMoves: readonly UnitMove[]
}

export interface UnitStory {
  readonly key: string
  /** Names below the top, as they were at first. */
  readonly path: readonly string[]
  readonly headKey: string
}

export interface UnitMove {
  readonly unit: string
  readonly to: string
  readonly from: Day
}

export interface Stay {
  readonly unit: string
  /** Null: since before the story begins. */
  readonly from: Day | null
  /** The day after the last; null: to this day. */
  readonly to: Day | null
  readonly position: string
  readonly repTier: string | null
}

export interface PersonStory {
  readonly key: string
  readonly name: string
  readonly employeeNo: string
  readonly email: string
  readonly role: Role
  /** Oldest first, one after the other. */
  readonly stays: readonly Stay[]
}

/** The records of one object, in the order in which they are written. */
export interface Shelf {
  readonly object: string
  readonly label: Label
  readonly records: readonly RecordStory[]
}

export interface RecordStory {
  readonly key: string
  /** As the one way in takes them, with keys of the story instead of ids; stages by name. */
  readonly values: RecordValues
  /** Opportunities: how they moved through the stages. */
  readonly moves?: readonly MoveStory[]
  /** Instants with zone. */
  readonly times?: { readonly createdAt: string; readonly updatedAt: string }
  /** What stood there up to the evening of a day, when somebody put it right. */
  readonly earlier?: { readonly until: Day; readonly values: RecordValues }
}

export interface MoveStory {
  readonly from: string | null
  readonly to: string
  /** Instant with zone. */
  readonly at: string
}

export interface PlanStory {
  readonly metric: string
  readonly year: number
  readonly reason: string
  /** People's months in yuan; units are their sums. */
  readonly cells: readonly PlanCell[]
}

export interface PlanCell {
  readonly unit: string
  readonly person: string
  readonly months: readonly number[]
}
