import { sql } from 'kysely'
import type { Day } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId, nobody } from '#platform/db/new-id.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { askToRecredit } from '#platform/ledger/index.ts'
import type { StructureShape } from '../structures-contract.ts'
import { orgErrors, refuse } from '../errors.ts'
import { beginning } from '../span.ts'
import { createTop } from './change-units.ts'
import { rewriteAllCreditSpans } from './credit-span-store.ts'
import {
  insertStructure,
  openOrg,
  saveStructure,
  structureById,
  structureOf,
  structures,
  type Structure,
} from './structure-store.ts'

/** The structures of the company with how many units and people stand in them today. */
export async function listStructures(ctx: Ctx): Promise<{ structures: StructureShape[] }> {
  return inView(ctx, async (tx) => {
    const { rows } = await sql<{ id: string; units: number; people: number }>`
      select s.id, (select count(*)::int from units_on(s.id, ${ctx.today}::date)) as units,
        (select count(distinct a.person_id)::int from assignment a
          where a.company_id = s.company_id and a.structure_id = s.id
            and a.from_day <= ${ctx.today}::date and a.to_day > ${ctx.today}::date) as people
      from structure s where s.company_id = ${ctx.company.id}`.execute(tx)
    const counts = new Map(rows.map((row) => [row.id, row]))
    return {
      structures: (await structures(tx)).map(({ nameZh, nameEn, ...one }) => ({
        ...one,
        name: { zh: nameZh, en: nameEn },
        units: counts.get(one.id)?.units ?? 0,
        people: counts.get(one.id)?.people ?? 0,
      })),
    }
  })
}

/** The same act looking by the structure of that key; none asked for: by the default. */
export async function inStructure(ctx: Ctx, key: string | undefined): Promise<Ctx> {
  if (key === undefined) return ctx
  const { id, isDefault } = await inView(ctx, (tx) => structureOf(tx, key))
  return isDefault ? ctx : { ...ctx, structureId: id }
}

/** Makes a structure with its top unit. What is there already is credited to it in the background. */
export async function createStructure(
  ctx: Ctx,
  wanted: { readonly nameZh: string; readonly nameEn: string; readonly topName: string },
): Promise<{ id: string; key: string; topId: string }> {
  return inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      await refuseTakenName(step, wanted)
      const key = `own_${newId().replaceAll('-', '').slice(-12)}`
      const id = await insertStructure(step, { key, ...wanted })
      step.audit({ object: 'structure', recordId: id, action: 'created', before: null, after: { key, ...wanted } })
      step.tell({ name: 'org.structure.changed', payload: { structureId: id } })
      return { id, key, topId: await beginInStep(step, id, wanted.topName) }
    },
    { kind: 'org.structure.create' },
  )
}

/** Gives a structure that has no units yet its top unit. */
export async function beginStructure(ctx: Ctx, id: string, topName: string): Promise<{ topId: string }> {
  return inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      const structure = await structureById(step.tx, id)
      const { rows } = await sql`select from unit where structure_id = ${id} limit 1`.execute(step.tx)
      if (rows.length > 0) throw refuse('STRUCTURE_REFUSED', 'id', 'begun', words.begun)
      if (structure.closedOn !== null) throw refuse('STRUCTURE_REFUSED', 'id', 'closed', words.closed)
      return { topId: await beginInStep(step, id, topName) }
    },
    { kind: 'org.structure.begin' },
  )
}

/** For files that bring the first units of a structure: its top is called like the company. */
export async function beginIfNew(step: Step, structureId: string): Promise<void> {
  const { rows } = await sql`select from unit where structure_id = ${structureId} limit 1`.execute(step.tx)
  if (rows.length === 0) await beginInStep(step, structureId, step.ctx.company.name)
}

