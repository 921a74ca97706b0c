import type { Language } from '#base/label.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { systemFields } from '#engine/model/column.ts'
import { familiesOf, type Family } from '#engine/model/family.ts'
import type { Choice, Field, ObjectType } from '#engine/model/object-type.ts'
import { fold } from '#engine/transfer/fold.ts'
import { aggregates, type Aggregate } from '../filter.ts'
import { isBareWord } from './tokens.ts'

/** `closed` stands for `closedOn`, `owner` for `ownerId`. */
const withoutEnding = (key: string) => key.replace(/(On|At|Id)$/, '').replace(/__c$/, '')

/** The field that somebody calls by its key, its label in either language or another known name. */
export function fieldNamed(object: ObjectType, text: string): Field | undefined {
  const fields = [...object.fields, ...systemFields]
  const wanted = fold(text)
  return (
    fields.find((field) => field.key === text) ??
    fields.find(({ label }) => [label.zh, label.en].some((name) => fold(name) === wanted)) ??
    fields.find(({ key }) => [key, withoutEnding(key)].some((name) => fold(name) === wanted)) ??
    fields.find(({ aliases }) => aliases?.some((name) => fold(name) === wanted))
  )
}

export interface SpelledPath {
  readonly path: string
  readonly field: Field
}

/** A path such as `客户.行业` → `account.industry`. */
export function pathNamed(object: ObjectType, catalogue: Catalogue, text: string): SpelledPath | undefined {
  const whole = fieldNamed(object, text)
  if (whole) return { path: whole.key, field: whole }
  const dot = text.indexOf('.')
  const field = dot < 0 ? undefined : fieldNamed(object, text.slice(0, dot))
  const next = field?.type === 'reference' && field.to ? catalogue.find(field.to) : undefined
  const rest = field && next && pathNamed(next, catalogue, text.slice(dot + 1))
  return rest && { path: `${field.key}.${rest.path}`, field: rest.field }
}

/** The records that refer to an object, by what people call them: `activity`, `跟进`, `task/opportunity`. */
export function familyNamed(object: ObjectType, catalogue: Catalogue, text: string): Family | undefined {
  const [name = '', via] = text.split('/')
  const wanted = fold(name)
  return familiesOf(object, catalogue).find(({ child, reference }) => {
    const names = [
      child.key,
      child.key.replace(/__c$/, ''),
      child.label.zh,
      child.label.en,
      child.labelOfMany.zh,
      child.labelOfMany.en,
    ]
    const isCalled = names.some((known) => fold(known) === wanted)
    return isCalled && (via === undefined || fieldNamed(child, via) === reference)
  })
}

export function choiceNamed(field: Field, text: string): Choice | undefined {
  const wanted = fold(text)
  const choices = field.choices ?? []
  return (
    choices.find((choice) => choice.key === text) ??
    choices.find(({ key, label, aliases = [] }) =>
      [key, label.zh, label.en, ...aliases].some((name) => fold(name) === wanted),
    )
  )
}

const aggregateSpellings: Readonly<Record<Aggregate, string>> = {
  count: '个数',
  sum: '合计',
  min: '最小',
  max: '最大',
  avg: '平均',
}

/** Every spelling by which somebody may look for a field. */
export const namesOfField = ({ key, label, aliases = [] }: Field): readonly string[] => [
  label.zh,
  label.en,
  key,
  ...aliases,
]

export function aggregateNamed(text: string): Aggregate {
  const wanted = text.toLowerCase()
  return aggregates.find((key) => key === wanted || aggregateSpellings[key] === wanted) ?? 'count'
}

export const spelledAggregate = (aggregate: Aggregate, language: Language): string =>
  language === 'zh' ? aggregateSpellings[aggregate] : aggregate

/** How a field is written: its label where one word says it and it is read back, else its key. */
export function spelledField(object: ObjectType, field: Field, language: Language): string {
  const label = field.label[language]
  const candidates = language === 'zh' ? [label] : [label.toLowerCase(), withoutEnding(field.key)]
  const isReadBack = (name: string) => isPathPart(name) && fieldNamed(object, name) === field
  return candidates.find(isReadBack) ?? field.key
}

const isPathPart = (name: string) => isBareWord(name) && !/[./]/.test(name)

export function spelledPath(object: ObjectType, catalogue: Catalogue, path: string, language: Language): string {
  const keys = path.split('.')
  let here: ObjectType | undefined = object
  const parts = keys.map((key) => {
    const known: ObjectType | undefined = here
    const field: Field | undefined = known && fieldNamed(known, key)
    if (!known || field?.key !== key) return key
    here = field.to === undefined ? undefined : catalogue.find(field.to)
    return spelledField(known, field, language)
  })
  const spelled = parts.join('.')
  return pathNamed(object, catalogue, spelled)?.path === path ? spelled : path
}

export function spelledFamily(
  object: ObjectType,
  catalogue: Catalogue,
  { child, reference }: Family,
  language: Language,
): string {
  const names = [language === 'zh' ? child.label.zh : child.label.en.toLowerCase(), child.key]
  const spellings = names.flatMap((name) => [
    name,
    `${name}/${spelledField(child, reference, language)}`,
    `${name}/${reference.key}`,
  ])
  const isReadBack = (spelling: string) => {
    const read = familyNamed(object, catalogue, spelling)
    return isBareWord(spelling) && read?.child === child && read.reference === reference
  }
  return spellings.find(isReadBack) ?? `${child.key}/${reference.key}`
}
