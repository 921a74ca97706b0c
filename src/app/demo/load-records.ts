import { sql } from 'kysely'
import type { Credit, ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { writeStageHistory, type PastMove } from '#features/pipeline/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { backdate } from '#platform/records/backdate.ts'
import { saveMany } from '#platform/records/save.ts'
import { known } from './load-org.ts'
import type { RecordStory, Shelf } from './story.ts'

const portion = 1000

/**
 * Writes records through the one way in, a thousand at a time; ids are added to `idOf`, and what has one already is put
 * right.
 */
export async function loadRecords(
  ctx: Ctx,
  shelves: readonly Shelf[],
  idOf: Map<string, string>,
  written: (count: number, shelf: Shelf) => void,
): Promise<void> {
  for (const [name, id] of await stages(ctx)) idOf.set(name, id)
  for (const shelf of shelves) {
    const object = ctx.company.catalogue.get(shelf.object)
    for (let at = 0; at < shelf.records.length; at += portion) {
      const part = shelf.records.slice(at, at + portion)
      await inStep(ctx, (step) => writePart(step, object, part, idOf), { kind: 'demo.records' })
      written(part.length, shelf)
    }
  }
}

async function stages(ctx: Ctx): Promise<readonly (readonly [string, string])[]> {
  return inView(ctx, async (tx) => {
    const { rows } = await sql<{ id: string; name: string }>`select id, name from stage`.execute(tx)
    return rows.map(({ id, name }) => [name, id] as const)
  })
}

async function writePart(
  step: Step,
  object: ObjectType,
  part: readonly RecordStory[],
  idOf: Map<string, string>,
): Promise<void> {
  // What is known already is put right.
  const rows = part.map(({ key, values }) => {
    const id = idOf.get(key)
    return { ...(id === undefined ? {} : { id }), values: withIds(object, values, idOf) }
  })
  const results = await saveMany(step, object, rows, { system: true })
  for (const [at, result] of results.entries()) {
    const record = part[at]
    if (!record) continue
    if (!result.ok) throw new Error(`${object.key} ${record.key} is refused: ${JSON.stringify(result.faults)}`)
    idOf.set(record.key, result.id)
  }
  const moves = part.flatMap((record) => pastMoves(record, idOf))
  if (moves.length > 0) await writeStageHistory(step, moves)
  const times = part.flatMap(({ key, times: own }) => (own ? [{ id: known(idOf, key), ...own }] : []))
  await backdate(step, object, times)
}

function pastMoves({ key, values, moves = [] }: RecordStory, idOf: ReadonlyMap<string, string>): readonly PastMove[] {
  if (moves.length === 0) return []
  const personId = known(idOf, String(values['ownerId']))
  return moves.map(({ from, to, at }) => ({
    opportunityId: known(idOf, key),
    fromStageId: from === null ? null : known(idOf, from),
    toStageId: known(idOf, to),
    at,
    personId,
  }))
}

/** Keys of the story become ids wherever a field points at a record or a person. */
function withIds(object: ObjectType, values: RecordValues, idOf: ReadonlyMap<string, string>): RecordValues {
  const given: Record<string, unknown> = { ...values }
  for (const { key, type } of object.fields) {
    const value = given[key] ?? null
    if (value === null) continue
    if (type === 'reference' || type === 'owner') given[key] = known(idOf, String(value))
    if (type === 'credits')
      given[key] = (value as readonly Credit[]).map((credit) => ({ ...credit, person: known(idOf, credit.person) }))
  }
  return given
}
