import type { FieldFault } from '#base/errors.ts'
import type { Label, LabelParams } from '#base/label.ts'
import type { DraftStep } from './draft-step.ts'
import { fullTime, unitsUnder, type Drawing, type DrawnAssignment, type DrawnUnit } from './drawing.ts'
import { stepWords } from './step-words.ts'

/** A drawing after a step, or why the step cannot be taken; `field` names the step's own. */
export type Taken =
  { readonly ok: true; readonly drawing: Drawing } | { readonly ok: false; readonly fault: FieldFault }

type Take<Kind extends DraftStep['kind']> = (drawing: Drawing, step: Extract<DraftStep, { kind: Kind }>) => Taken

/** Takes one step on a copy of the organisation; what is given stays as it was. */
export function takeStep(drawing: Drawing, step: DraftStep): Taken {
  switch (step.kind) {
    case 'move':
      return move(drawing, step)
    case 'split':
      return split(drawing, step)
    case 'merge':
      return merge(drawing, step)
    case 'close':
      return close(drawing, step)
    case 'create':
      return create(drawing, step)
    case 'rename':
      return rename(drawing, step)
    case 'people':
      return movePeople(drawing, step)
    case 'assign':
      return assign(drawing, step)
    case 'head':
      return nameHead(drawing, step)
  }
}

export interface TakenSteps {
  readonly drawing: Drawing
  /** By the place of the step; the steps after a refused one go on without it. */
  readonly faults: ReadonlyMap<number, FieldFault>
}

/** Takes steps one after another. */
export function takeSteps(start: Drawing, steps: readonly DraftStep[]): TakenSteps {
  const faults = new Map<number, FieldFault>()
  let drawing = start
  steps.forEach((step, at) => {
    const taken = takeStep(drawing, step)
    if (taken.ok) drawing = taken.drawing
    else faults.set(at, { ...taken.fault, field: `steps.${at}.${taken.fault.field}` })
  })
  return { drawing, faults }
}

const move: Take<'move'> = (drawing, { unitId, parentId }) => {
  const [unit, parent] = [drawing.units.get(unitId), drawing.units.get(parentId)]
  if (!unit) return gone('unitId')
  if (!parent) return gone('parentId')
  if (unit.parentId === null) return no('unitId', 'top', stepWords.top)
  if (unit.parentId === parentId) return no('parentId', 'same_parent', stepWords.sameParent, { parent: parent.name })
  if (unitsUnder(drawing, unitId).has(parentId)) {
    return no('parentId', 'cycle', stepWords.cycle, { unit: unit.name, parent: parent.name })
  }
  return isTaken(drawing, parentId, unit.name, unitId)
    ? no('parentId', 'taken', stepWords.taken, { name: unit.name })
    : yes(withUnits(drawing, [{ ...unit, parentId }]))
}

const split: Take<'split'> = (drawing, { unitId, newId, name, headId, personIds }) => {
  const unit = drawing.units.get(unitId)
  if (!unit) return gone('unitId')
  if (unit.parentId === null) return no('unitId', 'top', stepWords.top)
  if (drawing.units.has(newId)) return no('newId', 'taken', stepWords.keyTaken)
  if (isTaken(drawing, unit.parentId, name)) return no('name', 'taken', stepWords.taken, { name })
  const wanted = new Set(personIds)
  const here = drawing.assignments.filter((one) => one.unitId === unitId && wanted.has(one.personId))
  const missing = personIds.find((id) => !here.some((one) => one.personId === id))
  if (missing !== undefined) return no('personIds', 'not_there', stepWords.notInUnit, person(drawing, missing, unit))
  const fresh = { id: newId, name, tier: unit.tier, parentId: unit.parentId, headId: null }
  const parted = placed(withUnits(drawing, [fresh]), here, newId)
  return headId === null ? yes(parted) : nameHead(parted, { kind: 'head', unitId: newId, headId })
}

const merge: Take<'merge'> = (drawing, { unitId, intoId }) => {
  const [unit, into] = [drawing.units.get(unitId), drawing.units.get(intoId)]
  if (!unit) return gone('unitId')
  if (!into) return gone('intoId')
  if (unit.parentId === null) return no('unitId', 'top', stepWords.top)
  if (unitsUnder(drawing, unitId).has(intoId)) {
    return no('intoId', 'cycle', stepWords.cycle, { unit: unit.name, parent: into.name })
  }
  const below = [...drawing.units.values()].filter((one) => one.parentId === unitId)
  const double = below.find((one) => isTaken(drawing, intoId, one.name, unitId))
  if (double) return no('intoId', 'taken', stepWords.taken, { name: double.name })
  const moved = withUnits(
    drawing,
    below.map((one) => ({ ...one, parentId: intoId })),
  )
  const people = moved.assignments.filter((one) => one.unitId === unitId)
  return yes(without(placed(moved, people, intoId), unitId))
}

