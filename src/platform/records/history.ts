import { sql } from 'kysely'
import type { ObjectType } from '#engine/model/object-type.ts'
import { fieldAccessOf } from '#engine/policy/rights.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { recordErrors } from './errors.ts'
import { runsOf, type RunOf } from './operations.ts'
import { findRecord } from './read.ts'
import { objectFor } from './scope.ts'

export interface HistoryEntry {
  readonly id: string
  readonly at: Date
  readonly action: string
  readonly personId: string | null
  readonly personName: string | null
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
  /** Fields whose values were personal and are erased. */
  readonly erased: readonly string[]
  readonly operationId: string
  /** What kind of act it was part of: `record.update`, `import`, `bulk.update`, `undo` … */
  readonly kind: string
  /** From a signed-in person's page, or by an API key; null: the system, or not known. */
  readonly via: 'page' | 'key' | null
  /** The operation over many records that it was part of, or that it undid, if the actor may see that. */
  readonly run: (RunOf & { readonly operationId: string }) | null
}

type Written = Omit<HistoryEntry, 'run'> & { readonly undoneId: string | null }

const mostEntries = 200

/** What happened to a record in reach, the newest 200 entries first. */
export async function historyOf(
  ctx: Ctx,
  key: string,
  id: string,
): Promise<{ readonly entries: readonly HistoryEntry[]; readonly hasMore: boolean }> {
  const object = objectFor(ctx, key, 'read')
  return inView(ctx, async (tx) => {
    if (!(await findRecord(tx, ctx, object, id))) throw recordErrors.RECORD_NOT_FOUND()
    const found = await entriesOf(tx, ctx, object.key, id)
    const rows = found.slice(0, mostEntries)
    const runs = await runsOf(tx, ctx, [...new Set(rows.map(whole))])
    const entries = rows.flatMap(({ undoneId, ...written }) => {
      const entry = asKnown(ctx, object, written)
      if (!entry) return []
      const operationId = undoneId ?? entry.operationId
      const run = runs.get(operationId)
      return [{ ...entry, run: run ? { ...run, operationId } : null }]
    })
    return { entries, hasMore: found.length > mostEntries }
  })
}

const whole = ({ undoneId, operationId }: Written): string => undoneId ?? operationId

/** An entry's changes of fields that the actor knows, masked ones as such; nothing where a change was of others only. */
export function asKnown<Entry extends Pick<Written, 'action' | 'before' | 'after'>>(
  { actor, company }: Ctx,
  object: ObjectType,
  entry: Entry,
): Entry | undefined {
  const known = new Map(object.fields.map((field) => [field.key, field]))
  const every = new Set(company.wholeCatalogue.get(object.key).fields.map(({ key }) => key))
  const isHidden = (key: string) =>
    (every.has(key) && !known.has(key)) || fieldAccessOf(actor.role, object.key, key) === 'hidden'
  const shown = (values: Entry['before']) =>
    values &&
    Object.fromEntries(
      Object.entries(values)
        .filter(([key]) => !isHidden(key))
        .map(([key, value]) => [key, known.get(key)?.masked && value !== null ? '****' : value]),
    )
  const [before, after] = [shown(entry.before), shown(entry.after)]
  if (entry.action === 'updated' && Object.keys({ ...before, ...after }).length === 0) return undefined
  return { ...entry, before, after }
}

async function entriesOf(tx: Tx, ctx: Ctx, object: string, id: string): Promise<readonly Written[]> {
  const { rows } = await sql<Written>`
    select a.id, a.at, a.action, a.person_id as "personId", p.name as "personName", a.before, a.after,
      array(select jsonb_object_keys(coalesce(a.redaction -> 'before' -> 'digests', '{}'::jsonb)
        || coalesce(a.redaction -> 'after' -> 'digests', '{}'::jsonb))) as erased,
      a.operation_id as "operationId", o.kind, o.via, u.operation_id as "undoneId"
    from audit_entry a
    join operation o on o.company_id = a.company_id and o.id = a.operation_id
    left join person p on p.company_id = a.company_id and p.id = a.person_id
    left join operation_undo u on u.company_id = a.company_id and u.undone_by = a.operation_id
    where a.company_id = ${ctx.company.id} and a.object = ${object} and a.record_id = ${id}
    order by a.id desc limit ${mostEntries + 1}`.execute(tx)
  return rows
}
