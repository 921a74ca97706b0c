import type { Logger } from 'pino'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step, type Tx } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import {
  entriesOfSteps,
  headOf,
  openSteps,
  operationsByIds,
  takeTurnToSeal,
  writeSeals,
  type Seal,
  type StepRow,
} from './chain-store.ts'
import { digestOfEntry, digestOfOperation, firstHash, hashOfStep } from './digest.ts'

/** Puts every step that is committed and not sealed yet at the end of the company's chain; answers how many. */
export async function sealAudit(ctx: Ctx): Promise<number> {
  let sealed = 0
  for (;;) {
    stopIfHalted()
    const count = await inStep(ctx, sealPortion)
    if (count === 0) return sealed
    sealed += count
  }
}

async function sealPortion(step: Step): Promise<number> {
  const { tx, ctx } = step
  if (!(await takeTurnToSeal(step))) return 0
  const open = await openSteps(tx, ctx)
  if (open.length === 0) return 0
  const digests = await digestsOf(tx, ctx, open)
  const head = await headOf(tx, ctx)
  let [number, before] = [BigInt(head?.number ?? 0), head?.hash ?? firstHash]
  const seals = open.map((one): Seal => {
    number += 1n
    const parts = digests.get(one.id) ?? []
    before = hashOfStep(before, { ...one, number: String(number) }, parts)
    return { id: one.id, number: String(number), digests: parts.join(''), hash: before }
  })
  await writeSeals(step, seals)
  sealLog(ctx.log).info({ company: ctx.company.slug, number: String(number), hash: before }, 'the audit is sealed')
  return open.length
}

const sealLogs = new WeakMap<Logger, Logger>()

/**
 * Kept apart from the database, with the log: whoever rewrites the one does not reach the other. It is written however
 * little else is, unless there is no log at all.
 */
function sealLog(log: Logger): Logger {
  if (log.level === 'silent' || log.isLevelEnabled('info')) return log
  const known = sealLogs.get(log) ?? log.child({}, { level: 'info' })
  sealLogs.set(log, known)
  return known
}

/** Of each step the digests of its operation and its entries, as they stand there now. */
export async function digestsOf(
  tx: Tx,
  ctx: Ctx,
  steps: readonly Pick<StepRow, 'id' | 'operationId'>[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const entries = await entriesOfSteps(
    tx,
    ctx,
    steps.map(({ id }) => id),
  )
  const operations = await operationsByIds(tx, ctx, [...new Set(steps.map(({ operationId }) => operationId))])
  const ofOperation = new Map(operations.map((one) => [one.id, digestOfOperation(one)]))
  const ofEntries = Map.groupBy(entries, ({ stepId }) => stepId)
  return new Map(
    steps.map(({ id, operationId }) => [
      id,
      [ofOperation.get(operationId) ?? firstHash, ...(ofEntries.get(id) ?? []).map(digestOfEntry)],
    ]),
  )
}
