import type { Label } from '#base/label.ts'
import { periodsTogether, type Counting, type PeriodRule } from '#engine/metrics/plan-rule.ts'
import { exact, plain, readDecimal } from '#engine/money/decimal.ts'
import { isWhole } from '#engine/money/units.ts'
import { isTooHigh } from './too-high.ts'

/** A row of the plan as sheets name it. */
export interface SheetRow {
  readonly id: string
  readonly kind: 'unit' | 'person'
  readonly name: string
  readonly parentId: string | null
  readonly months: readonly string[]
}

export interface SheetMonth {
  readonly key: string
  readonly label: Label
}

/** A cell or row that could not be used; row 1 is the header. */
export interface SheetFault {
  readonly row: number
  readonly column: string
  readonly text: string
  readonly code:
    'unknown-row' | 'ambiguous-row' | 'not-a-number' | 'negative' | 'too-fine' | 'too-high' | 'twice' | 'no-months'
}

export interface SheetCells {
  /** Values by row of the plan; null where the sheet says nothing. */
  readonly cells: ReadonlyMap<string, readonly (string | null)[]>
  readonly faults: readonly SheetFault[]
}

const columns = {
  path: { zh: '单位', en: 'Unit' },
  person: { zh: '姓名', en: 'Person' },
} satisfies Record<string, Label>

/** What the year is made of, at the head of its column. */
export const yearColumns: Readonly<Record<PeriodRule, Label>> = {
  sum: { zh: '全年', en: 'Year' },
  last: { zh: '全年（期末）', en: 'Year (last)' },
  average: { zh: '全年（平均）', en: 'Year (average)' },
  largest: { zh: '全年（最大）', en: 'Year (largest)' },
}

const separator = ' / '

/** The usual wide sheet: unit path, person, the months of the year, year. Units are rows without a person. */
export function writeSheet(
  rows: readonly SheetRow[],
  months: readonly SheetMonth[],
  counting: Counting,
  language: 'zh' | 'en',
): { readonly header: string[]; readonly rows: string[][] } {
  const paths = pathsOf(rows)
  const header = [columns.path, columns.person, ...months.map(({ label }) => label), yearColumns[counting.rule.periods]]
  return {
    header: header.map((label) => label[language]),
    rows: rows.map((row) => [
      paths.get(row.kind === 'unit' ? row.id : (row.parentId ?? '')) ?? '',
      row.kind === 'person' ? row.name : '',
      ...row.months,
      periodsTogether(row.months, counting),
    ]),
  }
}

/**
 * Reads such a sheet, also one that people made: columns are found by their header (months as `1月`, `2017年1月`, `Jan`,
 * `2017-01`, `M01`, or by number), rows by path and name, or by name alone where only one row bears it.
 */
export function readSheet(
  sheet: readonly (readonly string[])[],
  rows: readonly SheetRow[],
  months: readonly SheetMonth[],
  counting: Counting,
): SheetCells {
  const [header = [], ...lines] = sheet
  const place = placeColumns(header, months)
  const faults: SheetFault[] = []
  if (place.months.every((at) => at === undefined)) {
    return { cells: new Map(), faults: [{ row: 1, column: '', text: header.join(' '), code: 'no-months' }] }
  }
  const find = finderOf(rows)
  const cells = new Map<string, (string | null)[]>()
  lines.forEach((line, at) => {
    const row = at + 2
    if (line.every((cell) => cell.trim() === '')) return
    const name = [place.path, place.person].map((column) => (column === undefined ? '' : (line[column] ?? '').trim()))
    const found = find(name[0] ?? '', name[1] ?? '')
    if (typeof found === 'string') {
      faults.push({ row, column: '', text: name.filter((part) => part !== '').join(separator), code: found })
      return
    }
    if (cells.has(found.id)) faults.push({ row, column: '', text: found.name, code: 'twice' })
    const values = place.months.map((column) => {
      if (column === undefined) return null
      const text = line[column] ?? ''
      const value = readCell(text, counting)
      if (value !== null && 'code' in value) faults.push({ row, column: header[column] ?? '', text, code: value.code })
      return value !== null && 'value' in value ? value.value : null
    })
    cells.set(found.id, values)
  })
  return { cells, faults }
}

