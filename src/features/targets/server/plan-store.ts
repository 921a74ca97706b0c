import { sql } from 'kysely'
import type { PlanRule } from '#engine/metrics/plan-rule.ts'
import { trimZeros } from '#engine/money/decimal.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId, nobody } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import type { Basis, RevisionKind } from '../contract.ts'
import { rowIdAt } from '../levels.ts'
import type { SideLevel } from '../levels.ts'
import { nodeIdOf } from '../node-id.ts'
import type { Place } from '../node-id.ts'
import type { PlanState } from '../plan-path.ts'
import { boundedRule } from './bounded-rule.ts'
import type { RowChange } from './row-changes.ts'
import { inTreeOrder, toRow } from './stored-row.ts'
import type { RawRow, StoredRow } from './stored-row.ts'

/** A plan as stored, with the names that screens show. */
export interface StoredPlan {
  readonly id: string
  readonly metric: string
  readonly structureId: string
  readonly year: number
  readonly unit: string
  readonly rule: PlanRule
  readonly treeOn: string
  readonly status: PlanState
  readonly asksReview: boolean
  readonly asksProposals: boolean
  /** Last days on which people may propose or appeal; null: no such day. */
  readonly proposalsUntil: string | null
  readonly appealsUntil: string | null
  readonly appealDays: number
  /** Beside the target. */
  readonly levels: readonly SideLevel[]
  readonly version: number
  /** The version at which it was reopened last; null: never. */
  readonly reopenedAt: number | null
  readonly updatedAt: Date
  readonly updatedById: string | null
  readonly updatedByName: string | null
}

export interface NewRow {
  readonly unitId: string
  readonly personId: string | null
  readonly parentUnitId: string | null
  readonly position: number
}

export interface StoredRevision {
  readonly version: number
  readonly kind: RevisionKind
  readonly personId: string | null
  readonly personName: string | null
  readonly at: Date
  readonly reason: string | null
  readonly rows: number
}

/** Of a plan `p`: the version at which it was reopened last. */
export const reopenedAt = sql`(
  select max(r.version) from plan_revision r
  where r.company_id = p.company_id and r.plan_id = p.id and r.kind = 'reopened')`

const planColumns = sql`
  p.id, p.metric, p.structure_id as "structureId", f.year, trim_scale(p.unit)::text as unit,
  json_build_object('nodes', p.over_nodes, 'periods', p.over_periods, 'better', p.better) as rule, p.tree_on as "treeOn",
  p.status, p.levels, p.asks_review as "asksReview", p.asks_proposals as "asksProposals", p.proposals_until as "proposalsUntil",
  p.appeals_until as "appealsUntil", p.appeal_days as "appealDays", p.version, ${reopenedAt} as "reopenedAt", p.updated_at as "updatedAt", p.updated_by as "updatedById", w.name as "updatedByName"`

const planSource = sql`
  plan p join period f on f.company_id = p.company_id and f.id = p.period_id
    left join person w on w.company_id = p.company_id and w.id = p.updated_by`

const bounded = (ctx: Ctx, plan: StoredPlan): StoredPlan => ({
  ...plan,
  rule: boundedRule(ctx, plan.metric, plan.rule),
})

