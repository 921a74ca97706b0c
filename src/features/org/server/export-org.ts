import { roleOf } from '#engine/policy/company-role.ts'
import ExcelJS from 'exceljs'
import { stringify } from 'csv-stringify/sync'
import { sql } from 'kysely'
import { inWords, type Label } from '#base/label.ts'
import type { Day } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Tx } from '#platform/db/step.ts'
import { openDay } from '../span.ts'
import { structureOf } from './structure-store.ts'
import { unitsOn } from './tree.ts'

/** The sheet's columns; the import recognises these names. */
const columns: readonly { readonly key: keyof Line; readonly label: Label; readonly width: number }[] = [
  { key: 'unit', label: { zh: '组织路径', en: 'Unit path' }, width: 36 },
  { key: 'code', label: { zh: '组织编号', en: 'Unit code' }, width: 12 },
  { key: 'tier', label: { zh: '层级', en: 'Tier' }, width: 12 },
  { key: 'head', label: { zh: '负责人', en: 'Head' }, width: 14 },
  { key: 'name', label: { zh: '姓名', en: 'Name' }, width: 14 },
  { key: 'employeeNo', label: { zh: '工号', en: 'Employee no.' }, width: 12 },
  { key: 'email', label: { zh: '邮箱', en: 'E-mail' }, width: 26 },
  { key: 'phone', label: { zh: '手机', en: 'Phone' }, width: 16 },
  { key: 'role', label: { zh: '角色', en: 'Role' }, width: 14 },
  { key: 'position', label: { zh: '职位', en: 'Position' }, width: 16 },
  { key: 'share', label: { zh: '工时%', en: 'Time %' }, width: 8 },
  { key: 'from', label: { zh: '开始日期', en: 'From' }, width: 12 },
  { key: 'to', label: { zh: '结束日期', en: 'To' }, width: 12 },
]

interface Line {
  readonly unit: string
  readonly code: string
  readonly tier: string
  readonly head: string
  readonly name: string
  readonly employeeNo: string
  readonly email: string
  readonly phone: string
  readonly role: string
  readonly position: string
  readonly share: string
  readonly from: string
  readonly to: string
}

export interface OrgFile {
  readonly name: string
  readonly type: string
  readonly content: Buffer
}

/** Units and people of a day as a sheet, one line per assignment; units without people have a line of their own. */
export async function exportOrg(
  ctx: Ctx,
  asked: { on?: Day | undefined; structure?: string | undefined; format: 'csv' | 'xlsx' },
): Promise<OrgFile> {
  const on = asked.on ?? ctx.today
  const lines = await inStep(
    ctx,
    async (step) => {
      step.audit({ object: 'company', recordId: ctx.company.id, action: 'exported', before: null, after: { on } })
      return linesOn(step.tx, ctx, on, asked.structure)
    },
    { kind: 'org.export' },
  )
  const header = columns.map((column) => inWords(column.label, ctx.language))
  const rows = lines.map((line) => columns.map((column) => line[column.key]))
  const name = `org-${on}.${asked.format}`
  if (asked.format === 'csv') {
    // The mark tells spreadsheets that the text is UTF-8; cells that look like formulas are quoted out.
    const text = stringify([header, ...rows], { bom: true, escape_formulas: true })
    return { name, type: 'text/csv; charset=utf-8', content: Buffer.from(text) }
  }
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { name, type, content: await toWorkbook(header, rows) }
}

interface Row {
  readonly unitId: string
  readonly name: string
  readonly employeeNo: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly role: string
  readonly position: string | null
  readonly share: string
  readonly from: Day
  readonly to: Day
}

async function linesOn(tx: Tx, ctx: Ctx, on: Day, key?: string): Promise<readonly Line[]> {
  const structure = await structureOf(tx, key)
  const units = await unitsOn(tx, structure.id, on)
  const { rows } = await sql<Row>`
    select a.unit_id as "unitId", p.name, p.employee_no as "employeeNo", p.email, p.phone, p.role, a.position,
      trim_scale(a.share) as share, a.from_day as from, a.to_day as to
    from assignment a join person p on p.id = a.person_id
    where a.structure_id = ${structure.id} and a.from_day <= ${on}::date and a.to_day > ${on}::date
    order by p.name, p.id
  `.execute(tx)
  const people = Map.groupBy(rows, (row) => row.unitId)
  const paths = new Map<string, string>()
  return units.flatMap((unit) => {
    const above = unit.parentId === null ? undefined : paths.get(unit.parentId)
    const path = above === undefined ? unit.name : `${above} / ${unit.name}`
    paths.set(unit.id, path)
    const base = { unit: path, code: unit.code ?? '', tier: unit.tier ?? '', head: unit.headName ?? '' }
    const members = people.get(unit.id) ?? []
    return members.length === 0
      ? [{ ...base, ...nobody }]
      : members.map((row) => ({ ...base, ...personCells(row, ctx) }))
  })
}

const nobody = { name: '', employeeNo: '', email: '', phone: '', role: '', position: '', share: '', from: '', to: '' }

function personCells(row: Row, ctx: Ctx): Omit<Line, 'unit' | 'code' | 'tier' | 'head'> {
  return {
    name: row.name,
    employeeNo: row.employeeNo ?? '',
    email: row.email ?? '',
    phone: row.phone ?? '',
    role: inWords(roleOf(ctx.company.roles, row.role).label, ctx.language),
    position: row.position ?? '',
    share: row.share,
    from: openDay(row.from) ?? '',
    to: openDay(row.to) ?? '',
  }
}

async function toWorkbook(header: readonly string[], rows: readonly (readonly string[])[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('org', { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = columns.map((column, at) => ({ header: header[at] ?? '', width: column.width }))
  sheet.getRow(1).font = { bold: true }
  sheet.addRows(rows.map((row) => [...row]))
  return Buffer.from(await book.xlsx.writeBuffer())
}
