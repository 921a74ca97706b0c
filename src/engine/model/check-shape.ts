import type { FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import { waysFor } from '#engine/duplicates/ways.ts'
import { checkFormula } from '#engine/formula/check.ts'
import type { ValueType } from '#engine/formula/functions.ts'
import { FormulaError, fieldsIn, parseFormula } from '#engine/formula/parse.ts'
import { typeInFormula } from '#engine/formula/type-of-field.ts'
import { checkFilter, fieldAt, isMeasured } from '#engine/query/check.ts'
import type { Filter } from '#engine/query/filter.ts'
import type { Catalogue } from './catalogue.ts'
import { isComputed, isList, valueTypeOf } from './column.ts'
import type { DuplicateRule } from './duplicate-rule.ts'
import { isNumbering } from './numbering.ts'
import { mayBeUnique } from './shape.ts'
import type { Field, ObjectType, ResultType } from './object-type.ts'

const words = {
  label: { zh: '请填写名称，最多 60 个字', en: 'Give a name of at most 60 characters' },
  choices: { zh: '请给出选项，名称和代码不能重复', en: 'Give choices; none may stand there twice' },
  to: { zh: '请选择关联的对象', en: 'Choose the object it refers to' },
  unique: { zh: '这种字段不能要求唯一', en: 'Fields of this type cannot be unique' },
  bounds: { zh: '最小值大于最大值', en: 'The least is more than the most' },
  numbering: { zh: '编号格式如 HT-{YYYY}-{0000}', en: 'Write a numbering such as HT-{YYYY}-{0000}' },
  formula: { zh: '请填写公式', en: 'Give a formula' },
  circle: { zh: '公式互相引用，成了循环：{fields}', en: 'The formulas refer to each other in a circle: {fields}' },
  large: {
    zh: '公式连同它引用的公式太大，请拆开或简化',
    en: 'The formula is too large together with the formulas it uses',
  },
  rollup: { zh: '找不到要汇总的下级记录', en: 'There are no such records to add up' },
  measure: { zh: '这个字段不能这样汇总', en: 'This field cannot be aggregated like that' },
  own: { zh: '条件只能用这条记录自己的字段', en: 'The condition may name only fields of the record itself' },
  looker: { zh: '这里的条件不能取决于谁在看', en: 'This condition may not depend on who looks' },
  layout: { zh: '布局里的字段“{field}”不存在或重复', en: 'The layout names “{field}” twice, or it is no field' },
  recordType: { zh: '记录类型必须是一个单选字段', en: 'The record type must be a field with choices' },
  always: { zh: '请给出条件；没有条件会拒绝所有记录', en: 'Give a condition; without one every record is refused' },
  ruleField: { zh: '没有这个字段', en: 'There is no such field' },
  typed: { zh: '这种字段不能由人添加', en: 'Fields of this type cannot be added' },
  compares: { zh: '请选择要比较的字段，每个字段一次', en: 'Choose the fields to compare, each once' },
  way: { zh: '字段“{field}”不能这样比较', en: '“{fieldEn}” cannot be compared like that' },
  fuzzy: {
    zh: '一条规则只能有一个字段按“名称相近”比较',
    en: 'Only one field of a rule can be compared as similar names',
  },
} satisfies Record<string, Label>

/** What does not hold in one custom field, rule or layout. `at`: key of the object, dot, key of the field or rule. */
export interface ShapeFault extends FieldFault {
  readonly at: string
}

/**
 * Checks everything that a company added, as it would stand together: so that no change, and no deletion, leaves a
 * formula, roll-up, rule or layout behind that refers to something which is gone.
 */
export function checkShape(catalogue: Catalogue): readonly ShapeFault[] {
  return catalogue
    .all()
    .flatMap((object) => [
      ...(object.custom ? at(object, 'label', objectLabelFaults(object)) : []),
      ...object.fields
        .filter((field) => field.custom)
        .flatMap((field) => at(object, field.key, faultsOfField(field, object, catalogue))),
      ...(object.rules ?? []).flatMap((rule) =>
        at(object, rule.id, [
          ...labelFaults(rule.name, 'name'),
          ...labelFaults(rule.message, 'message', 200),
          ...(alwaysSays(rule.refuses) === true ? [fault('refuses', 'always')] : []),
          ...conditionFaults(rule.refuses, object, catalogue, 'refuses'),
          ...(rule.field === undefined || object.fields.some(({ key }) => key === rule.field)
            ? []
            : [fault('field', 'ruleField')]),
        ]),
      ),
      ...(object.duplicates ?? []).flatMap((rule) => at(object, rule.id, duplicateFaults(rule, object))),
      ...at(object, 'layouts', layoutFaults(object)),
    ])
}

function at(object: ObjectType, part: string, faults: readonly FieldFault[]): readonly ShapeFault[] {
  return faults.map((fault) => ({ ...fault, at: `${object.key}.${part}` }))
}

function fault(field: string, code: keyof typeof words, params?: FieldFault['params']): FieldFault {
  return { field, code, label: words[code], ...(params ? { params } : {}) }
}

const objectLabelFaults = ({ label, labelOfMany }: ObjectType) => [
  ...labelFaults(label, 'label'),
  ...labelFaults(labelOfMany, 'labelOfMany'),
]

function labelFaults(label: Label, field: string, most = 60): readonly FieldFault[] {
  const isFine = [label.zh, label.en].every((text) => text.trim() !== '' && text.length <= most)
  return isFine ? [] : [fault(field, 'label')]
}

function faultsOfField(field: Field, object: ObjectType, catalogue: Catalogue): readonly FieldFault[] {
  const found = [...labelFaults(field.label, 'label')]
  if (field.type === 'credits') found.push(fault('type', 'typed'))
  if (field.unique && !mayBeUnique(field)) found.push(fault('unique', 'unique'))
  if (field.min !== undefined && field.max !== undefined && Number(field.min) > Number(field.max)) {
    found.push(fault('min', 'bounds'))
  }
  if (field.type === 'choice' || field.type === 'multi_choice') found.push(...choiceFaults(field))
  if ((field.type === 'reference' || field.type === 'multi_reference') && !catalogue.find(field.to ?? '')) {
    found.push(fault('to', 'to'))
  }
  if (field.type === 'auto_number' && !isNumbering(field.numbering ?? '')) found.push(fault('numbering', 'numbering'))
  if (field.type === 'formula') found.push(...formulaFaults(field, object, catalogue))
  if (field.type === 'rollup') found.push(...rollupFaults(field, object, catalogue))
  for (const part of ['requiredIf', 'visibleIf'] as const) {
    const condition = field[part]
    if (condition) found.push(...ownConditionFaults(condition, object, catalogue, part))
  }
  return found
}

function choiceFaults({ choices = [] }: Field): readonly FieldFault[] {
  const keys = new Set(choices.map((choice) => choice.key))
  const names = new Set(choices.map((choice) => choice.label.zh))
  const isFine =
    choices.some((choice) => !choice.retired) && keys.size === choices.length && names.size === choices.length
  if (!isFine || choices.length > 500) return [fault('choices', 'choices')]
  return choices.flatMap((choice) => labelFaults(choice.label, 'choices'))
}

const plainTypes: Readonly<Record<ResultType, ValueType>> = {
  text: 'text',
  number: 'number',
  money: 'number',
  percent: 'number',
  date: 'date',
  yes_no: 'yes_no',
}

function formulaFaults(field: Field, object: ObjectType, catalogue: Catalogue): readonly FieldFault[] {
  if (!field.formula) return [fault('formula', 'formula')]
  const typeOf = (path: string): ValueType | undefined => {
    const read = fieldAt(path, object, catalogue)
    return read && typeInFormula(read)
  }
  try {
    checkFormula(field.formula.expression, typeOf, plainTypes[field.formula.result])
  } catch (error) {
    if (error instanceof FormulaError) return [{ field: 'formula', ...error.fault }]
    throw error
  }
  const circle = circleFrom(`${object.key}.${field.key}`, [], { field, object }, catalogue)
  if (circle) return [fault('formula', 'circle', { fields: circle.join(' → ') })]
  return sizeOf({ field, object }, largestExpanded, catalogue) > largestExpanded ? [fault('formula', 'large')] : []
}

/** The most fields that a formula may read, those of the formulas in it counted wherever these stand. */
const largestExpanded = 1000

/** How many fields are read when a formula is worked out; counted no further than past `most`. */
function sizeOf({ field, object }: Place, most: number, catalogue: Catalogue): number {
  let size = 1
  for (const path of field.formula ? pathsIn(field.formula.expression) : []) {
    const [formula] = placeAt(path, object, catalogue).filter((place) => place.field.formula)
    size += formula ? sizeOf(formula, most - size, catalogue) : 1
    if (size > most) break
  }
  return size
}

interface Place {
  readonly field: Field
  readonly object: ObjectType
}

/** The way back to a formula that is reached from itself, through other formulas and roll-ups. */
function circleFrom(
  start: string,
  way: readonly string[],
  place: Place,
  catalogue: Catalogue,
): readonly string[] | undefined {
  const here = `${place.object.key}.${place.field.key}`
  if (way.includes(here)) return here === start ? [...way, here] : undefined
  for (const next of readBy(place, catalogue)) {
    const found = circleFrom(start, [...way, here], next, catalogue)
    if (found) return found
  }
  return undefined
}

function readBy({ field, object }: Place, catalogue: Catalogue): readonly Place[] {
  if (field.formula)
    return [...new Set(pathsIn(field.formula.expression))].flatMap((path) => placeAt(path, object, catalogue))
  const child = field.rollup && catalogue.find(field.rollup.of)
  if (!field.rollup || !child) return []
  const paths = [field.rollup.field, ...(field.rollup.where ? fieldsOfFilter(field.rollup.where) : [])]
  return paths.flatMap((path) => (path === undefined ? [] : placeAt(path, child, catalogue)))
}

function pathsIn(expression: string): readonly string[] {
  try {
    return fieldsIn(parseFormula(expression))
  } catch {
    return []
  }
}

function placeAt(path: string, object: ObjectType, catalogue: Catalogue): readonly Place[] {
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let here: ObjectType | undefined = object
  for (const key of keys) here = catalogue.find(here?.fields.find((field) => field.key === key)?.to ?? '')
  const field = here?.fields.find((candidate) => candidate.key === last)
  return here && field && isComputed(field) ? [{ field, object: here }] : []
}

function fieldsOfFilter(filter: Filter): readonly string[] {
  if ('and' in filter) return filter.and.flatMap(fieldsOfFilter)
  if ('or' in filter) return filter.or.flatMap(fieldsOfFilter)
  if ('not' in filter) return fieldsOfFilter(filter.not)
  return 'children' in filter ? [] : [filter.field]
}

function rollupFaults({ rollup }: Field, object: ObjectType, catalogue: Catalogue): readonly FieldFault[] {
  const child = rollup && catalogue.find(rollup.of)
  if (!child?.fields.some((field) => field.key === rollup?.via && field.to === object.key && !isList(field))) {
    return [fault('rollup', 'rollup')]
  }
  const measured = rollup?.field === undefined ? undefined : child.fields.find((field) => field.key === rollup.field)
  const { aggregate, result, where } = rollup ?? { aggregate: 'count', result: 'number' }
  const isFine =
    aggregate === 'count' ? rollup?.field === undefined : measured !== undefined && isMeasured(measured, aggregate)
  const isDate = measured !== undefined && valueTypeOf(measured) === 'date'
  if (!isFine || (result === 'date') !== isDate || result === 'text' || result === 'yes_no') {
    return [fault('rollup', 'measure')]
  }
  return where ? conditionFaults(where, child, catalogue, 'rollup') : []
}

/** A condition that means the same whoever looks. */
function conditionFaults(
  filter: Filter,
  object: ObjectType,
  catalogue: Catalogue,
  part: string,
): readonly FieldFault[] {
  const faults = checkFilter(filter, object, catalogue)
  if (faults.length > 0) return faults.map((one) => ({ ...one, field: part }))
  return dependsOnLooker(filter) ? [fault(part, 'looker')] : []
}

/** What a condition says of every record, whatever stands in it; undefined where that depends on the record. */
function alwaysSays(filter: Filter): boolean | undefined {
  if ('not' in filter) {
    const said = alwaysSays(filter.not)
    return said === undefined ? undefined : !said
  }
  const isAnd = 'and' in filter
  const parts = isAnd ? filter.and : 'or' in filter ? filter.or : undefined
  if (!parts) return undefined
  const said = parts.map(alwaysSays)
  // One part decides: what never holds for all of them, what always holds for any of them.
  if (said.includes(!isAnd)) return !isAnd
  return said.every((one) => one === isAnd) ? isAnd : undefined
}

function dependsOnLooker(filter: Filter): boolean {
  if ('and' in filter) return filter.and.some(dependsOnLooker)
  if ('or' in filter) return filter.or.some(dependsOnLooker)
  if ('not' in filter) return dependsOnLooker(filter.not)
  if ('children' in filter) return filter.where !== undefined && dependsOnLooker(filter.where)
  const { value } = filter
  return typeof value === 'object' && value !== null && ('me' in value || 'unit' in value)
}

/** A condition that a form can decide while it is filled in. */
function ownConditionFaults(
  filter: Filter,
  object: ObjectType,
  catalogue: Catalogue,
  part: string,
): readonly FieldFault[] {
  const faults = conditionFaults(filter, object, catalogue, part)
  if (faults.length > 0) return faults
  const isOwn = (path: string) => {
    const field = object.fields.find((candidate) => candidate.key === path)
    return field !== undefined && !isComputed(field)
  }
  return hasChildren(filter) || !fieldsOfFilter(filter).every(isOwn) ? [fault(part, 'own')] : []
}

function hasChildren(filter: Filter): boolean {
  if ('and' in filter) return filter.and.some(hasChildren)
  if ('or' in filter) return filter.or.some(hasChildren)
  return 'not' in filter ? hasChildren(filter.not) : 'children' in filter
}

function duplicateFaults({ name, compares }: DuplicateRule, object: ObjectType): readonly FieldFault[] {
  const found = [...labelFaults(name, 'name')]
  if (compares.length === 0 || new Set(compares.map(({ field }) => field)).size < compares.length) {
    found.push(fault('compares', 'compares'))
  }
  if (compares.filter(({ way }) => way === 'fuzzy').length > 1) found.push(fault('compares', 'fuzzy'))
  for (const { field: key, way } of compares) {
    const field = object.fields.find((candidate) => candidate.key === key)
    if (field && waysFor(field).includes(way)) continue
    found.push(fault('compares', 'way', { field: field?.label.zh ?? key, fieldEn: field?.label.en ?? key }))
  }
  return found
}

/** What does not hold in the layouts of an object as they were given. */
export function layoutFaults({
  layouts = [],
  fields,
  recordTypeField,
}: Pick<ObjectType, 'layouts' | 'fields' | 'recordTypeField'>): readonly FieldFault[] {
  const found: FieldFault[] = []
  const known = new Set(fields.map((field) => field.key))
  for (const layout of layouts) {
    const seen = new Set<string>()
    for (const section of layout.sections) {
      found.push(...labelFaults(section.label, 'layouts'))
      for (const key of section.fields) {
        if (!known.has(key) || seen.has(key)) found.push(fault('layouts', 'layout', { field: key }))
        seen.add(key)
      }
    }
  }
  const type = fields.find((field) => field.key === recordTypeField)
  if (recordTypeField !== undefined && type?.type !== 'choice') found.push(fault('recordTypeField', 'recordType'))
  return found
}