const close: Take<'close'> = (drawing, { unitId }) => {
  const unit = drawing.units.get(unitId)
  if (!unit) return gone('unitId')
  if (unit.parentId === null) return no('unitId', 'top', stepWords.top)
  const units = [...drawing.units.values()].filter((one) => one.parentId === unitId).length
  if (units > 0) return no('unitId', 'has_units', stepWords.hasUnits, { count: units })
  const people = drawing.assignments.filter((one) => one.unitId === unitId).length
  if (people > 0) return no('unitId', 'has_people', stepWords.hasPeople, { count: people })
  return yes(without(drawing, unitId))
}

const create: Take<'create'> = (drawing, { newId, name, parentId, tier, headId }) => {
  if (!drawing.units.has(parentId)) return gone('parentId')
  if (drawing.units.has(newId)) return no('newId', 'taken', stepWords.keyTaken)
  if (isTaken(drawing, parentId, name)) return no('name', 'taken', stepWords.taken, { name })
  const made = withUnits(drawing, [{ id: newId, name, tier, parentId, headId: null }])
  return headId === null ? yes(made) : nameHead(made, { kind: 'head', unitId: newId, headId })
}

const rename: Take<'rename'> = (drawing, { unitId, name }) => {
  const unit = drawing.units.get(unitId)
  if (!unit) return gone('unitId')
  if (isTaken(drawing, unit.parentId, name, unitId)) return no('name', 'taken', stepWords.taken, { name })
  return yes(withUnits(drawing, [{ ...unit, name }]))
}

const movePeople: Take<'people'> = (drawing, { personIds, unitId }) => {
  const unit = drawing.units.get(unitId)
  if (!unit) return gone('unitId')
  const mains = drawing.assignments.filter((one) => one.isMain && personIds.includes(one.personId))
  const missing = personIds.find((id) => !mains.some((one) => one.personId === id))
  if (missing !== undefined) return no('personIds', 'nowhere', stepWords.nowhere, person(drawing, missing, unit))
  return yes(placed(drawing, mains, unitId))
}

const assign: Take<'assign'> = (drawing, { newId, personId, unitId, share, mainShare }) => {
  const unit = drawing.units.get(unitId)
  if (!unit) return gone('unitId')
  if (!drawing.people.get(personId)?.isActive) {
    return no('personId', 'inactive', stepWords.inactive, person(drawing, personId, unit))
  }
  if (drawing.assignments.some((one) => one.id === newId)) return no('newId', 'taken', stepWords.keyTaken)
  const others = drawing.assignments.map((one) =>
    one.personId === personId && one.isMain && mainShare !== undefined ? { ...one, share: hundredths(mainShare) } : one,
  )
  const isMain = !others.some((one) => one.personId === personId && one.isMain)
  const added = { id: newId, personId, unitId, share: hundredths(share), isMain }
  const assignments = [...others, added]
  const total = assignments.filter((one) => one.personId === personId).reduce((sum, one) => sum + one.share, 0)
  return total > fullTime
    ? no('share', 'over_full_time', stepWords.overload, { ...person(drawing, personId, unit), percent: total / 100 })
    : yes({ ...drawing, assignments })
}

const nameHead: Take<'head'> = (drawing, { unitId, headId }) => {
  const unit = drawing.units.get(unitId)
  if (!unit) return gone('unitId')
  if (headId !== null && !canLead(drawing, headId)) {
    return no('headId', 'orphan_head', stepWords.orphanHead, person(drawing, headId, unit))
  }
  return yes(withUnits(drawing, [{ ...unit, headId }]))
}

/** A head is active and stands in some unit. */
function canLead({ people, assignments }: Drawing, personId: string): boolean {
  return people.get(personId)?.isActive === true && assignments.some((one) => one.personId === personId)
}

const yes = (drawing: Drawing): Taken => ({ ok: true, drawing })

function no(field: string, code: string, label: Label, params: LabelParams = {}): Taken {
  return { ok: false, fault: { field, code, label, params } }
}

const gone = (field: string): Taken => no(field, 'gone', stepWords.gone)

function person({ people }: Drawing, id: string, unit: DrawnUnit) {
  return { person: people.get(id)?.name ?? '—', unit: unit.name }
}

function withUnits(drawing: Drawing, units: readonly DrawnUnit[]): Drawing {
  return { ...drawing, units: new Map([...drawing.units, ...units.map((unit) => [unit.id, unit] as const)]) }
}

function without(drawing: Drawing, unitId: string): Drawing {
  return { ...drawing, units: new Map([...drawing.units].filter(([id]) => id !== unitId)) }
}

function placed(drawing: Drawing, moved: readonly DrawnAssignment[], unitId: string): Drawing {
  const ids = new Set(moved.map((one) => one.id))
  return { ...drawing, assignments: drawing.assignments.map((one) => (ids.has(one.id) ? { ...one, unitId } : one)) }
}

function isTaken({ units }: Drawing, parentId: string | null, name: string, except?: string): boolean {
  return [...units.values()].some((one) => one.parentId === parentId && one.name === name && one.id !== except)
}

/** A percent as hundredths of it. */
export const hundredths = (percent: string): number => Math.round(Number(percent) * 100)
