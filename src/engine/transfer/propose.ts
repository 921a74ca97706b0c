import type { Field } from '#engine/model/object-type.ts'
import { fold, withoutBareUnit, withoutBrackets } from './fold.ts'
import { mappingSchema, type Mapping, type Target } from './mapping.ts'
import { scaleOf } from './read-amount.ts'
import { dateOrderOf } from './read-date.ts'

const nameEndings = ['名称', '名', '姓名', 'name', 'title']
const codeEndings = ['编号', '编码', '代码', '号', 'code', 'id', 'no', 'number']

/** Header → fields that people chose for it in earlier imports of the object. */
export type Remembered = Readonly<Record<string, string | readonly string[]>>

/**
 * The mapping that headers suggest: by key, by either language's label, by alias, by what was remembered from
 * earlier files; units in headers become scales, days beyond twelve settle the order of dates. `given` are columns that
 * are known otherwise: they go before names, and names then count only as they are written.
 */
export function proposeMapping(
  target: Target,
  headers: readonly string[],
  samples: readonly (readonly string[])[],
  remembered: Remembered = {},
  given?: Readonly<Record<string, readonly string[]>>,
): Mapping {
  const taken = new Set<string>()
  const columns: Record<string, string | string[]> = {}
  const ways = [
    (header: string) => fromMemory(header, target, remembered),
    (header: string) => known(given?.[header] ?? [], target),
    (header: string) => byName(header, target, 1),
    ...(given
      ? []
      : [(header: string) => byName(header, target, 2), (header: string) => byName(lower(header), target, 2)]),
  ]
  for (const found of ways) {
    for (const header of headers) {
      if (columns[header] !== undefined) continue
      const free = found(header).filter((key) => !taken.has(key))
      if (free.length === 0) continue
      free.forEach((key) => taken.add(key))
      const [only] = free
      columns[header] = free.length === 1 && only !== undefined ? only : free
    }
  }
  const key = target.keys.find((one) => tells(one, target) && isFilled(one, target, columns, headers, samples))
  return mappingSchema.parse({
    object: target.object,
    mode: key ? 'upsert' : 'create',
    ...(key ? { upsertKey: key } : {}),
    columns,
    ...hintsFrom(target, columns, headers, samples),
  })
}

/** Of what belongs to something else several have one name: 王伟 of one customer is not 王伟 of another. */
function tells(key: string, { title, namesRepeat = false }: Target): boolean {
  return key !== title || !namesRepeat
}

/**
 * Whether a column brings the key in every sample: a template has columns that people leave empty. Numbers that the
 * system gives are missing in rows of new records, and rows without what is required are refused anyhow.
 */
export function isFilled(
  key: string,
  target: Pick<Target, 'fields'>,
  columns: Mapping['columns'],
  headers: readonly string[],
  samples: readonly (readonly string[])[],
): boolean {
  const at = headers.findIndex((header) => [columns[header] ?? []].flat().includes(key))
  if (at < 0) return false
  if (samples.length === 0) return true
  const filled = samples.filter((cells) => (cells[at] ?? '').trim() !== '').length
  const field = target.fields.find((one) => one.key === key)
  return field?.type === 'auto_number' || field?.required ? filled > 0 : filled === samples.length
}

function fromMemory(header: string, target: Target, remembered: Remembered): readonly string[] {
  return known([remembered[header] ?? remembered[fold(header)] ?? []].flat(), target)
}

function known(keys: readonly string[], target: Target): readonly string[] {
  return keys.filter((key) => target.fields.some((field) => field.key === key))
}

function byName(header: string, target: Target, exactness: number): string[] {
  const spellings = exactness === 1 ? [fold(header)] : looser(header)
  const found = target.fields.find((field) =>
    namesOf(field, target, exactness).some((name) => spellings.includes(fold(name))),
  )
  return found ? [found.key] : []
}

/** Of a header of two lines, `基本信息 客户名称`, the lower one; its upper one stands over several columns. */
function lower(header: string): string {
  return /\s(\S*\p{Script=Han}\S*)$/u.exec(header.trim())?.[1] ?? ''
}

/** `客户名称*（必填）` and `account_name` are tried without hint and ending. */
function looser(header: string): string[] {
  const bare = fold(withoutBareUnit(withoutBrackets(header)))
  const shorter = [...nameEndings, ...codeEndings]
    .filter((ending) => bare.endsWith(ending) && bare.length > ending.length)
    .map((ending) => bare.slice(0, -ending.length))
  return [bare, ...shorter].filter((spelling) => spelling !== '')
}

function namesOf(field: Field, target: Target, exactness: number): readonly string[] {
  const own = [field.key, field.key.replace(/Id$/, ''), field.label.zh, field.label.en, ...(field.aliases ?? [])]
  if (exactness === 1) return own
  const object = [target.object, target.label.zh, target.label.en]
  if (field.key === target.title)
    return [...own, ...object.flatMap((name) => [name, ...nameEndings.map((end) => name + end)])]
  if (field.key === 'code') return [...own, ...object.flatMap((name) => codeEndings.map((end) => name + end))]
  return own
}

function hintsFrom(
  target: Target,
  columns: Readonly<Record<string, string | readonly string[]>>,
  headers: readonly string[],
  samples: readonly (readonly string[])[],
): { scales: Record<string, string>; dates: Record<string, string> } {
  const scales: Record<string, string> = {}
  const dates: Record<string, string> = {}
  headers.forEach((header, at) => {
    for (const key of [columns[header] ?? []].flat()) {
      const field = target.fields.find((one) => one.key === key)
      const scale = field && ['number', 'money'].includes(field.type) ? scaleOf(header) : undefined
      if (scale) scales[key] = scale
      const order =
        field && ['date', 'date_time'].includes(field.type)
          ? dateOrderOf(samples.map((row) => row[at] ?? ''))
          : undefined
      if (order) dates[key] = order
    }
  })
  return { scales, dates }
}
