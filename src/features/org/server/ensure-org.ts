import { sql } from 'kysely'
import type { Day } from '#engine/calendar/day.ts'
import { readIdentifier } from '#platform/auth/identifier.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step } from '#platform/db/step.ts'
import { beginning, end } from '../span.ts'
import { assignInStep } from './assign.ts'
import { tiersOf } from './company-store.ts'
import { refuseOrphans } from './change-units.ts'
import { keepPeopleSearched } from './person-search.ts'
import { rewriteCreditSpans } from './credit-span-store.ts'
import { openOrg, structureOf, type Structure } from './structure-store.ts'
import { unitsOn } from './tree.ts'

/** Names from below the top downwards; the top's own name may lead. */
export type UnitPath = readonly string[]

/** How a path is written in one line; names with a slash stay whole, because paths are lists. */
export function pathKey(path: UnitPath): string {
  return path.join('\u0000')
}

export interface EnsuredUnits {
  /** Unit id by `pathKey`, for every wanted path; the empty path is the top. */
  readonly idOf: ReadonlyMap<string, string>
  readonly created: number
}

/**
 * Makes the units of these paths that are missing today, as old as time, all at once. Paths that exist are left alone,
 * so that doing it twice changes nothing.
 */
export async function ensureUnits(
  step: Step,
  paths: readonly UnitPath[],
  options: { readonly tiers?: readonly string[]; readonly structure?: string } = {},
): Promise<EnsuredUnits> {
  await openOrg(step)
  const structure = await structureOf(step.tx, options.structure)
  const { idOf, top } = await knownPaths(step, structure)
  const tiers = options.tiers ?? (await tiersOf(step.tx, step.ctx.company.id))
  const fresh: NewUnit[] = []
  for (const path of paths) addMissing(stripTop(path, top), { idOf, fresh, tiers })
  await insertUnits(step, structure, fresh)
  for (const unit of fresh) {
    step.audit({ object: 'unit', recordId: unit.id, action: 'created', before: null, after: unit })
    step.tell({ name: 'org.unit.created', payload: { unitId: unit.id, parentId: unit.parentId } })
  }
  for (const path of paths) idOf.set(pathKey(path), idOf.get(pathKey(stripTop(path, top))) ?? '')
  return { idOf, created: fresh.length }
}

interface NewUnit {
  readonly id: string
  readonly name: string
  readonly tier: string | null
  readonly parentId: string
}

interface Growing {
  readonly idOf: Map<string, string>
  readonly fresh: NewUnit[]
  readonly tiers: readonly string[]
}

function addMissing(path: UnitPath, growing: Growing): void {
  for (let depth = 1; depth <= path.length; depth++) {
    const key = pathKey(path.slice(0, depth))
    if (growing.idOf.has(key)) continue
    const parentId = growing.idOf.get(pathKey(path.slice(0, depth - 1)))
    const name = path[depth - 1]
    if (parentId === undefined || name === undefined) throw new Error('a path is made from the top down')
    const id = newId()
    growing.idOf.set(key, id)
    growing.fresh.push({ id, name, tier: growing.tiers[depth] ?? null, parentId })
  }
}

function stripTop(path: UnitPath, top: string): UnitPath {
  return path[0] === top ? path.slice(1) : path
}

async function knownPaths(step: Step, structure: Structure): Promise<{ idOf: Map<string, string>; top: string }> {
  const units = await unitsOn(step.tx, structure.id, step.ctx.today)
  const paths = new Map<string, UnitPath>()
  const idOf = new Map<string, string>()
  let top = step.ctx.company.name
  for (const unit of units) {
    const above = unit.parentId === null ? undefined : paths.get(unit.parentId)
    const path = above ? [...above, unit.name] : []
    if (!above) top = unit.name
    paths.set(unit.id, path)
    if (!idOf.has(pathKey(path))) idOf.set(pathKey(path), unit.id)
  }
  return { idOf, top }
}