function readCell(text: string, counting: Counting): { value: string } | { code: SheetFault['code'] } | null {
  if (text.trim() === '' || /^[-—–]$/.test(text.trim())) return null
  const value = readAmountText(text)
  if (value === null) return { code: 'not-a-number' }
  if (value.startsWith('-')) return { code: 'negative' }
  if (!isWhole(value, counting.unit)) return { code: 'too-fine' }
  return isTooHigh(value, counting) ? { code: 'too-high' } : { value }
}

/** A number as people write it; `35%` is 0.35. */
export function readAmountText(text: string): string | null {
  const isPercent = /[%％]\s*$/.test(text)
  const read = readDecimal(isPercent ? text.replace(/[%％]\s*$/, '') : text)
  if (!read.ok) return null
  return isPercent ? plain(exact(read.value).div(100)) : read.value
}

function placeColumns(header: readonly string[], months: readonly SheetMonth[]) {
  const names = header.map(fold)
  const at = (wanted: readonly string[]) => {
    const found = names.findIndex((name) => wanted.includes(name))
    return found < 0 ? undefined : found
  }
  return {
    path: at(['单位', '部门', '团队', '组织', '大区', 'unit', 'team', 'department', 'path']),
    person: at(['姓名', '人员', '销售', '员工', 'person', 'name', 'salesagent', 'agent', 'owner']),
    months: months.map((month, index) => at(namesOfMonth(month, index))),
  }
}

const englishMonths = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const longMonths = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august']
const longRest = ['september', 'october', 'november', 'december']

/** What people call a fiscal month: by its label, its key, its calendar month, or its number in the fiscal year. */
function namesOfMonth({ key, label }: SheetMonth, index: number): string[] {
  const calendar = Number(/(\d+)月/.exec(label.zh)?.[1] ?? index + 1)
  const year = /^(\d{4})年/.exec(label.zh)?.[1] ?? ''
  const padded = String(calendar).padStart(2, '0')
  const short = englishMonths[calendar - 1] ?? ''
  const long = [...longMonths, ...longRest][calendar - 1] ?? ''
  return [
    key,
    label.zh,
    label.en,
    `${calendar}月`,
    `${year}-${padded}`,
    `${year}/${padded}`,
    `m${index + 1}`,
    `m0${index + 1}`,
    short,
    long,
    String(calendar),
  ].map(fold)
}

/** Rows by path and name; a string says why there is none. */
function finderOf(
  rows: readonly SheetRow[],
): (path: string, person: string) => SheetRow | 'unknown-row' | 'ambiguous-row' {
  const paths = pathsOf(rows)
  const known = new Map<string, SheetRow[]>()
  const remember = (key: string, row: SheetRow) => known.set(key, [...(known.get(key) ?? []), row])
  for (const row of rows) {
    const unit = row.kind === 'unit' ? row.id : (row.parentId ?? '')
    const path = paths.get(unit) ?? ''
    const last = path.split(separator).at(-1) ?? ''
    const person = row.kind === 'person' ? row.name : ''
    for (const key of new Set([
      `${path}|${person}`,
      `${last}|${person}`,
      row.kind === 'person' ? `|${person}` : `|${last}`,
    ])) {
      remember(fold(key), row)
    }
  }
  return (path, person) => {
    const found = known.get(fold(`${tidyPath(path)}|${person}`)) ?? []
    if (found.length > 1) return 'ambiguous-row'
    return found[0] ?? 'unknown-row'
  }
}

function pathsOf(rows: readonly SheetRow[]): Map<string, string> {
  const paths = new Map<string, string>()
  for (const { id, kind, name, parentId } of rows) {
    if (kind !== 'unit') continue
    const above = parentId === null ? undefined : paths.get(parentId)
    paths.set(id, above === undefined ? name : above + separator + name)
  }
  return paths
}

function tidyPath(path: string): string {
  return path
    .split(/[/／>＞]/)
    .map((part) => part.trim())
    .join(separator)
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[\s_]/g, '')
}
