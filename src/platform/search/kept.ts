import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Tx } from '#platform/db/step.ts'
import { recordErrors } from '#platform/records/errors.ts'
import type { Hit } from './find.ts'
import type { SearchedKind } from './kind.ts'
import { dropStar, keepOpened, keepStar, keptRecords, type KeptRecord } from './kept-store.ts'

interface RecordAt {
  readonly object: string
  readonly id: string
}

/** What the actor opened lately and starred, as far as it is still there and in reach. */
export async function listKept(
  ctx: Ctx,
  kinds: readonly SearchedKind[],
): Promise<{ readonly recent: readonly Hit[]; readonly starred: readonly Hit[] }> {
  const { personId } = ctx.actor
  if (personId === null) return { recent: [], starred: [] }
  return inView(ctx, async (tx) => {
    const kept = await keptRecords(tx, ctx.company.id, personId)
    const hits = await readKept(tx, ctx, kinds, kept)
    const inOrder = (wanted: (one: KeptRecord) => Date | null) =>
      kept
        .filter((one) => wanted(one) !== null)
        .sort((one, other) => Number(wanted(other)) - Number(wanted(one)))
        .flatMap(({ object, recordId }) => hits.get(`${object} ${recordId}`) ?? [])
    return { recent: inOrder(({ openedAt }) => openedAt), starred: inOrder(({ starredAt }) => starredAt) }
  })
}

async function readKept(
  tx: Tx,
  ctx: Ctx,
  kinds: readonly SearchedKind[],
  kept: readonly KeptRecord[],
): Promise<ReadonlyMap<string, Hit>> {
  const found = new Map<string, Hit>()
  for (const kind of kinds.filter((one) => one.isAllowed(ctx))) {
    const object = kind.shape.key
    const ids = kept.filter((one) => one.object === object).map(({ recordId }) => recordId)
    if (ids.length === 0) continue
    for (const record of await kind.read(tx, ctx, ids)) {
      found.set(`${object} ${record.id}`, { object, record, matched: [] })
    }
  }
  return found
}

export async function rememberOpened(ctx: Ctx, kinds: readonly SearchedKind[], at: RecordAt): Promise<void> {
  await keepSeen(ctx, kinds, at, keepOpened)
}

export async function starRecord(
  ctx: Ctx,
  kinds: readonly SearchedKind[],
  at: RecordAt,
  starred: boolean,
): Promise<void> {
  await keepSeen(ctx, kinds, at, starred ? keepStar : dropStar)
}

/** Only of records in reach: otherwise one could try which there are. */
async function keepSeen(
  ctx: Ctx,
  kinds: readonly SearchedKind[],
  { object, id }: RecordAt,
  keep: typeof keepOpened,
): Promise<void> {
  // Whoever only looks with the eyes of the actor leaves no trace in what these opened.
  if (ctx.viewedBy) return
  const { personId } = ctx.actor
  const kind = kinds.find(({ shape }) => shape.key === object)
  if (!kind || !kind.isAllowed(ctx) || personId === null) throw recordErrors.RECORD_NOT_FOUND()
  await inStep(ctx, async (step) => {
    if ((await kind.read(step.tx, ctx, [id])).length === 0) throw recordErrors.RECORD_NOT_FOUND()
    await keep(step, personId, object, id)
  })
}
