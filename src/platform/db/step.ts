import { setTimeout } from 'node:timers/promises'
import { sql, type Transaction } from 'kysely'
import pg from 'pg'
import { defineErrors } from '#base/errors.ts'
import type { Db, Tables } from './connect.ts'
import type { Ctx } from './ctx.ts'
import { isId, newId, nobody } from './new-id.ts'
import { isReplicaTrouble, replicaOf } from './replica.ts'

export type Tx = Transaction<Tables>

export interface AppEvent {
  /** Named in the contract of the room that tells it, e.g. `opportunity.changed`. */
  readonly name: string
  readonly payload: Readonly<Record<string, unknown>>
}

export interface AuditEntry {
  readonly object: string
  readonly recordId: string
  readonly action: string
  readonly before: unknown
  readonly after: unknown
}

/** One act: a transaction in the company, with its operation, events and audit entries written together at its end. */
export interface Step {
  readonly ctx: Ctx
  readonly tx: Tx
  /** Shared by everything this act writes. */
  readonly operationId: string
  tell(event: AppEvent): void
  audit(entry: AuditEntry): void
}

/**
 * Runs one act in one transaction: everything or nothing. `kind` names the act (`record.update`, `import`);
 * an `operationId` continues an operation that several transactions share, such as an import. Where two acts wait for
 * each other in a circle, PostgreSQL ends one of them: it runs again from its start, so an act changes nothing outside
 * of its transaction.
 */
export async function inStep<T>(ctx: Ctx, act: (step: Step) => Promise<T>, options: StepOptions = {}): Promise<T> {
  for (let turn = 1; ; turn += 1) {
    try {
      const result = await stepOnce(ctx, act, options)
      await noteWrite(ctx)
      return result
    } catch (error) {
      if (turn === mostTurns || !isCircle(error)) throw error
      await setTimeout(Math.random() * 20 * turn)
    }
  }
}

/**
 * Runs one act as `inStep` does, answers what it came to and takes all of it back: nothing of it is written or told.
 */
export async function inTrial<T>(ctx: Ctx, act: (step: Step) => Promise<T>): Promise<T> {
  const results: T[] = []
  const takenBack = new Error('taken back')
  try {
    return await inStep(ctx, async (step) => {
      results.push(await act(step))
      throw takenBack
    })
  } catch (error) {
    const last = results.at(-1)
    if (error !== takenBack || last === undefined) throw error
    return last
  }
}

interface StepOptions {
  readonly kind?: string
  readonly operationId?: string
  /** All that the act reads is of one moment, as in a view; one that meets another's change runs again. */
  readonly isOfOneMoment?: true
}

export const stepErrors = defineErrors({
  ONLY_VIEWING: {
    status: 403,
    label: {
      zh: '您正在以{name}的视角查看，不能修改或导出；请先退出',
      en: 'You are looking with the eyes of {name} and can change or export nothing; end that first',
    },
  },
})

const mostTurns = 5

/** PostgreSQL's deadlock and serialization failure: nothing is wrong with the act itself. */
function isCircle(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40P01' || error.code === '40001')
}

async function stepOnce<T>(ctx: Ctx, act: (step: Step) => Promise<T>, options: StepOptions): Promise<T> {
  if (ctx.viewedBy) throw stepErrors.ONLY_VIEWING({ name: ctx.actor.name })
  const begun = ctx.db.transaction()
  return (options.isOfOneMoment ? begun.setIsolationLevel('repeatable read') : begun).execute(async (tx) => {
    await enter(tx, ctx)
    const operationId = options.operationId ?? newId()
    const events: AppEvent[] = []
    const entries: AuditEntry[] = []
    const result = await act({
      ctx,
      tx,
      operationId,
      tell: (event) => void events.push(event),
      audit: (entry) => void entries.push(entry),
    })
    await writeDown(tx, ctx, operationId, options.kind ?? 'act', events, entries)
    return result
  })
}

/** Whoever wrote something reads it again, wherever reads go. */
async function noteWrite({ db, actor }: Ctx): Promise<void> {
  const replica = replicaOf(db)
  if (replica && actor.personId !== null) await replica.noteWrite(actor.personId)
}