async function insertUnits(step: Step, structure: Structure, units: readonly NewUnit[]): Promise<void> {
  if (units.length === 0) return
  const company = step.ctx.company.id
  const rows = JSON.stringify(units.map((unit) => ({ ...unit, parent_id: unit.parentId, place_id: newId() })))
  await sql`
    insert into unit (company_id, id, structure_id, name, tier)
    select ${company}, u.id, ${structure.id}, u.name, u.tier
    from jsonb_to_recordset(${rows}::jsonb) as u(id uuid, name text, tier text)
  `.execute(step.tx)
  await sql`
    insert into unit_parent (company_id, id, structure_id, unit_id, parent_id)
    select ${company}, u.place_id, ${structure.id}, u.id, u.parent_id
    from jsonb_to_recordset(${rows}::jsonb) as u(id uuid, place_id uuid, parent_id uuid)
  `.execute(step.tx)
}

/** A person as a file or a generator brings them. Found again by employee number, e-mail, else name. */
export interface EnsuredPerson {
  readonly name: string
  readonly employeeNo?: string | null | undefined
  readonly email?: string | null | undefined
  readonly phone?: string | null | undefined
  /** Only for people who are new: imports give nobody more rights. */
  readonly role?: string | undefined
  readonly unitId?: string | undefined
  readonly position?: string | null | undefined
  readonly repTier?: string | null | undefined
  /** First day in the unit; absent for a new person: since before all time; for a mover: today. */
  readonly from?: Day | undefined
}

export interface EnsuredPeople {
  /** Person id for each row, in the order of the rows; undefined where the name fits several people. */
  readonly ids: readonly (string | undefined)[]
  readonly created: number
  readonly moved: number
}

/**
 * Makes the people who are missing and puts everybody into the unit of the row. New people go in all at once; those
 * who stand elsewhere today move, which leaves their earlier days as they were. Doing it twice changes nothing. In the
 * default structure unless another is named by its key.
 */
export async function ensurePeople(
  step: Step,
  rows: readonly EnsuredPerson[],
  structureKey?: string,
): Promise<EnsuredPeople> {
  await openOrg(step)
  const structure = await structureOf(step.tx, structureKey)
  const known = await knownPeople(step, structure)
  const fresh = new Map<string, EnsuredPerson & { readonly id: string }>()
  const ids = rows.map((row) => {
    const found = known.find(row)
    if (found !== 'nobody') return found?.id
    const id = newId()
    const person = { ...row, id }
    fresh.set(id, person)
    known.add({
      id,
      name: row.name,
      employeeNo: row.employeeNo ?? null,
      email: row.email ?? null,
      unitId: row.unitId ?? null,
    })
    return id
  })
  await insertPeople(step, structure, [...fresh.values()])
  let moved = 0
  for (const [at, row] of rows.entries()) {
    const id = ids[at]
    if (id === undefined || fresh.has(id) || !row.unitId || known.unitOf(id) === row.unitId) continue
    const from = row.from ?? (known.unitOf(id) === null ? null : step.ctx.today)
    await assignInStep(step, { ...assignable(row), personId: id, unitId: row.unitId, from, later: 'keep' })
    known.moved(id, row.unitId)
    moved++
  }
  return { ids, created: fresh.size, moved }
}

/** Sets the heads of units, each of whom must stand in some unit. */
export async function ensureHeads(
  step: Step,
  heads: readonly { readonly unitId: string; readonly personId: string }[],
): Promise<void> {
  if (heads.length === 0) return
  await openOrg(step)
  const { rows } = await sql<{ id: string; head_id: string }>`
    update unit u set head_id = h.person_id, version = version + 1
    from jsonb_to_recordset(${JSON.stringify(heads.map((head) => ({ unit_id: head.unitId, person_id: head.personId })))}::jsonb)
      as h(unit_id uuid, person_id uuid)
    where u.id = h.unit_id and u.head_id is distinct from h.person_id
    returning u.id, u.head_id
  `.execute(step.tx)
  await refuseOrphans(
    step,
    heads.map((head) => head.personId),
    'headId',
  )
  for (const row of rows) {
    step.audit({ object: 'unit', recordId: row.id, action: 'updated', before: null, after: { headId: row.head_id } })
    step.tell({ name: 'org.unit.changed', payload: { unitId: row.id } })
  }
}

function assignable(row: EnsuredPerson) {
  return {
    ...(row.position === undefined ? {} : { position: row.position }),
    ...(row.repTier === undefined ? {} : { repTier: row.repTier }),
  }
}

