import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { isChosen, mergeRecords, type MergeRequest } from '#platform/merge/merge-records.ts'
import { mergesOfOperations, newestMerges, type Merge, type Whose } from '#platform/merge/merge-store.ts'
import { countReferrers } from '#platform/merge/move-references.ts'
import { protectionsOf } from '#platform/merge/protection.ts'
import { showMerge, undoableUntil, undoMerge } from '#platform/merge/undo-merge.ts'
import { recordErrors } from '#platform/records/errors.ts'
import type { Runs } from '#platform/records/operations.ts'
import { findRecords } from '#platform/records/read.ts'
import { objectFor } from '#platform/records/scope.ts'
import { skippedByUndo, type SkippedRecord } from '#platform/records/skipped.ts'
import { titlesById } from '#platform/records/titles.ts'
import { undosOf, type Undo } from '#platform/records/undo-store.ts'
import type { MergeView } from '../contract.ts'
import { mayManage } from './may-manage.ts'

/** People see the merges that they made; those who manage duplicates see all. */
function whoseOf(ctx: Ctx): Whose {
  return { whose: mayManage(ctx) ? 'all' : 'own' }
}

/** Records side by side: their values, what refers to them, and which may not go. */
export async function previewMerge(ctx: Ctx, key: string, ids: readonly string[]) {
  const object = objectFor(ctx, key, 'update')
  return inView(ctx, async (tx) => {
    const wanted = [...new Set(ids)]
    const rows = new Map((await findRecords(tx, ctx, object, wanted)).map((row) => [row.id, row]))
    if (rows.size < wanted.length) throw recordErrors.RECORD_NOT_FOUND()
    const protections = await protectionsOf(tx, ctx.company.id, key, wanted)
    const records = []
    for (const row of wanted.flatMap((id) => rows.get(id) ?? [])) {
      const { reason, byName } = protections.get(row.id) ?? { reason: null, byName: null }
      const uses = await countReferrers(tx, ctx.company.catalogue.all(), object, row.id)
      records.push({ row, protection: reason === null ? null : { reason, byName }, uses })
    }
    return { fields: object.fields.filter(isChosen).map((field) => field.key), records, canProtect: mayManage(ctx) }
  })
}

export async function merge(ctx: Ctx, request: MergeRequest): Promise<MergeView> {
  const merged = await mergeRecords(ctx, request)
  return inView(ctx, (tx) => viewOf(tx, ctx, merged))
}

/** Merges of one answer. */
const portion = 50

/** The newest merges that the actor made, or that anybody made for those who manage duplicates; or those before one. */
export async function listMerges(ctx: Ctx, before: string | undefined) {
  return inView(ctx, async (tx) => {
    const found = await newestMerges(tx, ctx, { ...whoseOf(ctx), before, limit: portion + 1 })
    const shown = found.slice(0, portion)
    const merges: MergeView[] = []
    for (const one of shown) merges.push(await viewOf(tx, ctx, one))
    return { merges, next: found.length > portion ? (shown.at(-1)?.id ?? null) : null }
  })
}

export async function undo(ctx: Ctx, id: string): Promise<MergeView> {
  const undone = await undoMerge(ctx, id, whoseOf(ctx))
  return inView(ctx, (tx) => viewOf(tx, ctx, undone))
}

/** Lets the history of a record lead to the merge behind a change, and undo it there. */
export const mergeRuns: Runs = {
  kind: 'merge',
  find: (tx, ctx, operationIds) => mergesOfOperations(tx, ctx, operationIds, whoseOf(ctx)),
  undo: (ctx, id) => undoMerge(ctx, id, whoseOf(ctx)),
}

/** A merge, and what its undo left as it is: names only of what the actor reaches. */
export async function mergeWithUndo(ctx: Ctx, id: string) {
  const shown = await showMerge(ctx, id, whoseOf(ctx))
  return inView(ctx, async (tx) => ({
    merge: await viewOf(tx, ctx, shown),
    skipped: shownSkipped(await skippedByUndo(tx, ctx, shown.operationId)),
  }))
}

const shownSkipped = (skipped: readonly SkippedRecord[]) =>
  skipped.map(({ faults, ...one }) => ({ ...one, faults: [...faults] }))

async function viewOf(tx: Tx, ctx: Ctx, shown: Merge): Promise<MergeView> {
  const object = ctx.company.catalogue.find(shown.object)
  const titles = object ? await titlesById(tx, ctx, object, [shown.winnerId, ...shown.loserIds]) : new Map()
  const [undone] = await undosOf(tx, ctx, [shown.operationId])
  const until = undoableUntil(shown)
  return {
    id: shown.id,
    object: shown.object,
    winnerId: shown.winnerId,
    winnerTitle: titles.get(shown.winnerId) ?? null,
    losers: shown.loserIds.map((id) => ({ id, title: titles.get(id) ?? null })),
    moved: shown.moved.map((one) => ({ ...one })),
    mergedByName: shown.mergedByName,
    mergedAt: shown.mergedAt,
    undoableUntil: shown.undoneAt === null && until > ctx.now ? until : null,
    undo: undone ? undoView(undone) : null,
  }
}

function undoView({ state, restored, removed, skipped }: Undo): MergeView['undo'] {
  return { state, restored: restored + removed, skipped }
}
