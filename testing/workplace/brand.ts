import { randomUUID } from 'node:crypto'
import type { WorkplaceApp } from '#platform/workplace/adapter.ts'
import type { TestDepartment, TestDirectory, TestPerson } from './directory.ts'

/** One call as it came in. */
export interface WorkplaceCall {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Fields of the JSON body. */
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json: unknown
}

/** What a call is about. */
export type Part = 'token' | 'departments' | 'people' | 'sign-in'

/** Refusals that each brand words in its own way. */
export type BrandRefusal = 'rate' | 'ip' | 'scope' | 'busy' | 'stale'

/** What a brand knows while it runs. */
export interface State {
  readonly app: WorkplaceApp
  readonly directory: TestDirectory
  readonly tokens: Set<string>
  readonly expired: Set<string>
  /** Codes of sign-ins that are not spent, and whose they are. */
  readonly codes: Map<string, string>
  readonly userTokens: Map<string, string>
  /** Departments that the app may see with everything below; null: all. */
  sees: readonly string[] | null
  /** 飞书 forbids to ask for everything below a department that has too much below it. */
  isHuge: boolean
}

/** One brand's protocol, as its documentation has it. */
export interface TestBrand {
  readonly app: Omit<WorkplaceApp, 'server'>
  /** Name of the code in the answer of a sign-in. */
  readonly codeName: string
  readonly signInPath: string
  partOf(call: WorkplaceCall): Part | undefined
  refuse(how: BrandRefusal): Reply
  answer(state: State, call: WorkplaceCall): Reply
  /** Why the page of sign-in would not open; undefined: it does. */
  faultOfSignIn(state: State, query: URLSearchParams): string | undefined
}

export function newToken(state: State, prefix = ''): string {
  const token = `${prefix}${randomUUID()}`
  state.tokens.add(token)
  return token
}

/** Spends a code: whose it was. */
export function spendCode(state: State, code: unknown): string | undefined {
  if (typeof code !== 'string') return undefined
  const userId = state.codes.get(code)
  state.codes.delete(code)
  return userId
}

export const memberOf = ({ directory }: State, userId: string): TestPerson | undefined =>
  directory.people.find(({ id, isActive }) => id === userId && isActive)

export function departmentOf({ directory }: State, id: string): TestDepartment | undefined {
  return directory.departments.find((one) => one.id === id)
}

export function isVisible(state: State, id: string | null): boolean {
  if (state.sees === null) return true
  if (id === null) return false
  return state.sees.includes(id) || isVisible(state, departmentOf(state, id)?.parentId ?? null)
}

/** Direct children, in their order. */
export const childrenOf = ({ directory }: State, id: string): TestDepartment[] =>
  directory.departments.filter(({ parentId }) => parentId === id).toSorted((a, b) => a.order - b.order)

/** Everything below, at every depth. */
export function belowOf(state: State, id: string): TestDepartment[] {
  return childrenOf(state, id).flatMap((child) => [child, ...belowOf(state, child.id)])
}

export const peopleIn = ({ directory }: State, id: string): TestPerson[] =>
  directory.people.filter(({ departmentIds }) => departmentIds.includes(id))

/** Fields without those that the app is not given. */
export function given(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))
}