/**
 * Reads in the company, in one read-only snapshot, so that several queries agree. Of a request that only reads it may be
 * done on a replica, and once more on the database where that breaks off: so it changes nothing outside either.
 */
export async function inView<T>(ctx: Ctx, look: (tx: Tx) => Promise<T>): Promise<T> {
  const replica = ctx.actor.personId === null ? undefined : replicaOf(ctx.db)
  const copy = ctx.actor.personId === null ? undefined : replica?.readFor(ctx.actor.personId)
  if (!copy) return viewOf(ctx.db, ctx, look)
  try {
    return await viewOf(copy, ctx, async (tx) => {
      await mustKnowCompany(tx, ctx)
      return look(tx)
    })
  } catch (error) {
    if (error !== outdated && !isReplicaTrouble(error)) throw error
    if (error !== outdated) replica?.leave(error)
    return viewOf(ctx.db, ctx, look)
  }
}

async function viewOf<T>(db: Db, ctx: Ctx, look: (tx: Tx) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setAccessMode('read only')
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await enter(tx, ctx)
      return look(tx)
    })
}

const outdated = new Error('the replica has another version of the company')

/**
 * What is derived from objects, roles and units is remembered by the version that the request found: nothing older is read
 * beside it.
 */
async function mustKnowCompany(tx: Tx, { company }: Ctx): Promise<void> {
  const { rows } = await sql<{ isSame: boolean }>`
    select org_version = ${company.orgVersion} and shape_version = ${company.shapeVersion} as "isSame"
    from company where id = ${company.id}`.execute(tx)
  if (rows[0]?.isSame !== true) throw outdated
}

/** Sets the company of this transaction: without it row-level security shows nothing. */
export async function enter(tx: Tx, ctx: { readonly company: { readonly id: string } }): Promise<void> {
  if (!isId(ctx.company.id)) throw new Error('a company id must be a uuid')
  await sql`select set_config('app.company', ${ctx.company.id}, true)`.execute(tx)
}

/**
 * Operation, audit entries and events in one statement: one round trip whatever their number. The entries of one step
 * have keys that follow each other, and a row that says which they are: by it they are sealed later.
 */
async function writeDown(
  tx: Tx,
  ctx: Ctx,
  operationId: string,
  kind: string,
  events: readonly AppEvent[],
  entries: readonly AuditEntry[],
): Promise<void> {
  if (events.length === 0 && entries.length === 0) return
  const company = ctx.company.id
  const person = ctx.actor.personId
  const rows = entries.map(toRow)
  const stepId = newId()
  await sql`
    with act as (
      insert into operation (company_id, id, kind, person_id, request_id, via, address, agent, reason)
      values (${company}, ${operationId}, ${kind}, ${person}, ${ctx.requestId}, ${ctx.via ?? null},
        ${ctx.origin?.address ?? null}, ${ctx.origin?.agent ?? null}, ${ctx.reason ?? null})
      on conflict do nothing
    ), audited as (
      insert into audit_entry (company_id, id, operation_id, step_id, person_id, object, record_id, action, before, after)
      select ${company}, e.id, ${operationId}, ${stepId}, ${person}, e.object, e.record_id, e.action, e.before, e.after
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as e(id uuid, object text, record_id uuid, action text, before jsonb, after jsonb)
    ), kept as (
      insert into audit_step (company_id, id, operation_id, first_id, last_id, entries)
      select ${company}::uuid, ${stepId}::uuid, ${operationId}::uuid, ${rows[0]?.id ?? null}::uuid, ${rows.at(-1)?.id ?? null}::uuid,
        ${rows.length}::int
      where ${rows.length > 0}::boolean
    )
    insert into event (company_id, id, name, payload, operation_id, person_id)
    select ${company}, e.id, e.name, e.payload, ${operationId}, ${person}
    from jsonb_to_recordset(${JSON.stringify(events.map((event) => ({ id: newId(), ...event })))}::jsonb)
      as e(id uuid, name text, payload jsonb)
  `.execute(tx)
}

function toRow(entry: AuditEntry) {
  const { object, recordId, action, before, after } = entry
  return { id: newId(), object, record_id: recordId ?? nobody, action, before, after }
}
