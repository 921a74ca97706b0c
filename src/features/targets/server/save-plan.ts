import type { z } from 'zod'
import type { FieldFault } from '#base/errors.ts'
import { fromUnits, isWhole, toUnits } from '#engine/money/units.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import type { Step } from '#platform/db/step.ts'
import { targetErrors } from '../contract.ts'
import type { PlanSummary, savePlanRoute } from '../contract.ts'
import { nodeIdOf } from '../node-id.ts'
import { readRowId } from '../levels.ts'
import type { Counting } from '#engine/metrics/plan-rule.ts'
import { amountFault, fixedNode, lockedCell, noBuffer, unknownNode, wrongWidth } from './faults.ts'
import { planReach, readyReach } from './plan-reach.ts'
import { planStore } from './plan-store.ts'
import type { StoredPlan } from './plan-store.ts'
import type { Cells } from './row-changes.ts'
import type { StoredRow } from './stored-row.ts'
import { revisionStore } from './revision-store.ts'
import { revisionsInSight } from './revisions.ts'
import { refuseSettled, revisePlan } from './revise-plan.ts'
import { openPlan, summaryOf } from './show-plan.ts'

type Wish = z.output<NonNullable<typeof savePlanRoute.body>>
type WishedRow = Wish['rows'][number]

/**
 * Saves changed cells and locks with a reason, all or nothing: the plan must be the version that they were made on,
 * every row within reach, locked cells untouched, and children must sum to their parents on every tier and month.
 */
export async function savePlan(ctx: Ctx, planId: string, wish: Wish): Promise<{ plan: PlanSummary }> {
  await readyReach(ctx)
  return inStep(
    ctx,
    async (step) => {
      const plan = await planStore.forUpdate(step, planId)
      if (!plan) throw targetErrors.PLAN_NOT_FOUND()
      if (plan.version !== wish.version) throw await changedMeanwhile(step, plan, wish.version)
      refuseSettled(plan)
      const target = await planStore.rows(step.tx, planId)
      const reach = await planReach(ctx, target)
      const rows = [...target, ...(await planStore.levelRows(step.tx, plan, target))]
      const cells = newCells(wish.rows, rows, reach, plan)
      await keepBases(step, planId, wish.rows, target)
      await revisePlan(step, plan, rows, { kind: 'changed', reason: wish.reason, cells })
      return { plan: summaryOf(ctx, await openPlan(step.tx, ctx, planId)) }
    },
    { kind: 'plan.save' },
  )
}

/** Who changed what since the version that the reader has, as far as the reader sees the plan. */
export async function changedMeanwhile({ tx, ctx }: Step, plan: StoredPlan, version: number) {
  const { rows } = await planReach(ctx, await planStore.rows(tx, plan.id))
  const visible = new Set(rows.map((row) => row.id))
  const place = { planId: plan.id, rows }
  const revisions = await revisionsInSight(tx, ctx, place, { after: version, limit: 500 })
  const names = [...new Set(revisions.flatMap(({ by }) => by?.name ?? []))].join('、')
  const since = await revisionStore.changes(tx, plan.id, { after: version, limit: 20 })
  const changes = since.flatMap((revision) =>
    revision.changes.filter(({ unit, person }) => visible.has(nodeIdOf({ unitId: unit, personId: person }))),
  )
  const details = { version: plan.version, revisions, changes: changes.slice(0, 500) }
  return targetErrors.PLAN_CHANGED({ name: names || somebody[ctx.language] }, [], details)
}

const somebody = { zh: '别人', en: 'Somebody' }

interface Reach {
  readonly rows: readonly StoredRow[]
  canEdit(node: string): boolean
}

/** The wished cells by row, or PLAN_INVALID naming every field at fault. */
function newCells(wished: readonly WishedRow[], rows: readonly StoredRow[], reach: Reach, { unit, rule }: Counting) {
  const visible = new Set(reach.rows.map((row) => row.id))
  const buffers = new Map(wished.flatMap(({ node, buffer }) => (buffer === undefined ? [] : [[node, buffer] as const])))
  const known = new Map(rows.map((row) => [row.id, row]))
  const cells = new Map<string, Cells>()
  const faults: FieldFault[] = []
  wished.forEach((wish, at) => {
    const row = known.get(wish.node)
    const field = `rows.${at}`
    const { level, id } = readRowId(wish.node)
    if (!row || !visible.has(id)) faults.push(unknownNode(`${field}.node`))
    else if (isSet(wish) && !reach.canEdit(id)) faults.push(fixedNode(`${field}.node`, row.name))
    else if (wish.buffer !== undefined && (level !== 'target' || row.kind === 'person' || rule.nodes !== 'sum'))
      faults.push(noBuffer(`${field}.buffer`))
    else {
      const months = wish.months ?? []
      const locks = wish.locked ?? []
      faults.push(...cellFaults(field, row, months, locks, unit))
      const before = cells.get(wish.node) ?? row
      cells.set(wish.node, {
        months: before.months.map((value, month) => tidy(months[month] ?? value, unit)),
        locked: before.locked.map((lock, month) => locks[month] ?? lock),
      })
    }
  })
  if (faults.length > 0) throw targetErrors.PLAN_INVALID({}, faults.slice(0, 100))
  // A buffer counts on every level.
  for (const row of buffers.size > 0 ? rows : []) {
    const buffer = buffers.get(readRowId(row.id).id)
    // Another buffer begins anew: what amendments took was out of the one before.
    const taken = buffer === row.buffer ? row.taken : []
    if (buffer !== undefined) cells.set(row.id, { ...(cells.get(row.id) ?? row), buffer, taken })
  }
  return cells
}

/** Cells and locks are for those who may change the row; what a top hands out is for whoever leads it. */
function isSet({ months, locked, bases }: WishedRow): boolean {
  return months !== undefined || locked !== undefined || bases !== undefined
}

async function keepBases(step: Step, planId: string, wished: readonly WishedRow[], rows: readonly StoredRow[]) {
  const places = new Map(rows.map((row) => [row.id, row]))
  const kept = wished.flatMap(({ node, bases }) => {
    const place = places.get(node)
    return bases && place ? [{ place, bases }] : []
  })
  if (kept.length > 0) await planStore.saveBases(step, planId, kept)
}

function cellFaults(
  field: string,
  row: StoredRow,
  months: readonly (string | null)[],
  locks: readonly (boolean | null)[],
  unit: string,
): FieldFault[] {
  const width = row.months.length
  const faults = [months, locks].flatMap((values, at) =>
    values.length === 0 || values.length === width
      ? []
      : [wrongWidth(`${field}.${at === 0 ? 'months' : 'locked'}`, width)],
  )
  if (faults.length > 0) return faults
  return months.flatMap((value, month) => {
    const at = `${field}.months.${month}`
    if (value === null) return []
    if (!isWhole(value, unit)) return [amountFault(at, value, unit)]
    const moves = toUnits(value, unit) !== toUnits(row.months[month] ?? '0', unit)
    return moves && row.locked[month] && locks[month] !== false ? [lockedCell(at, row.name, month + 1)] : []
  })
}

function tidy(value: string, unit: string): string {
  return fromUnits(toUnits(value, unit), unit)
}
