import { inWords } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { isChosen, mergeRecords, type MergeRequest } from '#platform/merge/merge-records.ts'
import { newestMerges, type Merge } from '#platform/merge/merge-store.ts'
import { countReferrers } from '#platform/merge/move-references.ts'
import { protectionsOf } from '#platform/merge/protection.ts'
import { showMerge, undoableUntil, undoMerge } from '#platform/merge/undo-merge.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { findRecords } from '#platform/records/read.ts'
import { objectFor } from '#platform/records/scope.ts'
import { titlesById } from '#platform/records/titles.ts'
import { skippedOf, undosOf, type Undo } from '#platform/records/undo-store.ts'
import type { MergeView } from '../contract.ts'

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
    const canProtect = ctx.actor.role === 'administrator' || ctx.actor.role === 'operations'
    return { fields: object.fields.filter(isChosen).map((field) => field.key), records, canProtect }
  })
}

export async function merge(ctx: Ctx, request: MergeRequest): Promise<MergeView> {
  const merged = await mergeRecords(ctx, request)
  return inView(ctx, (tx) => viewOf(tx, ctx, merged))
}

/** The newest merges that the actor made, or that anybody made for those who run the office. */
export async function listMerges(ctx: Ctx) {
  return inView(ctx, async (tx) => {
    const merges: MergeView[] = []
    for (const one of await newestMerges(tx, ctx)) merges.push(await viewOf(tx, ctx, one))
    return { merges }
  })
}

export async function undo(ctx: Ctx, id: string): Promise<MergeView> {
  const undone = await undoMerge(ctx, id)
  return inView(ctx, (tx) => viewOf(tx, ctx, undone))
}

const mostSkipped = 200

/** A merge, and what its undo left as it is: names only of what the actor reaches. */
export async function mergeWithUndo(ctx: Ctx, id: string) {
  const shown = await showMerge(ctx, id)
  return inView(ctx, async (tx) => {
    const rows = await skippedOf(tx, ctx, shown.operationId, mostSkipped)
    const titles = new Map<string, string>()
    for (const [key, some] of Map.groupBy(rows, ({ object }) => object)) {
      const object = ctx.company.catalogue.find(key)
      const ids = some.map(({ recordId }) => recordId)
      for (const [id, title] of object ? await titlesById(tx, ctx, object, ids) : []) titles.set(id, title)
    }
    return {
      merge: await viewOf(tx, ctx, shown),
      skipped: rows.map(({ object, recordId, faults }) => ({
        object,
        id: recordId,
        title: titles.get(recordId) ?? null,
        faults: faults.map(({ field, code, label, params }) => ({
          field,
          code,
          message: inWords(label, ctx.language, params),
        })),
      })),
    }
  })
}

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
