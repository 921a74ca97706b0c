import { sql } from 'kysely'
import type { Catalogue } from '#engine/model/catalogue.ts'
import type { Sources } from '#engine/metrics/metrics.ts'
import { flowFactsSql } from '#engine/metrics/to-sql.ts'
import { keptStatement, type KeptStatement } from '#platform/db/kept-statement.ts'
import type { Step } from '#platform/db/step.ts'
import { displacedSql, metricsOfFirsts } from './firsts.ts'

export interface Added {
  /** The other records that were the first of something until now. */
  readonly displaced: readonly string[]
  /** Version of the company's objects and metrics when the rows were written. */
  readonly shapeVersion: string
}

/**
 * Writes what records bring to flow and ratio metrics, shared out and credited; for records that have no rows. `only`:
 * to this metric alone.
 */
export async function addFlows(
  { ctx, tx }: Step,
  object: string,
  ids: readonly string[],
  only?: string,
): Promise<Added> {
  const { id, currency, zone, wholeCatalogue: catalogue, metrics } = ctx.company
  const flows = metrics
    .sourcesOf(object)
    .filter(({ metric }) => metric.kind !== 'stock' && (only === undefined || metric.key === only))
  const [row] = await statementOf(catalogue, { object, flows, zone })(tx, { company: id, currency, ids })
  return { displaced: row?.displaced ?? [], shapeVersion: row?.version ?? ctx.company.shapeVersion }
}

type FlowStatement = KeptStatement<
  { readonly displaced: readonly string[] | null; readonly version: string },
  'company' | 'currency' | 'ids'
>

interface Reading {
  readonly object: string
  readonly flows: Sources
  readonly zone: string
}

/**
 * Of each catalogue by object, zone and the versions of the metrics that read it. A company with metrics of its own has a
 * catalogue of its own, and another one after each change of them: definitions of two companies never meet here.
 */
const written = new WeakMap<Catalogue, Map<string, FlowStatement>>()

function statementOf(catalogue: Catalogue, reading: Reading): FlowStatement {
  const known = written.get(catalogue) ?? new Map<string, FlowStatement>()
  written.set(catalogue, known)
  const key = [
    reading.object,
    reading.zone,
    ...reading.flows.map(({ metric }) => `${metric.key}@${metric.version}`),
  ].join(' ')
  const statement = known.get(key) ?? writeStatement(catalogue, reading)
  known.set(key, statement)
  return statement
}

function writeStatement(catalogue: Catalogue, { object, flows, zone }: Reading): FlowStatement {
  return keptStatement(['company', 'currency', 'ids'], ({ company, currency, ids }) => {
    const version = sql`select shape_version as version from company where id = ${company}`
    if (flows.length === 0) return sql`select v.version, null::uuid[] as displaced from (${version}) v`
    const facts = flowFactsSql(flows, catalogue, { company, zone, records: sql`t.id = any(${ids}::uuid[])` })
    // Only a new first displaces another, which is looked for in the ledger as it was before.
    return sql`
      select v.version,
        case when c.firsts is not null then ${displacedSql(catalogue, flows, { company, firsts: sql`c.firsts` })} end as displaced
      from (${version}) v left join (
        select array_agg(f.record_id) filter (where f.metric = any(${metricsOfFirsts(flows)}::text[])) as firsts,
          credit_facts(${object}, ${currency}, array_agg(row(f.*)::ledger_fact))
        from (${facts}) f having count(*) > 0) c on true`
  })
}
