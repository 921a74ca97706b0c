import { later, type Day } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import type { NewUnit, UnitChange } from '../contract.ts'
import { orgErrors, refuse } from '../errors.ts'
import { beginning, end, type Span } from '../span.ts'
import { assignmentsIn, insertAssignment, removeAssignments, saveDays, type Assignment } from './assignment-store.ts'
import { rewriteAllCreditSpans, rewriteCreditSpans } from './credit-span-store.ts'
import { personOf } from './person-store.ts'
import { openOrg } from './structure-store.ts'
import {
  beginAgain,
  endUnit,
  firstDayUnder,
  insertUnit,
  isCodeTaken,
  isNameTaken,
  lifeOf,
  orphanHeads,
  placesOf,
  placesUnder,
  reparent,
  saveUnit,
  unitOf,
  type Unit,
} from './unit-store.ts'

/** Creates a unit under a parent, from a day on or as old as the parent. */
export async function createUnit(ctx: Ctx, wanted: NewUnit): Promise<{ id: string }> {
  return inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      const parent = await unitOf(step.tx, wanted.parentId)
      const life = await openLifeOf(step, parent, 'parentId')
      const from = wanted.from ?? life.from
      if (from < life.from) throw notYet('from', parent, life)
      const row = { ...wanted, structureId: parent.structureId }
      await refuseTakenCode(step, parent.structureId, wanted.code)
      await refuseTakenName(step, { parentId: parent.id, name: wanted.name, on: from })
      if (wanted.headId) await personOf(step.tx, wanted.headId)
      const id = await insertUnit(step, row, parent.id, { from, to: life.to })
      await refuseOrphans(step, wanted.headId ? [wanted.headId] : [], 'headId')
      step.audit({ object: 'unit', recordId: id, action: 'created', before: null, after: { ...wanted, from } })
      step.tell({ name: 'org.unit.created', payload: { unitId: id, parentId: parent.id } })
      return { id }
    },
    { kind: 'org.unit.create' },
  )
}

/** The first unit of a structure: the top, as old as time. */
export async function createTop(step: Step, structureId: string, name: string, tier: string | null): Promise<string> {
  await openOrg(step)
  const id = await insertUnit(step, { structureId, name, tier }, null, { from: beginning, to: end })
  await rewriteAllCreditSpans(step)
  step.audit({ object: 'unit', recordId: id, action: 'created', before: null, after: { name, tier } })
  step.tell({ name: 'org.unit.created', payload: { unitId: id, parentId: null } })
  return id
}

/** Renames a unit, changes its code or tier, or sets its head. */
export async function changeUnit(ctx: Ctx, unitId: string, change: UnitChange): Promise<{ version: number }> {
  return inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      const unit = await unitOf(step.tx, unitId)
      const next: Unit = {
        ...unit,
        name: change.name ?? unit.name,
        code: change.code === undefined ? unit.code : change.code,
        tier: change.tier === undefined ? unit.tier : change.tier,
        headId: change.headId === undefined ? unit.headId : change.headId,
      }
      if (next.code !== unit.code) await refuseTakenCode(step, unit.structureId, next.code, unit.id)
      if (next.name !== unit.name) await refuseNameBesideSiblings(step, unit, next.name)
      if (next.headId && next.headId !== unit.headId) await personOf(step.tx, next.headId)
      const version = await saveUnit(step, next, change.version)
      if (version === undefined) throw orgErrors.UNIT_CHANGED({ name: unit.name }, [], { current: unit })
      if (next.headId && next.headId !== unit.headId) await refuseOrphans(step, [next.headId], 'headId')
      step.audit({ object: 'unit', recordId: unitId, action: 'updated', before: unit, after: { ...next, version } })
      step.tell({ name: 'org.unit.changed', payload: { unitId } })
      return { version }
    },
    { kind: 'org.unit.change' },
  )
}

/** From a day on the unit stands, with all below it, under another parent. Earlier days stay as they were. */
export async function moveUnit(ctx: Ctx, unitId: string, to: { parentId: string; from: Day }): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      const unit = await unitOf(step.tx, unitId)
      const parent = await parentFor(step, unit, to.parentId)
      const place = (await placesOf(step.tx, unitId)).find((one) => one.from <= to.from && to.from < one.to)
      if (!place) throw notThere('from', unit)
      if (place.parentId === null) throw refuse('UNIT_REFUSED', 'id', 'top', words.top)
      if (place.parentId === parent.id) {
        throw refuse('UNIT_REFUSED', 'parentId', 'same_parent', words.sameParent, { parent: parent.name })
      }
      const span = { from: to.from, to: place.to }
      await refuseCycle(step, unit, parent, span, 'parentId')
      await requireLife(step, parent, span, 'from')
      await refuseTakenName(step, { parentId: parent.id, name: unit.name, on: to.from, except: unit.id })
      await reparent(step, unit.structureId, place, parent.id, to.from)
      const before = { parentId: place.parentId }
      step.audit({ object: 'unit', recordId: unitId, action: 'moved', before, after: to })
      step.tell({ name: 'org.unit.moved', payload: { unitId, ...to } })
    },
    { kind: 'org.unit.move' },
  )
}

