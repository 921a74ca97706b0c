import { sql } from 'kysely'
import type { FieldFault } from '#base/errors.ts'
import type { Field } from '#engine/model/object-type.ts'
import { fault } from '#engine/transfer/faults.ts'
import { mayAct } from '#platform/records/scope.ts'
import { importOrg, manageAccess } from '../permissions.ts'
import type { Step } from '#platform/db/step.ts'
import type { ImportTarget, TargetResult, TargetRow } from '#platform/transfer/target.ts'
import { registerImportTarget } from '#platform/transfer/targets.ts'
import { structures, type Structure } from './structure-store.ts'
import { beginIfNew } from './structures.ts'
import { ensureHeads, ensurePeople, ensureUnits, pathKey, type EnsuredPerson, type UnitPath } from './ensure-org.ts'

const levels = [1, 2, 3, 4, 5, 6] as const

// prettier-ignore
const fields: readonly Field[] = [
  { key: 'unit', type: 'text', maxLength: 600, label: { zh: '组织路径', en: 'Unit path' }, help: { zh: '自上而下，用“/”分开：东区 / 一队', en: 'From the top down, divided by “/”: East / Team 1' }, aliases: ['部门', '所属部门', '组织', '团队', 'unit', 'team', 'department', 'path'] },
  ...levels.map((level): Field => ({ key: `level${level}`, type: 'text', label: { zh: `第 ${level} 级组织`, en: `Unit of level ${level}` }, help: { zh: '代替组织路径：每级一列', en: 'Instead of the path: one column per level' }, aliases: aliasesOf(level) })),
  { key: 'structure', type: 'text', label: { zh: '组织结构', en: 'Structure' }, help: { zh: '空着：默认结构。否则写已有结构的名称，例如 区域、产品线', en: 'Empty: the default one. Else the name of a structure, such as Regions' }, aliases: ['结构', 'org structure'] },
  { key: 'head', type: 'text', label: { zh: '负责人', en: 'Head' }, help: { zh: '这一行所属组织的负责人', en: 'Head of the unit of this row' }, aliases: ['主管', '经理', 'manager', '部门负责人'] },
  { key: 'name', type: 'text', label: { zh: '姓名', en: 'Name' }, aliases: ['员工', '人员', '销售', 'person', 'employee', 'sales_agent', 'agent'] },
  { key: 'employeeNo', type: 'text', label: { zh: '工号', en: 'Employee no.' }, aliases: ['员工编号', 'employee id', 'staff no'] },
  { key: 'email', type: 'email', label: { zh: '邮箱', en: 'E-mail' }, aliases: ['电子邮件', 'mail'] },
  { key: 'phone', type: 'phone', label: { zh: '手机', en: 'Phone' }, aliases: ['电话', 'mobile'] },
  { key: 'position', type: 'text', label: { zh: '职位', en: 'Position' }, aliases: ['岗位', 'job title'] },
  { key: 'from', type: 'date', label: { zh: '开始日期', en: 'From' }, help: { zh: '空着：新人从一开始就在这里，调动从今天起', en: 'Empty: new people have always stood here, movers from today' }, aliases: ['入职日期', '生效日期', 'start'] },
]

function aliasesOf(level: number): readonly string[] {
  if (level === 1) return ['大区', '区域', 'region', 'regional_office', '一级部门']
  if (level === 2) return ['分公司', '二级部门', 'branch']
  return level === 3 ? ['三级部门'] : []
}

/** Lets files bring units, heads and people. */
export function registerOrgImport(): void {
  registerImportTarget(orgImport)
}

const orgImport: ImportTarget = {
  object: 'org',
  label: { zh: '组织与人员', en: 'Organisation' },
  fields,
  title: 'name',
  keys: [],
  isAllowed: (ctx) => importOrg.every((permission) => mayAct(ctx, permission)),
  saveRows,
  ties: () => ({ asked: marksOf, brought: marksOf }),
}

/** Rows hang on each other by the unit and the people they name. */
function marksOf(row: TargetRow): readonly string[] {
  const { path, head, person } = readRow(row)
  const people = [head, person?.name, person?.employeeNo, person?.email]
  return [`unit ${path.join(' / ')}`, ...people.filter((name) => name).map((name) => `person ${name}`)]
}

