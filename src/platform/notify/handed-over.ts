import { sql } from 'kysely'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Step } from '#platform/db/step.ts'
import type { ToldEvent } from '#platform/events/handlers.ts'
import type { NoticeKind } from './kinds.ts'
import { notify } from './tell.ts'

export const handedOver: NoticeKind = {
  key: 'record.handed',
  group: 'records',
  label: { zh: '记录转交给我', en: 'Records handed over to me' },
  says: { zh: '{actor} 把{object}“{title}”转交给您', en: '{actor} handed over the {object} “{title}” to you' },
  saysMany: { zh: '{actor} 把 {n} 个{objects}转交给您', en: '{actor} handed over {n} {objects} to you' },
  saysInGroup: { zh: '{actor} 把 {n} 个{objects}转交给 {people}', en: '{actor} handed over {n} {objects} to {people}' },
  ways: { mail: 'digest' },
  page: '/records/{of}',
}

interface Taken {
  readonly object: ObjectType
  readonly id: string
  readonly operationId: string
  readonly actorId: string | null
}

/**
 * Tells people whose records became theirs by somebody else's act: one notice for each act and object, however many
 * portions it came in.
 */
export async function tellHandedOver(step: Step, events: readonly ToldEvent[]): Promise<void> {
  // Of what changed hands several times meanwhile the last act tells.
  const taken = new Map(events.flatMap((event) => takenBy(step, event)).map((one) => [one.id, one])).values()
  for (const [object, some] of Map.groupBy(taken, (one) => one.object)) {
    const owners = await ownersOf(step, object, [...new Set(some.map(({ id }) => id))])
    const acts = Map.groupBy(some, ({ id, operationId }) => `${operationId} ${owners.get(id) ?? ''}`)
    for (const [key, records] of acts) {
      const [first] = records
      const owner = first && owners.get(first.id)
      if (!first || !owner || owner === first.actorId) continue
      const ids = [...new Set(records.map(({ id }) => id))]
      await notify(step, {
        kind: handedOver.key,
        to: [owner],
        key: `${key} ${object.key}`,
        params: { of: object.key },
        about: { object: object.key, ...(ids.length === 1 ? { recordId: first.id } : {}) },
        actorId: first.actorId,
        count: ids.length,
      })
    }
  }
}

/** A new record that somebody made for another is handed over just as one that was there. */
function takenBy({ ctx }: Step, { name, payload, personId, operationId }: ToldEvent): readonly Taken[] {
  const [, key = '', act] = /^(\w+)\.(created|updated)$/.exec(name) ?? []
  const object = act && ctx.company.wholeCatalogue.find(key)
  const { id, fields } = payload
  if (!object || typeof id !== 'string' || !Array.isArray(fields) || !fields.includes('ownerId')) return []
  // Nobody in person: the system itself, such as a demo that is loaded.
  return personId === null ? [] : [{ object, id, operationId, actorId: personId }]
}

/** Whose records are now, by key. */
async function ownersOf(
  { tx, ctx }: Step,
  object: ObjectType,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (!object.fields.some(({ key }) => key === 'ownerId')) return new Map()
  const { rows } = await sql<{ id: string; owner: string | null }>`
    select t.id, t.owner_id as owner from ${sql.table(object.table)} t
    where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[]) and t.deleted_at is null`.execute(tx)
  return new Map(rows.flatMap(({ id, owner }) => (owner === null ? [] : [[id, owner] as const])))
}
