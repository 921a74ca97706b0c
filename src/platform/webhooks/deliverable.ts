import type { Catalogue } from '#engine/model/catalogue.ts'
import type { ToldEvent } from '#platform/events/handlers.ts'

const acts = ['created', 'updated', 'deleted', 'restored'] as const

/** Events besides those of records, by name: each is about a record, as `object` and `recordId` of its payload say. */
const others = new Set<string>()

/** Called by rooms when the app is put together. */
export function registerWebhookEvents(...names: readonly string[]): void {
  for (const name of names) others.add(name)
}

/** What webhooks of a company may listen to. */
export function deliverableEvents(catalogue: Catalogue): readonly string[] {
  return [...catalogue.all().flatMap(({ key }) => acts.map((act) => `${key}.${act}`)), ...others].sort()
}

/** The record that an event is about; undefined where webhooks are not told of it. */
export function placeOfEvent(
  catalogue: Catalogue,
  { name, payload }: Pick<ToldEvent, 'name' | 'payload'>,
): { readonly object: string; readonly recordId: string } | undefined {
  if (others.has(name)) {
    const { object, recordId } = payload
    return typeof object === 'string' && typeof recordId === 'string' ? { object, recordId } : undefined
  }
  const [, object = '', act = ''] = /^(\w+)\.(\w+)$/.exec(name) ?? []
  const isOfRecord = acts.some((one) => one === act) && catalogue.find(object) !== undefined
  return isOfRecord && typeof payload['id'] === 'string' ? { object, recordId: payload['id'] } : undefined
}

/** Whether a pattern such as `opportunity.*` names an event: part by part, so that none takes long, whatever its stars. */
export function isChosen(patterns: readonly string[], name: string): boolean {
  const parts = name.split('.')
  return patterns.some((pattern) => {
    const wanted = pattern.split('.')
    if (pattern === '*') return true
    return wanted.length === parts.length && wanted.every((part, at) => part === '*' || part === parts[at])
  })
}
