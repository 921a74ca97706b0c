import { sql } from 'kysely'
import { inWords } from '#base/label.ts'
import type { RecordValues } from '#engine/model/object-type.ts'
import { anonymisePerson, personOf } from '#features/org/server/index.ts'
import { redactOperations } from '#platform/audit/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step, type Tx } from '#platform/db/step.ts'
import { openShape } from '#platform/records/shape-store.ts'
import {
  erasedMark,
  identifiersIn,
  sweepAudit,
  sweepRecords,
  sweepTables,
  withoutAny,
  type ErasureCounts,
  type Subject,
} from '#platform/personal/index.ts'
import { colleagueType } from '../personal-objects.ts'

/** A colleague with all names and numbers they had, as far as the history knows. */
async function colleagueOf(step: Step, id: string): Promise<Subject> {
  const { ctx, tx } = step
  const { name, employeeNo, email, phone } = await personOf(tx, id)
  const { rows } = await sql<{ before: RecordValues | null; after: RecordValues | null }>`
    select before, after from audit_entry
    where company_id = ${ctx.company.id} and object = 'person' and record_id = ${id}`.execute(tx)
  const { rows: said } = await sql<{ id: string }>`
    select comment_id as id from mention where company_id = ${ctx.company.id} and person_id = ${id}`.execute(tx)
  const values = [
    { name, employeeNo, email, phone },
    ...rows.flatMap(({ before, after }) => [before ?? {}, after ?? {}]),
  ]
  return {
    object: colleagueType,
    ids: [id],
    identifiers: identifiersIn(colleagueType, values),
    connected: new Map([
      ['person', [id]],
      ['comment', said.map((comment) => comment.id)],
    ]),
  }
}

/** What their erasure would touch. */
export async function countsOfColleague(tx: Tx, ctx: Ctx, id: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ entries: number; comments: number }>`
    select
      (select count(*)::int from audit_entry
        where company_id = ${ctx.company.id} and object = 'person' and record_id = ${id}) as entries,
      (select count(*)::int from mention where company_id = ${ctx.company.id} and person_id = ${id}) as comments`.execute(
    tx,
  )
  return { records: 1, entries: 0, comments: 0, ...rows[0] }
}

/** Departed colleagues stay tellable from each other, for figures and the history. */
const formerName = { zh: '离职人员 {mark}', en: 'Former colleague {mark}' }

/** The same for a departed colleague: the person stays in org and figures, under a name that says nothing. */
export async function eraseColleague(
  ctx: Ctx,
  { recordId, operationId }: { readonly recordId: string; readonly operationId: string },
  onPart: (done: number) => Promise<void>,
): Promise<ErasureCounts> {
  const options = { kind: 'personal.erase', operationId }
  const mark = inWords(erasedMark, ctx.company.language)
  const subject = await inStep(ctx, (step) => colleagueOf(step, recordId))
  const tables = await sweepTables(ctx, subject, mark, operationId)
  await onPart(1)
  const texts = await sweepRecords(ctx, subject, mark, operationId)
  const said = await inStep(ctx, (step) => sweepMentions(step, subject, recordId, mark), options)
  await onPart(2)
  const entries = await sweepAudit(ctx, subject, operationId)
  await forgetOrigins(ctx, recordId, operationId)
  await onPart(3)
  await inStep(
    ctx,
    async (step) => {
      const name = inWords(formerName, ctx.company.language, { mark: recordId.slice(-6) })
      await anonymisePerson(step, recordId, name)
      const fields = colleagueType.fields.map(({ key }) => key)
      step.audit({ object: 'person', recordId, action: 'erased', before: null, after: { fields } })
    },
    options,
  )
  await onPart(4)
  return { records: 1, texts: tables + texts + said, files: 0, imports: 0, entries }
}

/** Where colleagues spoke to this one, by `@` and name; and names that metrics keep beside keys. */
async function sweepMentions(
  step: Step,
  { identifiers: { names } }: Subject,
  id: string,
  mark: string,
): Promise<number> {
  const { tx, ctx } = step
  const company = ctx.company.id
  const { rows } = await sql<{ id: string; text: string }>`
    select c.id, c.text from comment c join mention m on m.company_id = c.company_id and m.comment_id = c.id
    where c.company_id = ${company} and m.person_id = ${id}`.execute(tx)
  for (const comment of rows) {
    const text = withoutAny(comment.text, names, mark)
    await sql`update comment set text = ${text} where company_id = ${company} and id = ${comment.id}`.execute(tx)
  }
  await sql`update mention set name = ${mark} where company_id = ${company} and person_id = ${id}`.execute(tx)
  await sweepMetrics(step, id, mark)
  return rows.length
}

/** Conditions of metrics are told with names: in the definitions that hold, which every process remembers, and in former ones. */
async function sweepMetrics(step: Step, id: string, mark: string): Promise<void> {
  const { tx, ctx } = step
  let named = 0n
  for (const table of ['own_metric', 'own_metric_version']) {
    const done = await sql`
      update ${sql.table(table)}
      set names = jsonb_set(names, array[${id}::text], jsonb_build_object('zh', ${mark}::text, 'en', ${mark}::text))
      where company_id = ${ctx.company.id} and names ? ${id}`.execute(tx)
    named += done.numAffectedRows ?? 0n
  }
  if (named > 0n) await openShape(step)
}

const operationsAtOnce = 2000

/** From where this person worked is nobody's business any more. */
async function forgetOrigins(ctx: Ctx, personId: string, operationId: string): Promise<void> {
  for (;;) {
    const count = await inStep(
      ctx,
      async (step) => {
        const { rows } = await sql<{ id: string }>`
          select id from operation
          where company_id = ${ctx.company.id} and person_id = ${personId} and (address is not null or agent is not null)
          order by id limit ${operationsAtOnce}`.execute(step.tx)
        await redactOperations(
          step,
          rows.map(({ id }) => ({ id, keys: ['address', 'agent'] })),
        )
        return rows.length
      },
      { kind: 'personal.erase', operationId },
    )
    if (count < operationsAtOnce) return
  }
}
