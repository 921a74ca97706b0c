import { inWords } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { keepApart, newestScan, suspectsFrom } from '#platform/duplicates/index.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { findRecords } from '#platform/records/read.ts'
import { objectFor } from '#platform/records/scope.ts'
import type { ScanView } from '../contract.ts'
import { mayManage } from './may-manage.ts'

/** Groups of one answer. */
const portion = 20
/** Records of a group that are shown. */
const mostRows = 20

/** Records in reach that the newest finished scan suspects to be one, group by group. */
export async function showGroups(ctx: Ctx, key: string, from: number) {
  const object = objectFor(ctx, key, 'read')
  return inView(ctx, async (tx) => {
    const company = ctx.company.id
    const newest = await newestScan(tx, company, key)
    const scan = newest ? shownScan(ctx, newest) : null
    const finished = await newestScan(tx, company, key, { done: true })
    if (!finished) return { scan, groups: [], next: null }
    const suspects = await suspectsFrom(tx, ctx, object, {
      scanId: finished.id,
      from,
      limit: portion + 1,
      most: mostRows,
    })
    const byPlace = [...Map.groupBy(suspects, ({ place }) => place)]
    const shown = byPlace.slice(0, portion)
    const ids = shown.flatMap(([, group]) => group.map(({ id }) => id))
    const rows = new Map((await findRecords(tx, ctx, object, ids)).map((row) => [row.id, row]))
    const names = new Map(object.duplicates?.map((rule) => [rule.id, inWords(rule.name, ctx.language)]))
    return {
      scan,
      groups: shown.map(([place, group]) => ({
        place,
        reasons: [...new Set(group.flatMap(({ rules }) => rules))].flatMap((rule) => names.get(rule) ?? []),
        rows: group.flatMap(({ id }) => rows.get(id) ?? []),
        size: group[0]?.size ?? 0,
      })),
      next: byPlace[portion]?.[0] ?? null,
    }
  })
}

/** Sums over the whole company are for those who see all of it; others learn when it was looked through. */
function shownScan(ctx: Ctx, { total, done, groups, ...scan }: Required<ScanView>): ScanView {
  return mayManage(ctx) ? { ...scan, total, done, groups } : scan
}

/** Remembers that records in reach, which the actor may change, are not the same. */
export async function sayApart(ctx: Ctx, key: string, ids: readonly string[]): Promise<void> {
  const object = objectFor(ctx, key, 'update')
  await inStep(ctx, async (step) => {
    const wanted = [...new Set(ids)]
    if ((await findRecords(step.tx, ctx, object, wanted)).length < wanted.length) throw recordErrors.RECORD_NOT_FOUND()
    await keepApart(step, key, wanted)
  })
}