export const planStore = {
  async list(
    tx: Tx,
    ctx: Ctx,
    wanted: { year?: number | undefined; metric?: string | undefined },
  ): Promise<StoredPlan[]> {
    const { rows } = await sql<StoredPlan>`
      select ${planColumns} from ${planSource}
      where (${wanted.year ?? null}::int is null or f.year = ${wanted.year ?? null})
        and (${wanted.metric ?? null}::text is null or p.metric = ${wanted.metric ?? null})
      order by f.year desc, p.metric`.execute(tx)
    return rows.map((plan) => bounded(ctx, plan))
  },

  async find(tx: Tx, ctx: Ctx, planId: string): Promise<StoredPlan | undefined> {
    const { rows } = await sql<StoredPlan>`select ${planColumns} from ${planSource} where p.id = ${planId}`.execute(tx)
    return rows[0] && bounded(ctx, rows[0])
  },

  /** Locked until the transaction ends, so that two saves follow each other. */
  async forUpdate(step: Step, planId: string): Promise<StoredPlan | undefined> {
    await sql`select 1 from plan where id = ${planId} for update`.execute(step.tx)
    return planStore.find(step.tx, step.ctx, planId)
  },

  async rows(tx: Tx, planId: string): Promise<StoredRow[]> {
    const { rows } = await sql<RawRow>`
      select t.unit_id, nullif(t.person_id, ${nobody}::uuid) as person_id, t.parent_unit_id, array_to_string(t.months, ' ') as months,
        array_to_string(t.locked, '') as locked, t.buffer, array_to_string(t.taken, ' ') as taken, t.bases, u.name as unit_name, u.tier, u.head_id, p.name as person_name
      from target t join unit u on u.company_id = t.company_id and u.id = t.unit_id
        left join person p on p.company_id = t.company_id and p.id = t.person_id
      where t.plan_id = ${planId} order by t.position`.execute(tx)
    return inTreeOrder(rows.map(toRow))
  },

  /** The same rows once more for each level beside the target, under keys of the level. */
  async levelRows(tx: Tx, plan: StoredPlan, rows: readonly StoredRow[]): Promise<StoredRow[]> {
    if (plan.levels.length === 0) return []
    const { rows: raw } = await sql<RawLevelRow>`
      select level, unit_id, nullif(person_id, ${nobody}::uuid) as person_id, months::text[] as months, locked, taken::text[] as taken
      from target_level where plan_id = ${plan.id}`.execute(tx)
    const cells = new Map(
      raw.map(({ level, unit_id: unitId, person_id: personId, months, locked, taken }) => [
        rowIdAt(level, nodeIdOf({ unitId, personId })),
        { months: months.map(trimZeros), locked, taken: taken.map(trimZeros) },
      ]),
    )
    return plan.levels.flatMap((level) =>
      rows.map((row) => {
        const id = rowIdAt(level, row.id)
        const nothing = { months: row.months.map(() => '0'), locked: row.months.map(() => false), taken: [] }
        const parentId = row.parentId === null ? null : rowIdAt(level, row.parentId)
        return { ...row, id, parentId, bases: [], ...(cells.get(id) ?? nothing) }
      }),
    )
  },

  /** Adds a level to the plan, or takes one away with its cells. */
  async setLevels(step: Step, planId: string, levels: readonly SideLevel[]): Promise<void> {
    const company = step.ctx.company.id
    await sql`update plan set levels = ${levels}::text[] where company_id = ${company} and id = ${planId}`.execute(
      step.tx,
    )
    await sql`
      delete from target_level
      where company_id = ${company} and plan_id = ${planId} and not (level = any(${levels}::text[]))`.execute(step.tx)
  },

  async saveBases(
    step: Step,
    planId: string,
    rows: readonly { readonly place: Place; readonly bases: readonly Basis[] }[],
  ) {
    const shape = rows.map(({ place, bases }) => ({
      unit_id: place.unitId,
      person_id: place.personId ?? nobody,
      bases,
    }))
    await sql`
      update target t set bases = r.bases
      from jsonb_to_recordset(${JSON.stringify(shape)}::jsonb) as r(unit_id uuid, person_id uuid, bases jsonb)
      where t.company_id = ${step.ctx.company.id} and t.plan_id = ${planId} and t.unit_id = r.unit_id
        and t.person_id = r.person_id`.execute(step.tx)
  },

  /** The unit above each unit of the plan. */
  async parents(tx: Tx, planId: string): Promise<ReadonlyMap<string, string | null>> {
    const { rows } = await sql<{ unit: string; parent: string | null }>`
      select unit_id as unit, parent_unit_id as parent from target
      where plan_id = ${planId} and person_id = ${nobody}`.execute(tx)
    return new Map(rows.map(({ unit, parent }) => [unit, parent]))
  },

  /** The months at the top, without reading the tree below. */
  async topMonths(tx: Tx, planId: string): Promise<readonly string[]> {
    const { rows } = await sql<{ months: string[] }>`
      select months::text[] as months from target
      where plan_id = ${planId} and person_id = ${nobody} and parent_unit_id is null`.execute(tx)
    return rows.flatMap((row) => row.months.map(trimZeros))
  },

  async create(
    step: Step,
    plan: {
      id: string
      metric: string
      structureId: string
      periodId: string
      unit: string
      treeOn: string
      rule: PlanRule
    },
  ): Promise<boolean> {
    const { company, actor } = step.ctx
    const { nodes, periods, better } = plan.rule
    const { numAffectedRows } = await sql`
      insert into plan (company_id, id, metric, structure_id, period_id, unit, over_nodes, over_periods, better, tree_on, updated_by)
      values (${company.id}, ${plan.id}, ${plan.metric}, ${plan.structureId}, ${plan.periodId}, ${plan.unit},
        ${nodes}, ${periods}, ${better}, ${plan.treeOn}, ${actor.personId})
      on conflict do nothing`.execute(step.tx)
    return numAffectedRows === 1n
  },

  /** Rows start at zero; values come by `saveRows`. */
  async addRows(step: Step, planId: string, rows: readonly NewRow[], width: number): Promise<void> {
    const shape = rows.map(({ unitId, personId, parentUnitId, position }) => ({
      unit_id: unitId,
      person_id: personId ?? nobody,
      parent_unit_id: parentUnitId,
      position,
    }))
    await sql`
      insert into target (company_id, plan_id, unit_id, person_id, parent_unit_id, position, months, locked)
      select ${step.ctx.company.id}, ${planId}, r.unit_id, r.person_id, r.parent_unit_id, r.position,
        array_fill(0, array[${width}::int]), array_fill(false, array[${width}::int])
      from jsonb_to_recordset(${JSON.stringify(shape)}::jsonb)
        as r(unit_id uuid, person_id uuid, parent_unit_id uuid, position int)`.execute(step.tx)
  },

  /** Puts units with their people under other units. */
  async reparent(step: Step, planId: string, parents: ReadonlyMap<string, string>): Promise<void> {
    await sql`
      update target t set parent_unit_id = r.parent_id
      from unnest(${[...parents.keys()]}::uuid[], ${[...parents.values()]}::uuid[]) as r(unit_id, parent_id)
      where t.company_id = ${step.ctx.company.id} and t.plan_id = ${planId} and t.unit_id = r.unit_id`.execute(step.tx)
  },

  /** Writes what changed and the next version with its revision; answers the new version. */
  async saveRows(
    step: Step,
    planId: string,
    revision: { kind: RevisionKind; reason: string | null; changes: readonly RowChange[] },
  ): Promise<number> {
    await planStore.saveCells(step, planId, revision.changes)
    return planStore.nextVersion(step, planId, revision)
  },

  /** Writes what changed without a word of it: for acts that tell their revision themselves. */
  async saveCells(step: Step, planId: string, changes: readonly RowChange[]): Promise<void> {
    const company = step.ctx.company.id
    const target = changes.filter(({ level }) => level === undefined)
    const sides = changes.filter(({ level }) => level !== undefined)
    await sql`
      update target t set months = r.months::numeric[], locked = coalesce(r.locked::boolean[], t.locked),
        buffer = coalesce(r.buffer, t.buffer), taken = coalesce(r.taken::numeric[], t.taken)
      from jsonb_to_recordset(${JSON.stringify(target.map(cellsAsText))}::jsonb)
        as r(unit_id uuid, person_id uuid, months text, locked text, buffer int, taken text)
      where t.company_id = ${company} and t.plan_id = ${planId} and t.unit_id = r.unit_id
        and t.person_id = r.person_id`.execute(step.tx)
    if (sides.length > 0) {
      await sql`
        insert into target_level (company_id, plan_id, level, unit_id, person_id, months, locked, taken)
        select ${company}, ${planId}, r.level, r.unit_id, r.person_id, r.months::numeric[],
          coalesce(r.locked::boolean[], t.locked, array_fill(false, array[array_length(r.months::numeric[], 1)])),
          coalesce(r.taken::numeric[], t.taken, '{}')
        from jsonb_to_recordset(${JSON.stringify(sides.map(cellsAsText))}::jsonb)
          as r(level text, unit_id uuid, person_id uuid, months text, locked text, taken text)
        left join target_level t on t.company_id = ${company} and t.plan_id = ${planId} and t.level = r.level
          and t.unit_id = r.unit_id and t.person_id = r.person_id
        on conflict (company_id, plan_id, level, unit_id, person_id) do update
          set months = excluded.months, locked = excluded.locked, taken = excluded.taken`.execute(step.tx)
    }
  },

  async nextVersion(
    step: Step,
    planId: string,
    revision: { kind: RevisionKind; reason: string | null; changes: readonly RowChange[] },
  ): Promise<number> {
    const { company, actor } = step.ctx
    const version = revision.kind === 'created' ? sql`version` : sql`version + 1`
    const { rows } = await sql<{ version: number }>`
      with next as (
        update plan set version = ${version}, updated_at = now(), updated_by = ${actor.personId}
        where company_id = ${company.id} and id = ${planId} returning version
      )
      insert into plan_revision (company_id, id, plan_id, version, kind, operation_id, person_id, reason, changes)
      select ${company.id}, ${newId()}, ${planId}, next.version, ${revision.kind}, ${step.operationId}, ${actor.personId},
        ${revision.reason}, ${JSON.stringify(revision.changes)}::jsonb
      from next returning version`.execute(step.tx)
    return rows[0]?.version ?? 0
  },

  async remove(step: Step, planId: string): Promise<void> {
    await sql`delete from plan where company_id = ${step.ctx.company.id} and id = ${planId}`.execute(step.tx)
  },

  async changesOf(tx: Tx, planId: string, version: number): Promise<readonly RowChange[] | undefined> {
    const { rows } = await sql<{ changes: readonly RowChange[] }>`
      select changes from plan_revision where plan_id = ${planId} and version = ${version}`.execute(tx)
    return rows[0]?.changes
  },
}

interface RawLevelRow {
  readonly level: SideLevel
  readonly unit_id: string
  readonly person_id: string | null
  readonly months: readonly string[]
  readonly locked: readonly boolean[]
  readonly taken: readonly string[]
}

function arrayText(values: readonly (string | boolean)[]): string {
  return `{${values.join(',')}}`
}

function cellsAsText({ level, unit, person, after, lockedAfter: locked, bufferAfter, takenAfter }: RowChange) {
  return {
    level,
    unit_id: unit,
    person_id: person ?? nobody,
    months: arrayText(after),
    locked: locked ? arrayText(locked) : null,
    buffer: bufferAfter ?? null,
    taken: takenAfter ? arrayText(takenAfter) : null,
  }
}
