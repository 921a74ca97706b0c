import { sql } from 'kysely'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Step } from '#platform/db/step.ts'
import { subjectOf } from '#platform/personal/index.ts'
import { loadWhole } from '#platform/records/record-store.ts'
import { personOf } from '#features/org/server/index.ts'
import { consentsOf } from './consent-store.ts'
import { colleague } from '../contract.ts'

type Row = Readonly<Record<string, unknown>>

/** Everything that is kept of a person: tables under a name, each a list of rows. */
export interface Gathered {
  readonly title: string
  readonly parts: Readonly<Record<string, readonly Row[]>>
  readonly files: readonly { readonly id: string; readonly name: string }[]
}

/** What the company keeps of a person; undefined if there is none of this key. */
export async function gather(step: Step, object: ObjectType, id: string): Promise<Gathered | undefined> {
  return object.key === colleague ? gatherColleague(step, id) : gatherRecord(step, object, id)
}

async function gatherRecord(step: Step, object: ObjectType, id: string): Promise<Gathered | undefined> {
  const { ctx, tx } = step
  const subject = await subjectOf(step, object, id)
  if (!subject) return undefined
  const { ids } = subject
  const records = [...(await loadWhole(step, object, ids)).values()]
  const about: Record<string, readonly Row[]> = {}
  for (const [key, some] of subject.connected) {
    const other = ctx.company.wholeCatalogue.find(key)
    if (!other || key === object.key) continue
    const rows = [...(await loadWhole(step, other, some)).values()]
    // Of what is connected only what names this person's record itself.
    const hers = rows.filter(({ values }) => Object.values(values).some((value) => ids.includes(String(value))))
    if (hers.length > 0) about[key] = hers.map(({ id: key, values }) => ({ id: key, ...values }))
  }
  const files = await rowsOf<{ id: string; name: string }>(
    step,
    sql`select id, name, type, size::text as size, created_at as "createdAt" from attachment
      where company_id = ${ctx.company.id} and object = ${object.key} and record_id = any(${ids}::uuid[]) order by id`,
  )
  return {
    title: String(records.find((one) => one.id === id)?.values[object.title] ?? id),
    parts: {
      [object.key]: records.map(({ id: key, values }) => ({ id: key, ...values })),
      ...about,
      consents: await consentsOf(tx, ctx, { object: object.key, id }),
      comments: await rowsOf(
        step,
        sql`select c.text, p.name as author, c.created_at as "createdAt" from comment c
          left join person p on p.company_id = c.company_id and p.id = c.person_id
          where c.company_id = ${ctx.company.id} and c.object = ${object.key} and c.record_id = any(${ids}::uuid[])
          order by c.id`,
      ),
      files,
      history: await historyRows(step, object.key, ids),
    },
    files,
  }
}

async function gatherColleague(step: Step, id: string): Promise<Gathered> {
  const { ctx } = step
  const person = await personOf(step.tx, id)
  const company = ctx.company.id
  return {
    title: person.name,
    parts: {
      person: [{ ...person }],
      assignments: await rowsOf(
        step,
        sql`select u.name as unit, a.position, a.share::text as share, a.from_day as "from", a.to_day as "to"
          from assignment a join unit u on u.company_id = a.company_id and u.id = a.unit_id
          where a.company_id = ${company} and a.person_id = ${id} order by a.from_day`,
      ),
      comments: await rowsOf(
        step,
        sql`select text, created_at as "createdAt" from comment
          where company_id = ${company} and person_id = ${id} order by id`,
      ),
      sessions: await rowsOf(
        step,
        sql`select o.at, o.kind, o.via, o.address, o.agent from operation o
          where o.company_id = ${company} and o.person_id = ${id} and o.kind like 'session.%' order by o.id desc limit 10000`,
      ),
      history: await historyRows(step, 'person', [id]),
    },
    files: [],
  }
}

function historyRows(step: Step, object: string, ids: readonly string[]): Promise<readonly Row[]> {
  return rowsOf(
    step,
    sql`select e.at, e.action, p.name as by, e.before, e.after from audit_entry e
      left join person p on p.company_id = e.company_id and p.id = e.person_id
      where e.company_id = ${step.ctx.company.id} and e.object = ${object} and e.record_id = any(${ids}::uuid[])
      order by e.id`,
  )
}

async function rowsOf<T extends Row>(
  { tx }: { readonly tx: Step['tx'] },
  statement: ReturnType<typeof sql<T>> | ReturnType<typeof sql>,
): Promise<readonly T[]> {
  const { rows } = await statement.execute(tx)
  return rows as readonly T[]
}
