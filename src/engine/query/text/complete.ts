import type { IToken } from 'chevrotain'
import type { Label, Language } from '#base/label.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { isList, isNumeric, systemFields, valueTypeOf } from '#engine/model/column.ts'
import { familiesOf, type Family } from '#engine/model/family.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { fold } from '#engine/transfer/fold.ts'
import { isMeasured, operatorsFor } from '../check.ts'
import { aggregates, relativeDays, type Operator, type Relative } from '../filter.ts'
import { relativeInWords } from '../relative-words.ts'
import { bare, printRelative } from './print-filter.ts'
import type { TextContext } from './resolver.ts'
import { familyNamed, namesOfField, pathNamed, spelledAggregate, spelledFamily, spelledField } from './spellings.ts'
import {
  Aggregate,
  And,
  Comma,
  Compares,
  lexer,
  LParen,
  Not,
  Or,
  Quoted,
  Range,
  RParen,
  Where,
  Word,
} from './tokens.ts'
import type { Stretch } from './written.ts'

export type CompletionKind = 'field' | 'operator' | 'value' | 'word'

export interface Completion {
  readonly kind: CompletionKind
  /** What is put in the place of `[from, to)`. */
  readonly insert: string
  readonly label: string
  readonly detail?: string | undefined
}

/** What may stand at a place of a text, in the place of what is written there. */
export interface Completions extends Stretch {
  readonly options: readonly Completion[]
}

const mostOptions = 50

