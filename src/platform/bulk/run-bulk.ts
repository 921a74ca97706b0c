import { AppError } from '#base/errors.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import { attempt } from '#platform/db/attempt.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isLostConnection } from '#platform/db/lost-connection.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import type { RowInput, RowResult, Stored } from '#platform/records/draft.ts'
import { rowFaults } from '#platform/records/errors.ts'
import { faultsOf } from '#platform/records/faults-of.ts'
import { rowsForOwner } from '#platform/records/kept-credit.ts'
import { loadStored } from '#platform/records/record-store.ts'
import { removeInStep } from '#platform/records/remove.ts'
import { removeMany } from '#platform/records/remove-many.ts'
import { objectFor } from '#platform/records/scope.ts'
import { askForStatistics } from '#platform/records/statistics.ts'
import {
  endRun, goneWith, lockRun, nextRows, noteAlong, noteOutcome, runById, type BulkRun, type Outcome,
} from './bulk-store.ts' // prettier-ignore
import { saveInHalves } from './save-in-halves.ts'

/** Records per transaction: small enough to cancel and to report progress by, large enough to be quick. */
const portionSize = 500
/** A portion ends early when so many records left with those that they are a part of. */
const mostAlong = 1000

/**
 * Runs a bulk edit to its end, or on from where it was interrupted, as one operation. What is refused stays as it is
 * and is listed. Answers the run as it ended.
 */
export async function runBulk(ctx: Ctx, id: string, watch: { onPortion?(): void } = {}): Promise<BulkRun | undefined> {
  const current = () => inView(ctx, (tx) => runById(tx, ctx, id))
  const run = await current()
  if (!run) return undefined
  try {
    const object = objectFor(ctx, run.object, run.act === 'delete' ? 'delete' : 'update')
    const options = { kind: `bulk.${run.act}`, operationId: run.operationId }
    for (;;) {
      stopIfHalted()
      const isOver = await inStep(ctx, (step) => doPortion(step, object, run), options)
      if (isOver) break
      watch.onPortion?.()
    }
  } catch (error) {
    if (isLostConnection(error)) throw error
    if (!(error instanceof AppError)) ctx.log.error({ err: error, bulkId: id }, 'a bulk edit failed unexpectedly')
    await inStep(ctx, ({ tx }) => endRun(tx, ctx, id, 'failed'))
  }
  return current()
}

/** True when nothing is left, it was cancelled, or another process has brought it to its end. */
async function doPortion(step: Step, object: ObjectType, run: BulkRun): Promise<boolean> {
  const { ctx, tx } = step
  const now = await lockRun(tx, ctx, run.id)
  if (now?.state !== 'queued' && now?.state !== 'running') return true
  const ids = await nextRows(tx, ctx, run.id, portionSize)
  if (ids.length === 0) {
    await endRun(tx, ctx, run.id, 'done')
    await askForStatistics(step, run.object, run.rowsTotal)
    return true
  }
  const current = { ...run, ...now }
  const outcome = run.act === 'delete' ? await remove(step, object, ids, current) : await change(step, object, ids, run)
  await noteOutcome(tx, ctx, run.id, outcome)
  return false
}

async function change(
  step: Step,
  object: ObjectType,
  ids: readonly string[],
  { changes: values, keepsCredit }: BulkRun,
): Promise<Outcome> {
  const owner = values['ownerId']
  const rows =
    keepsCredit && typeof owner === 'string'
      ? await rowsForOwner(step, object, ids, owner)
      : ids.map((id) => ({ id, values }))
  const results = await saveOrHalve(step, object, rows)
  const of = (action: string) => ids.filter((id) => isDone(results.get(id), action))
  const refused = [...results].flatMap(([id, result]) => (result.ok ? [] : [[id, result.faults] as const]))
  return { changed: of('updated'), unchanged: of('unchanged'), refused: new Map(refused) }
}

const isDone = (result: RowResult | undefined, action: string) => result?.ok === true && result.action === action

/** Saves records and answers what became of each, by id. */
export async function saveOrHalve(
  step: Step,
  object: ObjectType,
  rows: readonly (RowInput & { readonly id: string })[],
): Promise<ReadonlyMap<string, RowResult>> {
  const results = await saveInHalves(step, object, rows)
  return new Map(rows.flatMap(({ id }, at) => (results[at] ? [[id, results[at]] as const] : [])))
}

async function remove(step: Step, object: ObjectType, ids: readonly string[], run: BulkRun): Promise<Outcome> {
  const stored = await loadStored(step, object, ids)
  const staying = new Map(await removeMany(step, [{ object, stored: [...stored.values()] }]))
  // What is left has records that are a part of it: each goes with its own.
  const along = run.along === null ? undefined : { stored, staying, run, left: new Map(Object.entries(run.along)) }
  const later = along ? await removeAlong(step, object, along) : new Set()
  const missing = ids.filter((id) => !stored.has(id))
  const gone = run.along === null ? new Set() : await goneWith(step.tx, step.ctx, run, missing)
  const dealtWith = ids.filter((id) => !later.has(id))
  const refused = new Map(dealtWith.flatMap((id) => refusalOf(id, stored.has(id) || gone.has(id), staying.get(id))))
  return { changed: dealtWith.filter((id) => !refused.has(id)), unchanged: [], refused }
}

interface Along {
  readonly stored: ReadonlyMap<string, Stored>
  /** Why records had to stay; those that go are taken out of it. */
  readonly staying: Map<string, AppError>
  readonly run: BulkRun
  /** How many of each object may still go along. */
  readonly left: Map<string, number>
}

/** Answers those that a later portion has to take, as this one has become large enough. */
async function removeAlong(
  step: Step,
  object: ObjectType,
  { stored, staying, run, left }: Along,
): Promise<ReadonlySet<string>> {
  const waiting = new Set(staying.keys())
  let removed = 0
  for (const one of [...waiting].flatMap((id) => stored.get(id) ?? [])) {
    if (removed >= mostAlong) break
    waiting.delete(one.id)
    const tried = await attempt(step, (part) =>
      removeInStep(part, { object, stored: one, withChildren: true, confirmed: left }),
    )
    if (!tried.ok) {
      if (!(tried.error instanceof AppError)) throw tried.error
      staying.set(one.id, tried.error)
      continue
    }
    staying.delete(one.id)
    for (const [key, count] of tried.result) {
      left.set(key, (left.get(key) ?? 0) - count)
      removed += count
    }
  }
  await noteAlong(step.tx, step.ctx, run.id, left)
  return waiting
}

function refusalOf(id: string, isThere: boolean, error: AppError | undefined) {
  if (error) return [[id, faultsOf(error)] as const]
  return isThere ? [] : [[id, [{ field: '', code: 'notFound', label: rowFaults.notFound }]] as const]
}
