import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import type { UnitsAround } from '#features/org/server/index.ts'
import { manageViews } from '../permissions.ts'
import { mayAct } from '#platform/records/scope.ts'
import type { ViewDefinition, ViewKind, Visibility } from '../contract.ts'

/** A view as it is stored. */
export interface StoredView {
  readonly id: string
  readonly object: string
  readonly name: string
  readonly kind: ViewKind
  readonly definition: ViewDefinition
  readonly visibility: Visibility
  readonly version: number
  readonly createdBy: string | null
  readonly createdByName: string | null
}

type Row = Omit<StoredView, 'visibility'> & {
  readonly to: Visibility['to']
  readonly unitId: string | null
  readonly role: string | null
}

/** Whether the actor looks after the shared views of the whole company. */
export const isOffice = (ctx: Ctx): boolean => mayAct(ctx, manageViews)

/** The views of an object that the actor sees, or the one with that id. */
export async function viewsSeen(
  tx: Tx,
  ctx: Ctx,
  which: { readonly object: string } | { readonly id: string },
  around: UnitsAround,
): Promise<readonly StoredView[]> {
  const { personId, role } = ctx.actor
  const asked = 'id' in which ? sql`v.id = ${which.id}` : sql`v.object = ${which.object}`
  const { rows } = await sql<Row>`
    select v.id, v.object, v.name, v.kind, v.definition, v.visibility as "to", v.unit_id as "unitId", v.role, v.version,
      v.created_by as "createdBy", p.name as "createdByName"
    from saved_view v left join person p on p.company_id = v.company_id and p.id = v.created_by
    where v.company_id = ${ctx.company.id} and ${asked} and (
      v.created_by = ${personId} or v.visibility = 'everybody' or v.role = ${role.key}
      or (v.visibility = 'unit' and v.unit_id = any(${around.over}::uuid[]))
      or (${isOffice(ctx)} and v.visibility <> 'private'))
    order by v.name collate "zh-x-icu", v.id`.execute(tx)
  return rows.map(({ to, unitId, role: ofRole, ...row }) => ({ ...row, visibility: visibilityOf(to, unitId, ofRole) }))
}

function visibilityOf(to: Visibility['to'], unitId: string | null, role: string | null): Visibility {
  if (to === 'unit' && unitId !== null) return { to, unitId }
  if (to === 'role' && role !== null) return { to, role }
  return to === 'everybody' ? { to } : { to: 'private' }
}

/** Locks a view for this transaction and answers its version. */
export async function lockView(tx: Tx, ctx: Ctx, id: string): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`
    select version from saved_view where company_id = ${ctx.company.id} and id = ${id} for update`.execute(tx)
  return rows[0]?.version
}

export interface ViewRow {
  readonly id: string
  readonly object: string
  readonly name: string
  readonly kind: ViewKind
  readonly definition: ViewDefinition
  readonly visibility: Visibility
}

export async function writeView(tx: Tx, ctx: Ctx, view: ViewRow): Promise<void> {
  const { id, object, name, kind, definition, visibility } = view
  const unitId = visibility.to === 'unit' ? visibility.unitId : null
  const role = visibility.to === 'role' ? visibility.role : null
  await sql`
    insert into saved_view (company_id, id, object, name, kind, definition, visibility, unit_id, role, created_by)
    values (${ctx.company.id}, ${id}, ${object}, ${name}, ${kind}, ${JSON.stringify(definition)}::jsonb, ${visibility.to},
      ${unitId}, ${role}, ${ctx.actor.personId})
    on conflict (company_id, id) do update set name = excluded.name, kind = excluded.kind,
      definition = excluded.definition, visibility = excluded.visibility, unit_id = excluded.unit_id,
      role = excluded.role, version = saved_view.version + 1, updated_at = now()`.execute(tx)
}

export async function deleteView(tx: Tx, ctx: Ctx, id: string): Promise<void> {
  await sql`delete from saved_view where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
}

/** Deletes the views that a role begins with; answers which they were. */
export async function deleteViewsOfRole(tx: Tx, ctx: Ctx, role: string): Promise<readonly ViewRow[]> {
  const { rows } = await sql<Omit<ViewRow, 'visibility'>>`
    delete from saved_view where company_id = ${ctx.company.id} and role = ${role}
    returning id, object, name, kind, definition`.execute(tx)
  return rows.map((row) => ({ ...row, visibility: { to: 'role', role } }))
}

/** The name of the view that a role begins with, apart from this one. */
export async function viewOfRole(
  tx: Tx,
  ctx: Ctx,
  { object, role, apart }: { readonly object: string; readonly role: string; readonly apart: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select name from saved_view
    where company_id = ${ctx.company.id} and object = ${object} and role = ${role} and id <> ${apart}`.execute(tx)
  return rows[0]?.name
}

/** The view of an object that the actor chose to begin with. */
export async function choiceOf(tx: Tx, ctx: Ctx, object: string): Promise<string | undefined> {
  const { rows } = await sql<{ viewId: string }>`
    select view_id as "viewId" from view_choice
    where company_id = ${ctx.company.id} and person_id = ${ctx.actor.personId} and object = ${object}`.execute(tx)
  return rows[0]?.viewId
}

export async function writeChoice(tx: Tx, ctx: Ctx, object: string, viewId: string | null): Promise<void> {
  const { company, actor } = ctx
  if (viewId === null) {
    await sql`
      delete from view_choice
      where company_id = ${company.id} and person_id = ${actor.personId} and object = ${object}`.execute(tx)
    return
  }
  await sql`
    insert into view_choice (company_id, person_id, object, view_id)
    values (${company.id}, ${actor.personId}, ${object}, ${viewId})
    on conflict (company_id, person_id, object) do update set view_id = excluded.view_id`.execute(tx)
}

/** Open units by name, all of them or those named. */
export async function unitNames(
  tx: Tx,
  ctx: Ctx,
  among: readonly string[] | 'all',
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from unit
    where company_id = ${ctx.company.id} and (closed_on is null or closed_on > ${ctx.today}::date)
      and ${among === 'all' ? sql`true` : sql`id = any(${among}::uuid[])`}
    order by name collate "zh-x-icu", id`.execute(tx)
  return rows
}

export interface ViewHistoryEntry {
  readonly at: Date
  readonly action: string
  readonly personName: string | null
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
}

/** What happened to a view, newest first, at most 100 entries. */
export async function historyOfView(tx: Tx, ctx: Ctx, id: string): Promise<readonly ViewHistoryEntry[]> {
  const { rows } = await sql<ViewHistoryEntry>`
    select a.at, a.action, p.name as "personName", a.before, a.after
    from audit_entry a left join person p on p.company_id = a.company_id and p.id = a.person_id
    where a.company_id = ${ctx.company.id} and a.object = 'view' and a.record_id = ${id}
    order by a.id desc limit 100`.execute(tx)
  return rows
}