/** From its first unit on a structure is credited: saves from here on in their own step, all that was before by a run. */
async function beginInStep(step: Step, structureId: string, topName: string): Promise<string> {
  const topId = await createTop(step, structureId, topName, null)
  const { rows } = await sql<{ id: string }>`
    select id from person where company_id = ${step.ctx.company.id}`.execute(step.tx)
  await askToRecredit(step, { personIds: [...rows.map(({ id }) => id), nobody], from: beginning })
  return topId
}

export async function renameStructure(
  ctx: Ctx,
  id: string,
  wanted: { readonly version: number; readonly nameZh: string; readonly nameEn: string },
): Promise<{ version: number }> {
  return inStep(
    ctx,
    async (step) => {
      const before = await structureById(step.tx, id)
      await refuseTakenName(step, wanted, id)
      const version = await save(step, before, { ...before, ...wanted })
      step.audit({ object: 'structure', recordId: id, action: 'updated', before, after: wanted })
      return { version }
    },
    { kind: 'org.structure.change' },
  )
}

/**
 * From a day on the structure is no more: its units and the assignments in them end. What was credited along it before
 * stays, what comes later stands under nobody there.
 */
export async function closeStructure(
  ctx: Ctx,
  id: string,
  { version, on }: { readonly version: number; readonly on: Day },
): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      await openOrg(step)
      const before = await structureById(step.tx, id)
      if (before.isDefault) throw refuse('STRUCTURE_REFUSED', 'id', 'default', words.isDefault)
      if (before.closedOn !== null) throw refuse('STRUCTURE_REFUSED', 'id', 'closed', words.closed)
      if (on < ctx.today) throw refuse('STRUCTURE_REFUSED', 'on', 'past', words.past)
      await save(step, before, { ...before, version, closedOn: on })
      await endAll(step, id, on)
      await rewriteAllCreditSpans(step)
      step.audit({ object: 'structure', recordId: id, action: 'closed', before, after: { on } })
    },
    { kind: 'org.structure.close' },
  )
}

async function endAll({ tx, ctx }: Step, structureId: string, on: Day): Promise<void> {
  const own = sql`company_id = ${ctx.company.id} and structure_id = ${structureId}`
  for (const table of ['unit_parent', 'assignment']) {
    await sql`delete from ${sql.table(table)} where ${own} and from_day >= ${on}::date`.execute(tx)
    await sql`update ${sql.table(table)} set to_day = ${on}::date where ${own} and to_day > ${on}::date`.execute(tx)
  }
  await sql`update unit set closed_on = least(closed_on, ${on}::date), version = version + 1 where ${own}`.execute(tx)
}

async function save(step: Step, before: Structure, next: Structure): Promise<number> {
  const version = await saveStructure(step, next)
  if (version === undefined) throw orgErrors.STRUCTURE_CHANGED({ name: before.nameZh }, [], { current: before })
  step.tell({ name: 'org.structure.changed', payload: { structureId: before.id } })
  return version
}

async function refuseTakenName(
  step: Step,
  wanted: { readonly nameZh: string; readonly nameEn: string },
  except?: string,
): Promise<void> {
  for (const other of await structures(step.tx)) {
    if (other.id === except || other.closedOn !== null) continue
    if (other.nameZh === wanted.nameZh) throw taken('nameZh', wanted.nameZh)
    if (other.nameEn === wanted.nameEn) throw taken('nameEn', wanted.nameEn)
  }
}

const taken = (field: string, name: string) => refuse('STRUCTURE_REFUSED', field, 'taken', words.taken, { name })

const words = {
  begun: { zh: '它已经有单元了', en: 'It has units already' },
  closed: { zh: '它已经关闭', en: 'It is closed already' },
  isDefault: {
    zh: '默认结构不能关闭：权限和目标以它为准',
    en: 'The default structure stays: access and targets go by it',
  },
  past: { zh: '关闭日不能早于今天', en: 'It cannot be closed before today' },
  taken: { zh: '已有组织结构“{name}”', en: 'There is a structure “{name}” already' },
} as const
