import { sql } from 'kysely'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { flowFactsSql } from '#engine/metrics/to-sql.ts'
import { keptStatement, type KeptStatement } from '#platform/db/kept-statement.ts'
import type { Step } from '#platform/db/step.ts'
import { displacedSql, metricsOfFirsts } from './firsts.ts'
import { sourcesOf, type Sources } from './registry.ts'

/**
 * Writes what records bring to flow and ratio metrics, shared out and credited; for records that have no rows. Answers
 * the others that were the first of something until now.
 */
export async function addFlows({ ctx, tx }: Step, object: string, ids: readonly string[]): Promise<readonly string[]> {
  const flows = sourcesOf(object).filter(({ metric }) => metric.kind !== 'stock')
  if (flows.length === 0) return []
  const { id, currency, zone, catalogue } = ctx.company
  const [row] = await statementOf(catalogue, { object, flows, zone })(tx, { company: id, currency, ids })
  return row?.displaced ?? []
}

type FlowStatement = KeptStatement<{ readonly displaced: readonly string[] | null }, 'company' | 'currency' | 'ids'>

interface Reading {
  readonly object: string
  readonly flows: Sources
  readonly zone: string
}

/** Of each catalogue by object, zone and the versions of the metrics that read it. */
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
    const facts = flowFactsSql(flows, catalogue, { company, zone, records: sql`t.id = any(${ids}::uuid[])` })
    // Only a new first displaces another, which is looked for in the ledger as it was before.
    return sql`
      select case when c.firsts is not null then ${displacedSql(catalogue, object, { company, firsts: sql`c.firsts` })} end as displaced
      from (
        select array_agg(f.record_id) filter (where f.metric = any(${metricsOfFirsts(object)}::text[])) as firsts,
          credit_facts(${object}, ${currency}, array_agg(row(f.*)::ledger_fact))
        from (${facts}) f having count(*) > 0) c`
  })
}
