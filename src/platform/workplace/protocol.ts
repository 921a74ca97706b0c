import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import { WorkplaceFault, type WorkplaceAdapter, type WorkplaceApp } from './adapter.ts'
import { patienceFor, type Clock } from './clock.ts'
import { putTogether, type FoundDepartment, type FoundPerson } from './put-together.ts'
import { speaker, type Manners, type Talk } from './speak.ts'

/** What an adapter has of its brand's own; the rest is the same for all. */
export interface Protocol {
  readonly brand: WorkplaceBrand
  readonly manners: Manners
  /** Codes that say of a department: there, but not for this app. */
  readonly hiddenCodes: readonly string[]
  readonly signInUrl: WorkplaceAdapter['signInUrl']
  /** Whom a code means: the person's id. */
  identify(talk: Talk, app: WorkplaceApp, code: string): Promise<string>
  /** The root and everything below; null: all that the app may see. */
  readDepartments(talk: Talk, app: WorkplaceApp, root: string | null): Promise<readonly FoundDepartment[]>
  /** Those who stand in the department itself. */
  readPeople(talk: Talk, app: WorkplaceApp, departmentId: string): Promise<readonly FoundPerson[]>
}

/** A sync may take its time; somebody who signs in is waiting. */
const reading = { mostMs: 180_000, repeats: 2 } as const
const signingIn = { mostMs: 8000, repeats: 0 } as const

/** The adapter of a brand, from its protocol. */
export function adapterOf(protocol: Protocol, clock: Clock): WorkplaceAdapter {
  const speak = speaker(protocol.manners, clock)
  return {
    brand: protocol.brand,
    signInUrl: protocol.signInUrl,
    identify: async (app, answer) => {
      const code = answer.get('authCode') ?? answer.get('code')
      if (code === null || code === '') throw new WorkplaceFault('code', 'missing')
      return { id: await protocol.identify(speak(app, patienceFor(clock, signingIn)), app, code) }
    },
    readDirectory: async (app, { root, onProgress }) => {
      const talk = speak(app, patienceFor(clock, reading))
      const departments = await departmentsFrom(protocol, talk, app, root)
      const found: FoundPerson[] = []
      const seen = new Set<string>()
      onProgress?.({ departments: departments.length, people: 0 })
      for (const { id } of departments) {
        for (const person of await peopleIn(protocol, talk, app, id)) {
          found.push(person)
          seen.add(person.id)
        }
        onProgress?.({ departments: departments.length, people: seen.size })
      }
      return putTogether(departments, found)
    },
  }
}

/** A department that an administrator chose and the app may not see is, to the app, not there. */
async function departmentsFrom(protocol: Protocol, talk: Talk, app: WorkplaceApp, root: string | null) {
  try {
    return await protocol.readDepartments(talk, app, root)
  } catch (fault) {
    if (!(fault instanceof WorkplaceFault) || root === null || !protocol.hiddenCodes.includes(fault.code)) throw fault
    throw new WorkplaceFault('no-such-department', fault.code, fault.detail)
  }
}

/** A department that went away while it was read says nothing about the one that the sync begins at. */
async function peopleIn(protocol: Protocol, talk: Talk, app: WorkplaceApp, departmentId: string) {
  try {
    return await protocol.readPeople(talk, app, departmentId)
  } catch (fault) {
    if (!(fault instanceof WorkplaceFault) || fault.problem !== 'no-such-department') throw fault
    throw new WorkplaceFault('unexpected', fault.code, `${departmentId} ${fault.detail}`)
  }
}

/** An address of the brand, or of the private installation in its place. */
export function addressAt({ server }: WorkplaceApp, home: string, path: string): string {
  const origin = server ?? home
  if (!URL.canParse(origin)) throw new WorkplaceFault('unreachable', 'malformed', origin)
  return new URL(path, origin).href
}

export function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

/** Null where they leave a field empty or out. */
export function filled(...values: readonly (string | null | undefined)[]): string | null {
  return values.map((value) => value?.trim() ?? '').find((value) => value !== '') ?? null
}
