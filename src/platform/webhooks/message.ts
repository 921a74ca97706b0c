import { eq } from '#engine/query/filter.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { findRecord, queryRecords } from '#platform/records/read.ts'
import { sightOf } from '#platform/records/sight.ts'
import { may } from '#platform/records/scope.ts'
import type { Delivery } from './delivery-store.ts'

/**
 * What is sent of an event: type, moment and the record as the owner of the webhook may see it now. Undefined where the
 * owner may not see it.
 */
export async function messageOf(owner: Ctx, delivery: Delivery): Promise<string | undefined> {
  const { object: key, recordId, event, payload } = delivery
  const object = owner.company.catalogue.find(key)
  if (!object || !may(owner, object, 'read')) return undefined
  await sightOf(owner)
  const record = await inView(owner, (tx) => findRecord(tx, owner, object, recordId))
  if (!record && !(await isInBin(owner, key, recordId))) return undefined
  const { id: subject, fields } = payload
  const known = new Set<unknown>(object.fields.map(({ key }) => key))
  return JSON.stringify({
    type: event,
    timestamp: delivery.happenedAt.toISOString(),
    data: {
      // Attempts may overtake each other: the receiver goes by the number.
      sequence: delivery.number,
      object: key,
      id: recordId,
      ...(typeof subject === 'string' && subject !== recordId ? { subject } : {}),
      ...(Array.isArray(fields) ? { changed: fields.filter((key) => known.has(key)) } : {}),
      record: record ?? null,
    },
  })
}

async function isInBin(owner: Ctx, key: string, recordId: string): Promise<boolean> {
  const { rows } = await queryRecords(owner, key, { filter: eq('id', recordId), deleted: true, fields: [], limit: 1 })
  return rows.length > 0
}
