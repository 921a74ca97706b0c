import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import type { Tx } from '#platform/db/step.ts'
import { mayAct } from '#platform/records/scope.ts'
import { targetErrors } from '../contract.ts'
import type { Revision } from '../contract.ts'
import { rowIdAt } from '../levels.ts'
import { nodeIdOf } from '../node-id.ts'
import { managePlans } from '../permissions.ts'
import { isReviewer } from './plan-makers.ts'
import { planStore } from './plan-store.ts'
import type { StoredRevision, StoredRow } from './plan-store.ts'
import { revisionStore } from './revision-store.ts'
import type { ListedRevision, RevisionsWanted } from './revision-store.ts'
import { openPlan } from './show-plan.ts'

const atOnce = 500

/** The newest revisions, those before a version if told; `next` asks for more. */
export async function listRevisions(
  ctx: Ctx,
  planId: string,
  { before }: { readonly before?: number | undefined } = {},
): Promise<{ revisions: Revision[]; next: number | null }> {
  return inView(ctx, async (tx) => {
    const { rows, shownAt } = await openPlan(tx, ctx, planId)
    const upTo = Math.min(before ?? Infinity, (shownAt ?? 0) + 1)
    const revisions = await revisionsInSight(tx, ctx, { planId, rows }, { before: upTo, limit: atOnce })
    return { revisions, next: revisions.length < atOnce ? null : (revisions.at(-1)?.version ?? null) }
  })
}

/** The rows of a revision that the actor may see, before and after. */
export async function showRevision(ctx: Ctx, planId: string, version: number) {
  return inView(ctx, async (tx) => {
    const { rows, shownAt } = await openPlan(tx, ctx, planId)
    const only = { after: version - 1, before: version + 1, limit: 1 }
    const [revision] = version > (shownAt ?? 0) ? [] : await revisionsInSight(tx, ctx, { planId, rows }, only)
    const changes = await planStore.changesOf(tx, planId, version)
    if (!revision || !changes) throw targetErrors.REVISION_NOT_FOUND()
    const names = new Map(rows.map((row) => [row.id, row.name]))
    return {
      revision,
      rows: changes.flatMap(({ level, unit, person, before, after, lockedBefore, lockedAfter }) => {
        const place = nodeIdOf({ unitId: unit, personId: person })
        const node = rowIdAt(level ?? 'target', place)
        const name = names.get(place)
        if (name === undefined) return []
        const locks = {
          lockedBefore: lockedBefore ? [...lockedBefore] : null,
          lockedAfter: lockedAfter ? [...lockedAfter] : null,
        }
        return [{ node, name, before: [...before], after: [...after], ...locks }]
      }),
    }
  })
}

/** Revisions as far as the actor sees them: those who make or review plans all of it, others what changed their rows. */
export async function revisionsInSight(
  tx: Tx,
  ctx: Ctx,
  { planId, rows }: { readonly planId: string; readonly rows: readonly StoredRow[] },
  wanted: RevisionsWanted,
): Promise<Revision[]> {
  const words = await wordsInSight(tx, ctx, planId, rows)
  const nodes = words.all ? undefined : rows.map((row) => row.id)
  const listed = await revisionStore.list(tx, planId, { ...wanted, nodes })
  return listed.map((revision) => words.of(revision))
}

/** What the actor may read of revisions beside the cells. */
export interface WordsInSight {
  readonly all: boolean
  /** `rows` are those that the actor sees changed. */
  of(revision: ListedRevision): Revision
}

/**
 * A reason is often about one person. It is told to those who make or review the plan, and to those who see a row that
 * changed with it; that of an amendment only to those who see the row which it is about, not who carries the difference.
 */
export async function wordsInSight(
  tx: Tx,
  ctx: Ctx,
  planId: string,
  rows: readonly StoredRow[],
): Promise<WordsInSight> {
  const all = mayAct(ctx, managePlans) || (await isReviewer(tx, ctx, planId))
  const nodes = new Set(rows.map((row) => row.id))
  return {
    all,
    of(revision) {
      const whole = revisionOnTheWire(revision)
      if (all) return whole
      if (revision.rows === 0) return { ...whole, by: null, reason: null, isHidden: true }
      const isTold = revision.about === null || nodes.has(revision.about)
      return isTold ? whole : { ...whole, reason: null, isHidden: true }
    },
  }
}

/** A revision as it travels. */
function revisionOnTheWire({ version, kind, personId, personName, at, reason, rows }: StoredRevision): Revision {
  return {
    version,
    kind,
    by: personId === null ? null : { id: personId, name: personName ?? '' },
    at: at.toISOString(),
    reason,
    isHidden: false,
    rows,
  }
}