/** From a day on everybody and every unit under it stand in another unit, and this one is closed. */
export async function mergeUnit(ctx: Ctx, unitId: string, into: { intoId: string; from: Day }): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      const unit = await unitOf(step.tx, unitId)
      const target = await parentFor(step, unit, into.intoId, 'intoId')
      const life = await lifeOn(step, unit, into.from, 'from')
      await refuseTop(step, unit)
      const span = { from: into.from, to: life.to }
      await refuseCycle(step, unit, target, span, 'intoId')
      await requireLife(step, target, span, 'from')
      const children = await placesUnder(step.tx, unitId, into.from)
      for (const place of children) {
        await reparent(step, unit.structureId, place, target.id, later(place.from, into.from))
      }
      const moved = await movePeople(step, await assignmentsIn(step.tx, unitId, into.from), target.id, into.from)
      await endUnit(step, unitId, into.from)
      await rewriteCreditSpans(step, moved)
      const after = { ...into, people: moved.length, units: children.length }
      step.audit({ object: 'unit', recordId: unitId, action: 'merged', before: unit, after })
      step.tell({ name: 'org.unit.merged', payload: { unitId, ...into } })
      step.tell({ name: 'org.assignment.changed', payload: { personIds: moved, from: into.from } })
    },
    { kind: 'org.unit.merge' },
  )
}

/** A closed unit is there again from today on, under a parent; the days between stay without it. */
export async function reopenUnit(ctx: Ctx, unitId: string, parentId: string): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      const unit = await unitOf(step.tx, unitId)
      const parent = await parentFor(step, unit, parentId)
      const span = { from: ctx.today, to: end }
      if ((await placesOf(step.tx, unitId)).some(({ to }) => to > ctx.today)) return
      await requireLife(step, parent, span, 'parentId')
      await refuseTakenName(step, { parentId, name: unit.name, on: ctx.today, except: unitId })
      await beginAgain(step, unit, parentId)
      step.audit({ object: 'unit', recordId: unitId, action: 'activated', before: unit, after: { parentId, ...span } })
      step.tell({ name: 'org.unit.changed', payload: { unitId } })
    },
    { kind: 'org.unit.reopen' },
  )
}

/** Closes a unit from a day on; who and what stands in it must have moved before. */
export async function closeUnit(ctx: Ctx, unitId: string, on: Day): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      const unit = await unitOf(step.tx, unitId)
      const life = await lifeOn(step, unit, on, 'on')
      await refuseTop(step, unit)
      if (life.from === on) throw notYet('on', unit, life)
      const units = (await placesUnder(step.tx, unitId, on)).length
      if (units > 0) throw refuse('UNIT_REFUSED', 'on', 'has_units', words.hasUnits, { count: units })
      const people = (await assignmentsIn(step.tx, unitId, on)).length
      if (people > 0) throw refuse('UNIT_REFUSED', 'on', 'has_people', words.hasPeople, { count: people })
      await endUnit(step, unitId, on)
      step.audit({ object: 'unit', recordId: unitId, action: 'closed', before: unit, after: { on } })
      step.tell({ name: 'org.unit.closed', payload: { unitId, on } })
    },
    { kind: 'org.unit.close' },
  )
}

const words = {
  top: { zh: '最上级单元不能移动、合并或关闭', en: 'The top unit cannot be moved, merged or closed' },
  sameParent: { zh: '它在那天已经属于“{parent}”', en: 'It already belongs to “{parent}” on that day' },
  otherStructure: { zh: '两个单元不在同一个组织结构中', en: 'The two units belong to different structures' },
  itself: { zh: '不能以自己为上级', en: 'A unit cannot stand under itself' },
  cycle: {
    zh: '“{parent}”在 {day} 属于“{unit}”的下级，不能互为上下级',
    en: '“{parent}” stands below “{unit}” on {day}; a unit cannot stand under one of its own',
  },
  notYet: { zh: '“{unit}”从 {day} 才开始', en: '“{unit}” begins on {day}' },
  ends: { zh: '“{unit}”在 {day} 已关闭', en: '“{unit}” is closed on {day}' },
  notThere: { zh: '“{unit}”在那天不存在', en: '“{unit}” does not exist on that day' },
  hasUnits: { zh: '它下面还有 {count} 个单元，请先移走', en: '{count} units stand below it; move them first' },
  hasPeople: { zh: '它里面还有 {count} 段任职，请先调走', en: '{count} assignments are in it; move them first' },
  codeTaken: { zh: '编号“{code}”已被使用', en: 'The code “{code}” is taken' },
  nameTaken: { zh: '同一上级下已有“{name}”', en: 'There is a “{name}” under the same parent' },
  orphan: {
    zh: '“{unit}”的负责人 {person} 必须在职并有任职；请先换负责人',
    en: '{person}, head of “{unit}”, must be active and stand in a unit; name another head first',
  },
} as const