interface OrgRow {
  readonly path: UnitPath
  readonly head: string | undefined
  readonly person: EnsuredPerson | undefined
  readonly faults: readonly FieldFault[]
}

/** Rows of one structure after those of another. */
async function saveRows(step: Step, rows: readonly TargetRow[]): Promise<readonly TargetResult[]> {
  const all = await structures(step.tx)
  const results = new Map<TargetRow, TargetResult>()
  for (const [name, group] of Map.groupBy(rows, ({ values }) => String(values['structure'] ?? '').trim())) {
    const structure = all.find((one) => isCalled(one, name))
    const saved = structure ? await saveIn(step, structure, group) : group.map(() => noStructure(name))
    group.forEach((row, at) => results.set(row, saved[at] ?? noStructure(name)))
  }
  return rows.map((row) => results.get(row) ?? noStructure(''))
}

function isCalled({ key, nameZh, nameEn, isDefault, closedOn }: Structure, name: string): boolean {
  if (name === '') return isDefault
  return (
    closedOn === null && [key, nameZh, nameEn.toLowerCase()].some((one) => [name, name.toLowerCase()].includes(one))
  )
}

const noStructure = (text: string): TargetResult => ({
  ok: false,
  faults: [{ field: 'structure', code: 'unknown', label: unknownStructure, params: { text } }],
})

const unknownStructure = {
  zh: '没有组织结构“{text}”，请先在组织页新建',
  en: 'There is no structure “{text}”; make it on the organisation page first',
}

/** Units first, then people where they stand, then heads: who leads a unit without a row of their own stands in it. */
async function saveIn(step: Step, structure: Structure, rows: readonly TargetRow[]): Promise<readonly TargetResult[]> {
  await beginIfNew(step, structure.id)
  const read = rows.map(readRow)
  const sound = read.filter((row) => row.faults.length === 0)
  const before = await standing(step, structure.id)
  const units = await ensureUnits(
    step,
    sound.map((row) => row.path),
    { structure: structure.key },
  )
  const unitOf = (row: OrgRow): string => units.idOf.get(pathKey(row.path)) ?? ''
  const named = sound.flatMap((row) => (row.person ? [{ row, person: { ...row.person, unitId: unitOf(row) } }] : []))
  const people = await ensurePeople(
    step,
    headsAsManagers(
      step,
      named.map(({ person }) => person),
      sound,
    ),
    structure.key,
  )
  const heads = await placeHeads(step, structure, sound, unitOf)
  const idOf = new Map(named.map(({ row }, at) => [row, people.ids[at]]))
  return read.map((row) => {
    if (row.faults.length > 0) return { ok: false, faults: row.faults }
    const personId = idOf.get(row)
    if (row.person && personId === undefined) return ambiguous('name', row.person.name)
    if (row.head !== undefined && heads.get(row.head) === undefined) return ambiguous('head', row.head)
    const unitId = unitOf(row)
    const id = personId ?? unitId
    const isNew = personId === undefined ? !before.units.has(unitId) : !before.unitOfPerson.has(personId)
    const hasMoved = personId !== undefined && before.unitOfPerson.get(personId) !== unitId
    return { ok: true, id, action: isNew ? 'created' : hasMoved ? 'updated' : 'unchanged' }
  })
}

function ambiguous(field: string, text: string): TargetResult {
  return { ok: false, faults: [fault(field, 'OWNER_AMBIGUOUS', { text, count: 2 })] }
}

