import type { Viewpoint } from '#engine/query/viewpoint.ts'
import { applies, type Values } from './applies.ts'
import { layOut, type Section } from './lay-out.ts'
import { isComputed, type ScreenField, type ScreenObject } from './use-objects.ts'

/** A record while it is filled in. */
export interface Draft {
  /** As it is stored; nothing of a new one. */
  readonly before: Values
  /** What the form began with. */
  readonly beginning: Values
  readonly changes: Values
}

/** What the form asks for as things stand. */
export interface Form {
  readonly sections: readonly Section[]
  readonly required: ReadonlySet<string>
  /** The changes that are sent: those of fields that the form no longer shows are left out. */
  readonly kept: Values
}

/** More rounds than conditions that hang on each other; conditions in a circle end here. */
const mostRounds = 10

/** The fields that the record's type and the values so far ask for, and what of the changes counts. */
export function formOf(object: ScreenObject, draft: Draft, viewpoint: Viewpoint): Form {
  const { before, changes } = draft
  let kept = changes
  for (let round = 1; ; round += 1) {
    const form = formFor(object, draft, { ...before, ...kept }, viewpoint)
    if (round === mostRounds || keysOf(form.kept) === keysOf(kept)) return form
    kept = form.kept
  }
}

const keysOf = (values: Values) => Object.keys(values).join()

function formFor(object: ScreenObject, draft: Draft, values: Values, viewpoint: Viewpoint): Form {
  const holds = (filter: ScreenField['visibleIf']) => applies(filter, object, values, viewpoint)
  const visible = new Set(object.fields.filter((field) => holds(field.visibleIf) !== false).map(({ key }) => key))
  const required = new Set(
    object.fields
      .filter((field) => isFillable(field) && visible.has(field.key))
      .filter((field) => field.required || holds(field.requiredIf) === true)
      .map(({ key }) => key),
  )
  const { sections, rest } = layOut(object, values)
  // What no layout names but no record can do without is asked for all the same.
  const needed = rest.filter(({ key }) => required.has(key) && isEmpty(draft.beginning[key]))
  const shown = [...(needed.length > 0 ? [{ columns: 2 as const, fields: needed }] : []), ...sections]
    .map((section) => ({ ...section, fields: section.fields.filter((field) => isShown(field, visible)) }))
    .filter((section) => section.fields.length > 0)
  const asked = new Set(shown.flatMap((section) => section.fields).map(({ key }) => key))
  const isKept = (key: string) => visible.has(key) && (asked.has(key) || draft.changes[key] === draft.beginning[key])
  return {
    sections: shown,
    required: new Set([...required].filter((key) => asked.has(key))),
    kept: Object.fromEntries(Object.entries(draft.changes).filter(([key]) => isKept(key))),
  }
}

const isFillable = (field: ScreenField) => !field.readOnly && !isComputed(field)

/** Numbers that the system gives are shown where they will stand. */
const isShown = (field: ScreenField, visible: ReadonlySet<string>) =>
  visible.has(field.key) && (isFillable(field) || field.type === 'auto_number')

export const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
