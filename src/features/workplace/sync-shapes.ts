/** A department there. */
export interface Department {
  readonly id: string
  readonly parentId: string | null
  readonly name: string
  readonly order: number
}

/** Somebody there; contacts in the form in which people of the company have them, null where not given. */
export interface Colleague {
  readonly id: string
  readonly name: string
  readonly mobile: string | null
  readonly email: string | null
  readonly employeeNumber: string | null
  readonly position: string | null
  /** The main one first. */
  readonly departmentIds: readonly string[]
  readonly leads: readonly string[]
  readonly isActive: boolean
}

export interface Directory {
  readonly departments: readonly Department[]
  readonly people: readonly Colleague[]
}

/** A unit of the company as it stands today. */
export interface HereUnit {
  readonly id: string
  readonly name: string
  /** Null: the top, or closed. */
  readonly parentId: string | null
  readonly headId: string | null
  readonly isOpen: boolean
}

export interface HerePerson {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly employeeNo: string | null
  readonly isActive: boolean
  /** Where results are credited today. */
  readonly mainUnitId: string | null
  readonly position: string | null
  /** Units of the other assignments of today. */
  readonly furtherUnitIds: readonly string[]
  /** Units of assignments that begin later. */
  readonly laterUnitIds: readonly string[]
}

export interface PersonLink {
  readonly personId: string
  /** The sync saw that they left there, and deactivated them here. */
  readonly hasLeft: boolean
}

/** What the company knows today. */
export interface Here {
  /** The unit below which their departments stand. */
  readonly chosen: { readonly id: string; readonly name: string }
  /** Their department that stands for the whole company: it is the chosen unit itself. */
  readonly companyDepartment: string
  readonly units: readonly HereUnit[]
  readonly people: readonly HerePerson[]
  readonly unitLinks: ReadonlyMap<string, string>
  readonly personLinks: ReadonlyMap<string, PersonLink>
}

/** Where something goes: a unit that is there, or the one of a department, which the run may have to make first. */
export type Place = { readonly unitId: string } | { readonly departmentId: string }

export interface Facts {
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly employeeNo: string | null
}

/** In these units, from today on. */
export interface Stand {
  readonly main: Place
  readonly further: readonly Place[]
  /** Units that their departments say nothing of. */
  readonly kept: readonly string[]
}

/** One thing that has to be done; in the order of the plan. */
export type Change =
  | { readonly kind: 'unit-linked'; readonly departmentId: string; readonly unitId: string; readonly name: string }
  | { readonly kind: 'unit-added'; readonly departmentId: string; readonly name: string; readonly parent: Place; readonly depth: number } // prettier-ignore
  | { readonly kind: 'unit-reopened'; readonly departmentId: string; readonly unitId: string; readonly name: string; readonly parent: Place } // prettier-ignore
  | { readonly kind: 'unit-moved'; readonly unitId: string; readonly name: string; readonly from: string; readonly parent: Place; readonly to: string } // prettier-ignore
  | { readonly kind: 'unit-renamed'; readonly unitId: string; readonly name: string; readonly after: string }
  | { readonly kind: 'person-linked'; readonly externalId: string; readonly personId: string; readonly name: string }
  | { readonly kind: 'person-added'; readonly externalId: string; readonly facts: Facts; readonly position: string | null; readonly stand: Stand; readonly to: string } // prettier-ignore
  | { readonly kind: 'person-returned'; readonly externalId: string; readonly personId: string; readonly name: string }
  | { readonly kind: 'person-changed'; readonly personId: string; readonly name: string; readonly facts: Facts; readonly position: string | null; readonly before: string; readonly after: string } // prettier-ignore
  | { readonly kind: 'person-moved'; readonly personId: string; readonly name: string; readonly stand: Stand; readonly from: string | null; readonly to: string } // prettier-ignore
  | { readonly kind: 'head-changed'; readonly place: Place; readonly name: string; readonly externalId: string; readonly from: string | null; readonly to: string } // prettier-ignore
  | {
      readonly kind: 'person-deactivated'
      readonly externalId: string
      readonly personId: string
      readonly name: string
    }
  | { readonly kind: 'unit-closed'; readonly departmentId: string; readonly unitId: string; readonly name: string }

export type Reason = 'stays-deactivated' | 'several-fit' | 'claimed-twice' | 'not-empty'

/** Something that is left as it is, and why. */
export interface Note {
  readonly kind: 'person-changed' | 'person-added' | 'unit-closed'
  readonly name: string
  readonly unitId: string | null
  readonly personId: string | null
  readonly reason: Reason
  /** Whoever looks after it has something to do; else it is as somebody of the company wanted it. */
  readonly isFailure: boolean
}

export interface Plan {
  readonly changes: readonly Change[]
  readonly notes: readonly Note[]
  /** Accounts that are there again after a person was activated by hand: nothing changes but what is remembered. */
  readonly seenAgain: readonly string[]
}