function readRow({ values }: TargetRow): OrgRow {
  const text = (key: string): string => (typeof values[key] === 'string' ? values[key].trim() : '')
  const path = pathIn(text)
  const name = text('name')
  const faults: FieldFault[] = []
  if (path.length === 0) faults.push(fault('unit', 'REQUIRED'))
  if (name === '' && (text('email') !== '' || text('employeeNo') !== '')) faults.push(fault('name', 'REQUIRED'))
  const tooLong = [...path, name, text('head')].find((part) => part.length > 100)
  if (tooLong !== undefined) faults.push(fault(tooLong === name ? 'name' : 'unit', 'TOO_LONG', { most: 100 }))
  if (text('email') !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text('email'))) {
    faults.push(fault('email', 'NOT_AN_EMAIL', { text: text('email') }))
  }
  const person: EnsuredPerson = {
    name,
    employeeNo: text('employeeNo') || undefined,
    email: text('email') || undefined,
    phone: text('phone') || undefined,
    position: text('position') || undefined,
    from: text('from') || undefined,
  }
  return { path, head: text('head') || undefined, person: name === '' ? undefined : person, faults }
}

/** One column per level, or one with the whole path: `东区 / 一队`, `East > Team 1`. */
function pathIn(text: (key: string) => string): UnitPath {
  const byLevel = levels.map((level) => text(`level${level}`)).filter((name) => name !== '')
  if (byLevel.length > 0) return byLevel
  const unit = text('unit')
  const divider = / \/ /.test(unit) ? / \/ / : /\s*[/＞>›→\\]\s*/
  return unit
    .split(divider)
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/**
 * Who leads a unit needs to see what is below: new people who are named as heads come in as managers, if whoever imports
 * may give roles; else an administrator gives the role afterwards.
 */
function roleOfHeads({ ctx }: Step): Pick<EnsuredPerson, 'role'> {
  return mayAct(ctx, manageAccess) ? { role: 'manager' } : {}
}

function headsAsManagers(
  step: Step,
  people: readonly EnsuredPerson[],
  rows: readonly OrgRow[],
): readonly EnsuredPerson[] {
  const heads = new Set(rows.map((row) => row.head))
  return people.map((person) => (heads.has(person.name) ? { ...person, ...roleOfHeads(step) } : person))
}

/** Heads by name → person id; undefined where several people have the name. */
async function placeHeads(
  step: Step,
  structure: Structure,
  rows: readonly OrgRow[],
  unitOf: (row: OrgRow) => string,
): Promise<ReadonlyMap<string, string | undefined>> {
  const wanted = [...new Map(rows.flatMap((row) => (row.head ? [[unitOf(row), row.head] as const] : [])))]
  const known = await headsKnown(
    step,
    structure.id,
    wanted.map(([, head]) => head),
  )
  const people = await ensurePeople(
    step,
    wanted.map(([unitId, name]) => ({ name, ...roleOfHeads(step), ...(known.has(name) ? {} : { unitId }) })),
    structure.key,
  )
  const ids = wanted.map(([unitId, name], at) => ({ unitId, name, personId: people.ids[at] }))
  await ensureHeads(
    step,
    ids.flatMap(({ unitId, personId }) => (personId === undefined ? [] : [{ unitId, personId }])),
  )
  return new Map(ids.map(({ name, personId }) => [name, personId]))
}

/** Heads who stand somewhere already stay there. */
async function headsKnown(step: Step, structureId: string, names: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select distinct p.name from person p join assignment a on a.company_id = p.company_id and a.person_id = p.id
    where p.company_id = ${step.ctx.company.id} and p.name = any(${names}::text[])
      and a.structure_id = ${structureId} and a.to_day > ${step.ctx.today}::date`.execute(step.tx)
  return new Set(rows.map((row) => row.name))
}

/** Units and where people stand today, before this portion. */
async function standing(step: Step, structureId: string) {
  const company = step.ctx.company.id
  const units = await sql<{ id: string }>`select id from unit where company_id = ${company}`.execute(step.tx)
  const people = await sql<{ id: string; unitId: string | null }>`
    select p.id, a.unit_id as "unitId" from person p
    left join assignment a on a.company_id = p.company_id and a.person_id = p.id and a.structure_id = ${structureId} and a.is_main
      and a.from_day <= ${step.ctx.today}::date and a.to_day > ${step.ctx.today}::date
    where p.company_id = ${company}`.execute(step.tx)
  return {
    units: new Set(units.rows.map((row) => row.id)),
    unitOfPerson: new Map(people.rows.map((row) => [row.id, row.unitId])),
  }
}