interface Known {
  readonly id: string
  readonly name: string
  readonly employeeNo: string | null
  readonly email: string | null
  /** Of the main assignment today. */
  readonly unitId: string | null
}

async function knownPeople(step: Step, structure: Structure) {
  const { rows } = await sql<Known>`
    select p.id, p.name, p.employee_no as "employeeNo", p.email, a.unit_id as "unitId"
    from person p left join assignment a on a.person_id = p.id and a.structure_id = ${structure.id} and a.is_main
      and a.from_day <= ${step.ctx.today}::date and a.to_day > ${step.ctx.today}::date
  `.execute(step.tx)
  const units = new Map<string, string | null>()
  const byNumber = new Map<string, Known>()
  const byEmail = new Map<string, Known>()
  const byName = new Map<string, Known[]>()
  const add = (person: Known): void => {
    units.set(person.id, person.unitId)
    if (person.employeeNo) byNumber.set(person.employeeNo, person)
    if (person.email) byEmail.set(person.email.toLowerCase(), person)
    byName.set(person.name, [...(byName.get(person.name) ?? []), person])
  }
  rows.forEach(add)
  return {
    add,
    unitOf: (id: string) => units.get(id) ?? null,
    moved: (id: string, unitId: string) => void units.set(id, unitId),
    /** Undefined: several people of that name, so nobody can tell who is meant. */
    find(row: EnsuredPerson): Known | undefined | 'nobody' {
      const marked = byNumber.get(row.employeeNo ?? '') ?? byEmail.get(row.email?.toLowerCase() ?? '')
      if (marked || row.employeeNo || row.email) return marked ?? 'nobody'
      const named = byName.get(row.name) ?? []
      return named.length > 1 ? undefined : (named[0] ?? 'nobody')
    },
  }
}

/** As logins keep it, so that whoever came by a file can sign in by it; other numbers stay as they are written. */
function phoneOf({ phone }: EnsuredPerson): string | null {
  const identifier = readIdentifier(phone ?? '')
  return identifier?.kind === 'phone' ? identifier.value : phone || null
}

async function insertPeople(
  step: Step,
  structure: Structure,
  people: readonly (EnsuredPerson & { readonly id: string })[],
): Promise<void> {
  if (people.length === 0) return
  const company = step.ctx.company.id
  const rows = JSON.stringify(
    people.map((person) => ({
      id: person.id,
      name: person.name,
      employee_no: person.employeeNo || null,
      email: person.email?.toLowerCase() || null,
      phone: phoneOf(person),
      role: person.role ?? 'representative',
      assignment_id: newId(),
      unit_id: person.unitId ?? null,
      position: person.position ?? null,
      rep_tier: person.repTier ?? null,
      from_day: person.from ?? beginning,
    })),
  )
  await sql`
    insert into person (company_id, id, name, employee_no, email, phone, role)
    select ${company}, p.id, p.name, p.employee_no, p.email, p.phone, p.role
    from jsonb_to_recordset(${rows}::jsonb)
      as p(id uuid, name text, employee_no text, email text, phone text, role text)
  `.execute(step.tx)
  await sql`
    insert into assignment (company_id, id, structure_id, person_id, unit_id, position, rep_tier, from_day, to_day)
    select ${company}, p.assignment_id, ${structure.id}, p.id, p.unit_id, p.position, p.rep_tier, p.from_day, ${end}
    from jsonb_to_recordset(${rows}::jsonb)
      as p(id uuid, assignment_id uuid, unit_id uuid, position text, rep_tier text, from_day date)
    where p.unit_id is not null
  `.execute(step.tx)
  await rewriteCreditSpans(
    step,
    people.map((person) => person.id),
  )
  await keepPeopleSearched(
    step,
    people.map(({ id, name, employeeNo }) => ({
      before: null,
      after: { id, name, employeeNo: employeeNo || null, isActive: true },
    })),
  )
  for (const { id, ...after } of people) {
    step.audit({ object: 'person', recordId: id, action: 'created', before: null, after })
    step.tell({ name: 'org.person.added', payload: { personId: id } })
  }
}
