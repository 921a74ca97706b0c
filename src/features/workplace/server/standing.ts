import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import { readIdentifier } from '#platform/auth/identifier.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import type { WorkplaceDirectory, WorkplacePerson } from '#platform/workplace/index.ts'
import { orgToday } from '#features/org/server/index.ts'
import type { Colleague, Directory, Here } from '../sync-shapes.ts'
import type { KeptConnection } from './connection-store.ts'
import { allLinks } from './link-store.ts'

/** The department that stands for the whole company. */
const companyDepartments: Readonly<Record<WorkplaceBrand, string>> = { wecom: '1', dingtalk: '1', feishu: '0' }

/** The company as it stands now, as far as a sync has to know; undefined where the chosen unit is closed. */
export async function standingNow(tx: Tx, ctx: Ctx, { brand, unitId }: KeptConnection): Promise<Here | undefined> {
  const { units, people } = await orgToday(tx, ctx)
  const chosen = units.find(
    ({ id, parentId, isOpen }) => isOpen && (unitId === null ? parentId === null : id === unitId),
  )
  if (!chosen) return undefined
  const links = await allLinks(tx, ctx, brand)
  return { chosen, companyDepartment: companyDepartments[brand], units, people, ...links }
}

const mostOfName = 100
const mostOfShort = 60

/** What was read, in the form in which the company keeps such things; what it could not keep counts as not given. */
export function directoryOf({ departments, people }: WorkplaceDirectory): Directory {
  return {
    departments: departments.map(({ id, parentId, name, order }) => ({ id, parentId, order, name: named(name, id) })),
    people: people.map(colleagueOf),
  }
}

function colleagueOf(person: WorkplacePerson): Colleague {
  const { id, departmentIds, leads, isActive } = person
  return {
    ...{ id, departmentIds, leads, isActive },
    name: named(person.name, id),
    mobile: contact(person.mobile, 'phone'),
    email: contact(person.email, 'email'),
    employeeNumber: short(person.employeeNumber),
    position: short(person.position),
  }
}

const named = (name: string, id: string): string => cut(name, mostOfName) ?? id

const short = (text: string | null): string | null => cut(text, mostOfShort)

const cut = (text: string | null, most: number): string | null => text?.trim().slice(0, most).trim() || null

function contact(text: string | null, kind: 'email' | 'phone'): string | null {
  const identifier = text === null ? undefined : readIdentifier(text)
  return identifier?.kind === kind ? identifier.value : null
}
