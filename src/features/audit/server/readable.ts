import { inWords } from '#base/label.ts'
import { fieldOf } from '#engine/model/column.ts'
import type { Credit, Field, ObjectType } from '#engine/model/object-type.ts'
import { regions } from '#engine/region/regions.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import type { AuditEntryView } from '../contract.ts'
import { auditedKeys } from '../names.ts'
import type { LoggedEntry } from './log-store.ts'

type Change = AuditEntryView['changes'][number]
type NameOf = (id: string) => string | undefined

/** Before and after of an entry, field by field, in the reader's words; what stayed as it was is left out. */
export function changesOf(ctx: Ctx, object: ObjectType | undefined, entry: LoggedEntry, nameOf: NameOf): Change[] {
  const { before, after, erased } = entry
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return keys.flatMap((key): Change[] => {
    const isErased = erased.includes(key)
    const [was, is] = [before?.[key] ?? null, after?.[key] ?? null]
    if (!isErased && before && after && JSON.stringify(was) === JSON.stringify(is)) return []
    const field = object ? fieldOf(object, key) : undefined
    const label = field ? field.label : auditedKeys[key]
    const fieldName = (text: string) => {
      const named = key === 'fields' && object ? fieldOf(object, text) : undefined
      return named ? inWords(named.label, ctx.language) : nameOf(text)
    }
    const shown = (value: unknown) => shownValue(ctx, field, value, fieldName)
    const name = label ? inWords(label, ctx.language) : key
    return [{ field: key, label: name, before: shown(was), after: shown(is), isErased }]
  })
}

/** Keys of people, units and records that stand in the values of an entry. */
export function idsIn({ before, after }: Pick<LoggedEntry, 'before' | 'after'>): readonly string[] {
  return [...idsOf(before), ...idsOf(after)]
}

function idsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return isId(value) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(idsOf)
}

/** The longest value that a line shows. */
const longest = 2000

function shownValue(ctx: Ctx, field: Field | undefined, value: unknown, nameOf: NameOf): string | null {
  if (value === null || value === undefined || value === '') return null
  return inShort(wordsOf(ctx, field, value, nameOf))
}

const inShort = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)

function wordsOf(ctx: Ctx, field: Field | undefined, value: unknown, nameOf: NameOf): string {
  const between = ctx.language === 'zh' ? '、' : ', '
  if (field?.type === 'credits' && Array.isArray(value)) {
    return (value as readonly Credit[])
      .map(({ person, percent }) => `${nameOf(person) ?? person} ${percent}%`)
      .join(between)
  }
  if (Array.isArray(value)) return value.map((one) => wordsOf(ctx, field, one, nameOf)).join(between)
  if (typeof value === 'boolean') return inWords(value ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' }, ctx.language)
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, one]) => one !== null)
      .map(([key, one]) => `${key}: ${wordsOf(ctx, undefined, one, nameOf)}`)
      .join(ctx.language === 'zh' ? '；' : '; ')
  }
  const text = String(value)
  if (field?.type === 'choice' || field?.type === 'multi_choice') {
    const choice = field.choices?.find(({ key }) => key === text)
    return choice ? inWords(choice.label, ctx.language) : text
  }
  if (field?.type === 'region') return regions.find(text) ? regions.fullNameOf(text, ctx.language) : text
  return nameOf(text) ?? text
}
