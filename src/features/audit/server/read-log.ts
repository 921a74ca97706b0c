import { inWords } from '#base/label.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import { filterSchema } from '#engine/query/filter.ts'
import { filterAsWords } from '#features/objects/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { asKnown } from '#platform/records/history.ts'
import { livingById, titlesById } from '#platform/records/titles.ts'
import type { AuditAsked, AuditEntryView, AuditNarrowing } from '../contract.ts'
import { auditedActions, auditedObjects } from '../names.ts'
import { findEntries, namesOfIds, type LoggedEntry } from './log-store.ts'
import { changesOf, idsIn } from './readable.ts'

/** A page of the log, the newest first. */
export async function readLog(ctx: Ctx, asked: AuditAsked) {
  const { entries, isLast } = await pageOf(ctx, asked, asked)
  return { entries, after: isLast ? null : (entries.at(-1)?.id ?? null) }
}

/** The same as the export reads it, page by page. */
export async function pageOf(
  ctx: Ctx,
  asked: AuditNarrowing,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<{ readonly entries: AuditEntryView[]; readonly isLast: boolean }> {
  return inView(ctx, async (tx) => {
    const found = await findEntries(tx, ctx, asked, { after, limit: limit + 1 })
    return { entries: await readable(tx, ctx, found.slice(0, limit)), isLast: found.length <= limit }
  })
}

async function readable(tx: Tx, ctx: Ctx, found: readonly LoggedEntry[]): Promise<AuditEntryView[]> {
  const titles = new Map<string, string>()
  const living = new Set<string>()
  const referred = new Map<ObjectType, string[]>()
  for (const [key, entries] of Map.groupBy(found, ({ object }) => object)) {
    const object = ctx.company.catalogue.find(key)
    if (!object) continue
    const ids = entries.map(({ recordId }) => recordId)
    for (const id of await livingById(tx, ctx, object, ids)) living.add(id)
    add(referred, object, ids)
    for (const { type, to, key: field } of object.fields) {
      const target =
        type === 'reference' || type === 'multi_reference' ? ctx.company.catalogue.find(to ?? '') : undefined
      if (target)
        add(
          referred,
          target,
          entries.flatMap(({ before, after }) => idsIn({ before: pick(before, field), after: pick(after, field) })),
        )
    }
  }
  for (const [object, ids] of referred) {
    for (const [id, title] of await titlesById(tx, ctx, object, [...new Set(ids)])) titles.set(id, title)
  }
  const people = await namesOfIds(tx, ctx, [...new Set(found.flatMap((entry) => [entry.recordId, ...idsIn(entry)]))])
  const nameOf = (id: string) => titles.get(id) ?? people.get(id)
  const told = await Promise.all(found.map((entry) => withFilterInWords(ctx, entry)))
  return told.map((entry) => viewOf(ctx, entry, nameOf, living))
}

/** Of an export the filter as people read it; one that no longer fits the object as it was kept. */
async function withFilterInWords(ctx: Ctx, entry: LoggedEntry): Promise<LoggedEntry> {
  const { action, object, after } = entry
  if (action !== 'exported' || !after?.['filter'] || !ctx.company.catalogue.find(object)) return entry
  const filter = filterSchema.safeParse(after['filter'])
  if (!filter.success) return entry
  const words = await filterAsWords(ctx, object, filter.data)
  return { ...entry, after: { ...after, filter: words } }
}

function add(groups: Map<ObjectType, string[]>, object: ObjectType, ids: readonly string[]): void {
  groups.set(object, [...(groups.get(object) ?? []), ...ids])
}

const pick = (values: LoggedEntry['before'], key: string) => (values && key in values ? { [key]: values[key] } : null)

function viewOf(
  ctx: Ctx,
  entry: LoggedEntry,
  nameOf: (id: string) => string | undefined,
  living: ReadonlySet<string>,
): AuditEntryView {
  const { before: _before, after: _after, erased: _erased, via, ...shown } = entry
  const object = ctx.company.catalogue.find(entry.object)
  const objectLabel = object?.label ?? auditedObjects[entry.object]
  const actionLabel = auditedActions[entry.action]
  return {
    ...shown,
    objectLabel: objectLabel ? inWords(objectLabel, ctx.language) : entry.object,
    actionLabel: actionLabel ? inWords(actionLabel, ctx.language) : entry.action,
    title: nameOf(entry.recordId) ?? null,
    canOpen: living.has(entry.recordId),
    origin: via ?? 'system',
    changes: knownChanges(ctx, entry, nameOf),
  }
}

/** Of business records what the reader's role knows of their fields; of an object that it does not know nothing. */
function knownChanges(ctx: Ctx, entry: LoggedEntry, nameOf: (id: string) => string | undefined) {
  const object = ctx.company.catalogue.find(entry.object)
  if (!object) return ctx.company.wholeCatalogue.find(entry.object) ? [] : changesOf(ctx, undefined, entry, nameOf)
  const known = asKnown(ctx, object, entry)
  return known ? changesOf(ctx, object, known, nameOf) : []
}