/** What somebody may go on with at the cursor: fields, operators, values. */
export async function completionsAt(text: string, cursor: number, context: TextContext): Promise<Completions> {
  const at = Math.min(Math.max(cursor, 0), text.length)
  const { done, partial, from } = split(text.slice(0, at))
  const place = placeAfter(done, context)
  const rest = /^[\p{L}\p{N}_./]*["”」]?/u.exec(text.slice(at))?.[0] ?? ''
  const stretch = { from, to: at + (partial === '' ? 0 : rest.length) }
  switch (place.expects) {
    case 'value':
      return { ...stretch, options: (await valueOptions(place, partial, context)).slice(0, mostOptions) }
    case 'target':
      return { ...stretch, options: targetOptions(place, partial, context).slice(0, mostOptions) }
    case 'operator':
    case 'condition': {
      const path = partial === '' ? place.path : partial
      const operators = path === undefined ? [] : operatorOptions(path, place.object, context)
      // Behind a field that is written out, its operators come at the cursor.
      if (operators.length > 0 && (partial !== '' || place.expects === 'operator'))
        return { from: at, to: at, options: operators }
      return { ...stretch, options: conditionOptions(place, partial, context).slice(0, mostOptions) }
    }
  }
}

interface Written {
  /** The tokens before the word that is being written. */
  readonly done: readonly IToken[]
  readonly partial: string
  readonly from: number
}

/** The word that ends at the cursor, if any; an open quotation mark is one too. */
function split(text: string): Written {
  const { tokens, errors } = lexer.tokenize(text)
  const [error] = errors
  if (error) {
    const done = tokens.filter((token) => token.startOffset < error.offset)
    return { done, partial: text.slice(error.offset + 1), from: error.offset }
  }
  const last = tokens.at(-1)
  const isOpen = last && last.startOffset + last.image.length === text.length && isWordLike(last)
  if (!isOpen) return { done: tokens, partial: '', from: text.length }
  return { done: tokens.slice(0, -1), partial: last.image, from: last.startOffset }
}

const isWordLike = ({ tokenType, image }: IToken) =>
  tokenType === Word || tokenType.name === 'Grouped' || [And, Or, Where, Aggregate].includes(tokenType) || (tokenType === Not && /^\w/.test(image)) // prettier-ignore

interface Place {
  readonly expects: 'condition' | 'operator' | 'value' | 'target'
  readonly object: ObjectType
  /** The field or family that was named last. */
  readonly path?: string
  readonly aggregate?: string
  /** Whether a condition stands before, so that `or` may follow. */
  readonly isAfterCondition: boolean
}

interface Frame {
  readonly kind: 'group' | 'figure' | 'values'
  readonly before: Place
}

/** Walks the tokens and answers what may come next. */
function placeAfter(tokens: readonly IToken[], { object, catalogue }: TextContext): Place {
  let here: Place = { expects: 'condition', object, isAfterCondition: false }
  const frames: Frame[] = []
  tokens.forEach((token, at) => {
    const { tokenType, image } = token
    const isValueSign = tokenType.CATEGORIES?.includes(Compares) ?? false
    if (isValueSign || tokenType === Comma || tokenType === Range) here = { ...here, expects: 'value' }
    else if (tokenType === Aggregate) here = { ...here, aggregate: image, expects: 'target' }
    else if (tokenType === LParen) {
      const kind = here.expects === 'value' ? 'values' : tokens[at - 1]?.tokenType === Aggregate ? 'figure' : 'group'
      frames.push({ kind, before: here })
      if (kind === 'group') here = { expects: 'condition', object: here.object, isAfterCondition: false }
    } else if (tokenType === RParen) here = afterParenthesis(frames.pop(), here)
    else if (tokenType === Where) {
      const family =
        here.path === undefined ? undefined : familyNamed(here.object, catalogue, here.path.split('.')[0] ?? '')
      here = { expects: 'condition', object: family?.child ?? here.object, isAfterCondition: false }
    } else if (tokenType === And || tokenType === Or || tokenType === Not) {
      here = { expects: 'condition', object: here.object, isAfterCondition: false }
    } else if (tokenType === Quoted || isWordLike(token)) here = afterWord(here, token)
  })
  return here
}

function afterParenthesis(frame: Frame | undefined, here: Place): Place {
  if (!frame) return here
  if (frame.kind === 'figure') return { ...frame.before, expects: 'operator', path: '#' }
  return { expects: 'condition', object: frame.before.object, isAfterCondition: true }
}

function afterWord(here: Place, token: IToken): Place {
  const text = token.tokenType === Quoted ? token.image.slice(1, -1) : token.image
  if (here.expects === 'value') return { ...here, expects: 'condition', isAfterCondition: true }
  return { ...here, expects: 'operator', path: text, isAfterCondition: true }
}

const matches = (names: readonly string[], partial: string) => {
  const wanted = fold(partial)
  return names.some((name) => fold(name).includes(wanted))
}

const begins = (names: readonly string[], partial: string) => names.some((name) => fold(name).startsWith(fold(partial)))

const words: Readonly<Record<'and' | 'or' | 'not', Label>> = {
  and: { zh: '且', en: 'and' },
  or: { zh: '或', en: 'or' },
  not: { zh: '不满足', en: 'not' },
}

/** Fields, the records that refer to this one, figures over them, and the words between conditions. */
function conditionOptions(
  { object, isAfterCondition }: Place,
  partial: string,
  context: TextContext,
): readonly Completion[] {
  const { catalogue, language } = context
  const dot = partial.lastIndexOf('.')
  if (dot >= 0) return fieldsBehind(partial.slice(0, dot), partial.slice(dot + 1), object, context)
  const between = isAfterCondition ? (['or', 'and'] as const) : (['not'] as const)
  const joining = between
    .filter((word) => matches([word, words[word].zh], partial))
    .map((word): Completion => ({ kind: 'word', insert: word, label: words[word][language] }))
  const families = familiesOf(object, catalogue)
    .filter(({ child }) => begins([child.key, child.label.zh, child.label.en, child.labelOfMany.en], partial))
    .map((family) => familyOption(family, object, catalogue, language))
  return [
    ...fieldOptions(object, partial, '', language),
    ...families,
    ...figureOptions(object, partial, context),
    ...joining,
  ]
}

function fieldsBehind(
  before: string,
  partial: string,
  object: ObjectType,
  { catalogue, language }: TextContext,
): readonly Completion[] {
  const spelled = pathNamed(object, catalogue, before)
  const target = spelled?.field.type === 'reference' && spelled.field.to ? catalogue.find(spelled.field.to) : undefined
  return target ? fieldOptions(target, partial, `${before}.`, language) : []
}

function fieldOptions(object: ObjectType, partial: string, before: string, language: Language): readonly Completion[] {
  return [...object.fields, ...systemFields]
    .filter((field) => operatorsFor(field).length > 0 && matches(namesOfField(field), partial))
    .map((field) => ({
      kind: 'field',
      insert: before + spelledField(object, field, language),
      label: field.label[language],
      detail: field.key,
    }))
}

function familyOption(family: Family, object: ObjectType, catalogue: Catalogue, language: Language): Completion {
  const spelled = spelledFamily(object, catalogue, family, language)
  return { kind: 'field', insert: spelled, label: family.child.labelOfMany[language], detail: family.child.key }
}

function figureOptions(
  object: ObjectType,
  partial: string,
  { catalogue, language }: TextContext,
): readonly Completion[] {
  if (familiesOf(object, catalogue).length === 0) return []
  return aggregates
    .map((aggregate) => ({ aggregate, spelled: spelledAggregate(aggregate, language) }))
    .filter(({ aggregate, spelled }) => matches([aggregate, spelled], partial))
    .map(({ spelled }) => ({ kind: 'word', insert: `${spelled}(`, label: `${spelled}(…)` }))
}

/** Behind `sum(`: whose field is summed. */
function targetOptions(
  { object, aggregate }: Place,
  partial: string,
  { catalogue, language }: TextContext,
): readonly Completion[] {
  const isCount = aggregate === undefined || /^(count|个数)$/i.test(aggregate)
  return familiesOf(object, catalogue).flatMap((family) => {
    const { child } = family
    const option = familyOption(family, object, catalogue, language)
    const measured = isCount ? [] : child.fields.filter((field) => isMeasured(field, 'max'))
    const options = isCount
      ? [option]
      : measured.map((field) => ({
          ...option,
          insert: `${option.insert}.${spelledField(child, field, language)}`,
          label: `${option.label} › ${field.label[language]}`,
        }))
    return options.filter(({ insert, label }) => matches([insert, label, child.key], partial))
  })
}

const signs: readonly (readonly [insert: string, op: Operator, label: Label])[] = [
  ['<', 'lt', { zh: '小于', en: 'less than' }],
  ['<=', 'le', { zh: '不超过', en: 'at most' }],
  ['>', 'gt', { zh: '大于', en: 'more than' }],
  ['>=', 'ge', { zh: '不低于', en: 'at least' }],
  ['^=', 'startsWith', { zh: '开头是', en: 'begins with' }],
]

const colon: Label = { zh: '是', en: 'is' }
const colonOfTexts: Label = { zh: '包含', en: 'contains' }
const colonOfLists: Label = { zh: '含有其一', en: 'has one of' }
const unequal: Label = { zh: '不是', en: 'is not' }
const without: Label = { zh: '不含', en: 'has none of' }

function operatorOptions(
  path: string,
  object: ObjectType,
  { catalogue, language }: TextContext,
): readonly Completion[] {
  const field = pathNamed(object, catalogue, path)?.field
  const isFamily = path === '#' || (!field && familyNamed(object, catalogue, path) !== undefined)
  if (!field && !isFamily) return []
  const taken: readonly Operator[] = field ? operatorsFor(field) : ['lt', 'le', 'gt', 'ge', 'eq', 'ne']
  const option = (insert: string, label: Label): Completion => ({ kind: 'operator', insert, label: label[language] })
  const isTextual = taken.includes('contains')
  return [
    option(':', field && isList(field) ? colonOfLists : isTextual ? colonOfTexts : colon),
    ...(isTextual ? [option('=', colon)] : []),
    option('!=', field && isList(field) ? without : unequal),
    ...signs.filter(([, op]) => taken.includes(op)).map(([insert, , label]) => option(insert, label)),
  ]
}

async function valueOptions(place: Place, partial: string, context: TextContext): Promise<readonly Completion[]> {
  const { language, catalogue } = context
  const { object, path = '' } = place
  const field = pathNamed(object, catalogue, path)?.field
  const isChinese = language === 'zh'
  const value = (insert: string, label = insert, detail?: string): Completion => ({
    kind: 'value',
    insert,
    label,
    detail,
  })
  const fitting = (options: readonly Completion[]) =>
    options.filter(({ insert, label }) => matches([insert, label], partial))
  if (!field) {
    if (familyNamed(object, catalogue, path) === undefined) return []
    const spans = ['', '/30d', '/90d'].flatMap((span) => [
      `${isChinese ? '无' : 'none'}${span}`,
      `${isChinese ? '有' : 'any'}${span}`,
    ])
    return fitting(spans.map((text) => value(text)))
  }
  const always = fitting([
    value(isChinese ? '空' : 'empty', isChinese ? '为空' : 'is empty'),
    value(isChinese ? '有值' : 'any', isChinese ? '不为空' : 'is not empty'),
  ])
  if (isNumeric(field)) return always
  return [...(await optionsByType(field, partial, context, value)).filter(Boolean), ...always]
}

type MakeValue = (insert: string, label?: string, detail?: string) => Completion

const offeredSpans: readonly Relative[] = [
  ...relativeDays,
  { past: 7, unit: 'day' }, { past: 30, unit: 'day' }, { past: 90, unit: 'day' }, { past: 30, unit: 'workday' },
  { next: 7, unit: 'day' }, { next: 30, unit: 'day' }, { next: 2, unit: 'quarter' },
  { before: 0, unit: 'day' }, { before: 30, unit: 'day' }, { after: 30, unit: 'day' },
] // prettier-ignore

async function optionsByType(
  field: Field,
  partial: string,
  context: TextContext,
  value: MakeValue,
): Promise<readonly Completion[]> {
  const { language, catalogue, resolver } = context
  const isChinese = language === 'zh'
  switch (valueTypeOf(field)) {
    case 'choice':
    case 'multi_choice':
      return (field.choices ?? [])
        .filter(({ key, label, retired }) => !retired && matches([key, label.zh, label.en], partial))
        .map(({ key, label }) => value(bare(label[language]), label[language], key))
    case 'yes_no':
      return (isChinese ? ['是', '否'] : ['yes', 'no'])
        .filter((word) => matches([word], partial))
        .map((word) => value(word))
    case 'date':
    case 'date_time':
      return offeredSpans
        .filter((span) => matches([relativeInWords(span, 'zh'), relativeInWords(span, 'en')], partial))
        .map((span) => value(printRelative(span, language), relativeInWords(span, language)))
    case 'owner': {
      const own = [
        value(isChinese ? '我' : 'me'),
        value(isChinese ? '我的部门' : 'my_unit', isChinese ? '我的部门及下级' : 'my unit and below'),
      ]
      const [people, units] = await Promise.all([resolver.people(partial), resolver.units(partial)])
      return [
        ...own.filter(({ insert, label }) => matches([insert, label], partial)),
        ...[...people, ...units].map(({ name, detail }) => value(bare(name), name, detail)),
      ]
    }
    case 'reference':
    case 'multi_reference': {
      const target = catalogue.find(field.to ?? '')
      const found = target ? await resolver.records(target, partial) : []
      return found.map(({ name, detail }) => value(bare(name), name, detail))
    }
    case 'region':
      return resolver.regions.search(partial, 30).map(({ code, parent }) => {
        const name = resolver.regions.nameOf(code, language)
        const full = resolver.regions.fullNameOf(code, language)
        const spelled = [name, full, resolver.regions.fullNameOf(code, 'zh')].find(
          (one) => resolver.regions.read(one) === code,
        )
        return value(bare(spelled ?? code), name, parent === null ? undefined : full)
      })
    default:
      return []
  }
}
