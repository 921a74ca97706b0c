import { sql, type CompiledQuery, type RawBuilder } from 'kysely'
import { keptPlan } from './kept-plan.ts'
import type { Tx } from './step.ts'

/** Runs a statement that was written once, with the values of this time. */
export type KeptStatement<Row, Value extends string> = (
  tx: Tx,
  values: Readonly<Record<Value, unknown>>,
) => Promise<readonly Row[]>

/**
 * A statement with a kept plan whose text is put together once, too, with a slot for each value that differs from time
 * to time: composing a large one takes as long as a small one takes to run.
 */
export function keptStatement<Row, Value extends string>(
  values: readonly Value[],
  write: (slots: Readonly<Record<Value, RawBuilder<unknown>>>) => RawBuilder<Row>,
): KeptStatement<Row, Value> {
  const marks = new Map(values.map((value) => [Symbol(value), value]))
  const slots = Object.fromEntries([...marks].map(([slot, value]) => [value, sql`${slot}`])) as Record<
    Value,
    RawBuilder<unknown>
  >
  let compiled: CompiledQuery<Row> | undefined
  return async (tx, given) => {
    compiled ??= sql<Row>`${keptPlan}${write(slots)}`.compile(tx)
    const parameters = compiled.parameters.map((parameter) => {
      const value = typeof parameter === 'symbol' ? marks.get(parameter) : undefined
      return value === undefined ? parameter : given[value]
    })
    const { rows } = await tx.executeQuery<Row>({ ...compiled, parameters })
    return rows
  }
}
