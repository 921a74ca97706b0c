import { peopleCalled, unitsCalled } from '#features/org/server/index.ts'
import type { Language } from '#base/label.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Filter } from '#engine/query/filter.ts'
import type { Named, Resolver } from '#engine/query/text/resolver.ts'
import { regions } from '#engine/region/regions.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { queryRecords, type RecordRow } from '#platform/records/read.ts'

/** Finds people, units and records by name, as far as the actor sees them. */
export function resolverFor(ctx: Ctx): Resolver {
  const named = (found: readonly { id: string; name: string; detail: string | null }[]): readonly Named[] =>
    found.map(({ id, name, detail }) => ({ id, name, ...(detail === null ? {} : { detail }) }))
  return {
    people: async (text) => named(await peopleCalled(ctx, text)),
    units: async (text) => named(await unitsCalled(ctx, text)),
    records: (object, text) => recordsCalled(ctx, object, text),
    regions,
  }
}

/** The fields that name a record, the one of the language first. */
export function titlesOf({ title, titleEn }: ObjectType, language: Language): readonly string[] {
  if (titleEn === undefined || titleEn === title) return [title]
  return language === 'en' ? [titleEn, title] : [title, titleEn]
}

async function recordsCalled(ctx: Ctx, object: ObjectType, text: string): Promise<readonly Named[]> {
  const titles = titlesOf(object, ctx.language)
  const ask = async (filter: Filter) =>
    (await queryRecords(ctx, object.key, { filter, fields: titles, limit: 25 })).rows
  if (text === '') return (await ask({ and: [] })).flatMap((row) => namedBy(row, titles, text))
  const exactly = await ask({ or: titles.map((field) => ({ field, op: 'eq', value: text })) })
  const containing = await ask({ or: titles.map((field) => ({ field, op: 'contains', value: text })) })
  const rows = new Map([...exactly, ...containing].map((row) => [row.id, row]))
  return [...rows.values()].flatMap((row) => namedBy(row, titles, text))
}

/** A record by the name that the text stands in. */
function namedBy(row: RecordRow, titles: readonly string[], text: string): readonly Named[] {
  const names = titles.map((key) => row[key]).filter((name) => typeof name === 'string')
  const name = names.find((one) => one.toLowerCase().includes(text.toLowerCase())) ?? names[0]
  return name === undefined ? [] : [{ id: row.id, name }]
}
