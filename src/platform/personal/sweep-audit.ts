import { sql } from 'kysely'
import type { RecordValues } from '#engine/model/object-type.ts'
import { redactEntries, redactOperations, type ErasedKeys } from '#platform/audit/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { nobody } from '#platform/db/new-id.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { holdsAny } from './identifiers.ts'
import { idsOf, type Subject } from './subject.ts'

/** Entries of one look. */
const portionSize = 20_000

interface Found {
  readonly id: string
  readonly object: string
  readonly recordId: string
  readonly operationId: string
  readonly before: RecordValues | null
  readonly after: RecordValues | null
  /** Of a comment: the record that it is about. */
  readonly about: string | null
}

/**
 * Takes the person out of the history: every personal value of her own records, and whatever tells her apart in the
 * entries of others. Reads all entries once, in the order of their keys, or those since one. Answers how many lost something.
 */
export async function sweepAudit(ctx: Ctx, subject: Subject, operationId: string, since = nobody): Promise<number> {
  let swept = 0
  for (let last: string | undefined = since; last !== undefined;) {
    stopIfHalted()
    const after: string = last
    const portion: { readonly last: string | undefined; readonly swept: number } = await inStep(
      ctx,
      (step) => sweepPortion(step, subject, after),
      { kind: 'personal.erase', operationId },
    )
    swept += portion.swept
    last = portion.last
  }
  await inStep(ctx, (step) => sweepOperations(step, subject), { kind: 'personal.erase', operationId })
  return swept
}

async function sweepPortion(step: Step, subject: Subject, after: string) {
  const { ctx, tx } = step
  const { rows: ends } = await sql<{ last: string }>`
    select id as last from (
      select id from audit_entry where company_id = ${ctx.company.id} and id > ${after} order by id limit ${portionSize}) e
    order by id desc limit 1`.execute(tx)
  const last = ends[0]?.last
  if (last === undefined) return { last, swept: 0 }
  const { numbers } = subject.identifiers
  const holds = numbers.map((one) => {
    const written = JSON.stringify(one).slice(1, -1)
    return sql`position(${written} in e.before::text) > 0 or position(${written} in e.after::text) > 0`
  })
  const near = idsOf(subject.connected)
  const { rows } = await sql<Found>`
    select e.id, e.object, e.record_id as "recordId", e.operation_id as "operationId", e.before, e.after,
      coalesce(e.after, e.before) ->> 'recordId' as about
    from audit_entry e
    where e.company_id = ${ctx.company.id} and e.id > ${after} and e.id <= ${last} and e.action <> 'erased'
      and (e.record_id = any(${near}::uuid[])
        or (e.object = 'comment' and (coalesce(e.after, e.before) ->> 'recordId' = any(${near}::text[])
          or e.record_id in (
            select c.id from comment c where c.company_id = e.company_id and c.record_id = any(${near}::uuid[]))))
        ${sql.join(
          holds.map((one) => sql`or ${one}`),
          sql` `,
        )})`.execute(tx)
  const erased = rows
    .map((row) => erasedIn(subject, row))
    .filter(({ before, after: now }) => before.length + now.length > 0)
  await redactEntries(step, erased)
  return { last, swept: erased.length }
}

function erasedIn(subject: Subject, { id, object, recordId, before, after }: Found): ErasedKeys {
  const { object: own, ids, identifiers, connected } = subject
  const isHers = object === own.key && ids.includes(recordId)
  const isNear = isHers || object === 'comment' || (connected.get(object)?.includes(recordId) ?? false)
  const wanted = isNear ? [...identifiers.numbers, ...identifiers.names] : identifiers.numbers
  const personal = new Set(own.fields.filter((field) => field.personal).map(({ key }) => key))
  const known = new Set(own.fields.map(({ key }) => key))
  const goes = ([key, value]: readonly [string, unknown]): boolean => {
    if (value === null || value === undefined) return false
    // Fields that are gone may have been personal; of her files not even the names stay.
    if (isHers && (personal.has(key) || (!known.has(key) && isText(value) && key !== 'merged'))) return true
    return textsIn(value).some((text) => holdsAny(text, wanted))
  }
  const keysOf = (values: RecordValues | null) =>
    Object.entries(values ?? {})
      .filter(goes)
      .map(([key]) => key)
  return { id, before: keysOf(before), after: keysOf(after) }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** Counts and marks say nothing of anybody. */
const isText = (value: unknown): boolean => typeof value === 'string' || typeof value === 'object'

/** Reasons are free text: one that names her goes as a whole. */
async function sweepOperations(step: Step, { identifiers: { numbers, names } }: Subject): Promise<void> {
  const { rows } = await sql<{ id: string; reason: string }>`
    select id, reason from operation
    where company_id = ${step.ctx.company.id} and reason is not null`.execute(step.tx)
  const named = rows.filter(({ reason }) => holdsAny(reason, [...numbers, ...names]))
  await redactOperations(
    step,
    named.map(({ id }) => ({ id, keys: ['reason'] })),
  )
}