async function parentFor(step: Step, unit: Unit, parentId: string, field = 'parentId'): Promise<Unit> {
  const parent = await unitOf(step.tx, parentId)
  if (parent.id === unit.id) throw refuse('UNIT_REFUSED', field, 'itself', words.itself)
  if (parent.structureId === unit.structureId) return parent
  throw refuse('UNIT_REFUSED', field, 'other_structure', words.otherStructure)
}

async function refuseCycle(step: Step, unit: Unit, parent: Unit, span: Span, field: string): Promise<void> {
  const day = await firstDayUnder(step.tx, unit, parent.id, span)
  if (day === undefined) return
  throw refuse('UNIT_REFUSED', field, 'cycle', words.cycle, { parent: parent.name, unit: unit.name, day })
}

/** The unit must exist on all days of the span, or something would hang in the air. */
export async function requireLife(step: Step, unit: Unit, span: Span, field: string): Promise<void> {
  const life = await lifeOf(step.tx, unit.id)
  if (!life) throw notThere(field, unit)
  if (span.from < life.from) throw notYet(field, unit, life)
  if (span.to > life.to) throw ends(field, unit, life)
}

async function openLifeOf(step: Step, unit: Unit, field: string): Promise<Span> {
  const life = await lifeOf(step.tx, unit.id)
  if (!life) throw notThere(field, unit)
  if (life.to <= step.ctx.today) throw ends(field, unit, life)
  return life
}

async function lifeOn(step: Step, unit: Unit, day: Day, field: string): Promise<Span> {
  const life = await lifeOf(step.tx, unit.id)
  if (!life) throw notThere(field, unit)
  if (day < life.from) throw notYet(field, unit, life)
  if (day >= life.to) throw ends(field, unit, life)
  return life
}

async function refuseTop(step: Step, unit: Unit): Promise<void> {
  const places = await placesOf(step.tx, unit.id)
  if (places.some((place) => place.parentId === null)) throw refuse('UNIT_REFUSED', 'id', 'top', words.top)
}

const notYet = (field: string, unit: Unit, life: Span) =>
  refuse('UNIT_REFUSED', field, 'not_yet', words.notYet, { unit: unit.name, day: life.from })

const ends = (field: string, unit: Unit, life: Span) =>
  refuse('UNIT_REFUSED', field, 'closed', words.ends, { unit: unit.name, day: life.to })

const notThere = (field: string, unit: Unit) =>
  refuse('UNIT_REFUSED', field, 'not_there', words.notThere, { unit: unit.name })

async function refuseTakenCode(step: Step, structureId: string, code: string | null | undefined, except?: string) {
  if (!code || !(await isCodeTaken(step.tx, structureId, code, except))) return
  throw refuse('UNIT_REFUSED', 'code', 'taken', words.codeTaken, { code })
}

async function refuseTakenName(step: Step, beside: Parameters<typeof isNameTaken>[1]): Promise<void> {
  if (!(await isNameTaken(step.tx, beside))) return
  throw refuse('UNIT_REFUSED', 'name', 'taken', words.nameTaken, { name: beside.name })
}

async function refuseNameBesideSiblings(step: Step, unit: Unit, name: string): Promise<void> {
  const place = (await placesOf(step.tx, unit.id)).at(-1)
  if (!place?.parentId) return
  await refuseTakenName(step, { parentId: place.parentId, name, on: step.ctx.today, except: unit.id })
}

/** Throws when one of these people heads an open unit without being active and assigned. */
export async function refuseOrphans(step: Step, personIds: readonly string[], field: string): Promise<void> {
  const [orphan] = await orphanHeads(step.tx, personIds, step.ctx.today)
  if (orphan) throw refuse('UNIT_REFUSED', field, 'orphan_head', words.orphan, { ...orphan })
}

/** Puts people into another unit from a day on, with the same position and share; answers whom. */
async function movePeople(
  step: Step,
  assignments: readonly Assignment[],
  unitId: string,
  from: Day,
): Promise<readonly string[]> {
  for (const one of assignments) {
    const start = later(one.from, from)
    if (one.from < from) await saveDays(step, one.id, { from: one.from, to: from })
    else await removeAssignments(step, [one.id])
    await insertAssignment(step, { ...one, unitId, from: start })
  }
  return [...new Set(assignments.map((one) => one.personId))]
}
