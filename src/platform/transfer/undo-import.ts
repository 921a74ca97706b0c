import type { ImportView, UndoView } from '#engine/transfer/import-view.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { registerRuns } from '#platform/records/operations.ts'
import { may } from '#platform/records/scope.ts'
import { titlesById } from '#platform/records/titles.ts'
import { askToUndo } from '#platform/records/undo-operation.ts'
import { outlookOn, skippedOf } from '#platform/records/undo-store.ts'
import { transferErrors } from './errors.ts'
import { runsOfOperations, type ImportRun } from './import-store.ts'
import { showImport } from './start-import.ts'
import { importTarget } from './targets.ts'

const daysUndoable = 30
const dayMs = 86_400_000
const mostListed = 200

/** Lets the history of records lead to their imports. Called once when the app is put together. */
export function registerImportRuns(): void {
  registerRuns({ kind: 'import', find: runsOfOperations, undo: undoImport })
}

/**
 * Asks to undo a whole import, in the background: what it made is removed, what it changed has its earlier values
 * again, and what others touched since is left alone and listed. Asking again changes nothing.
 */
export async function undoImport(ctx: Ctx, id: string): Promise<ImportRun> {
  const run = await showImport(ctx, id)
  importTarget(ctx, run.object)
  if (!run.undo && undoableUntil(ctx, run) === null) throw transferErrors.IMPORT_NOT_UNDOABLE({ days: daysUndoable })
  await askToUndo(ctx, run.operationId)
  return showImport(ctx, id)
}

/** What undoing an import would meet, and which records an undo left as they are. */
export async function showUndo(ctx: Ctx, id: string): Promise<UndoView> {
  const run = await showImport(ctx, id)
  return inView(ctx, async (tx) => {
    const skipped = await skippedOf(tx, ctx, run.operationId, mostListed)
    const titles = await titlesOf(tx, ctx, skipped)
    return {
      ...(await outlookOn(tx, ctx, run.operationId)),
      skipped: skipped.map((one) => ({
        ...one,
        title: titles.get(one.recordId) ?? null,
        faults: one.faults.map(({ field, code, label, params }) => ({
          field,
          code,
          label,
          ...(params ? { params } : {}),
        })),
      })),
    }
  })
}

async function titlesOf(
  tx: Tx,
  ctx: Ctx,
  records: readonly { readonly object: string; readonly recordId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const titles = new Map<string, string>()
  for (const [key, some] of Map.groupBy(records, ({ object }) => object)) {
    const object = ctx.company.catalogue.find(key)
    const ids = some.map(({ recordId }) => recordId)
    for (const [id, title] of object ? await titlesById(tx, ctx, object, ids) : []) titles.set(id, title)
  }
  return titles
}

/** Until when the actor may undo an import that ended and wrote records; null if not, or not any more. */
export function undoableUntil(ctx: Ctx, run: ImportRun): Date | null {
  const { isDry, state, created, updated, finishedAt, undo } = run
  const object = ctx.company.catalogue.find(run.object)
  if (!object || !may(ctx, object, 'import') || isDry || created + updated === 0 || undo) return null
  if (finishedAt === null || state === 'queued' || state === 'running') return null
  const until = new Date(finishedAt.getTime() + daysUndoable * dayMs)
  return until > ctx.now ? until : null
}

/** The undo of an import as the API shows it. */
export function viewOfUndo({ undo }: ImportRun): ImportView['undo'] {
  if (!undo) return null
  const { state, entriesTotal, entriesDone, removed, restored, skipped, finishedAt } = undo
  return { state, entriesTotal, entriesDone, removed, restored, skipped, finishedAt }
}
