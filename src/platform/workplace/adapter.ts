import type { WorkplaceBrand } from '#engine/contract/workplace.ts'

/** What a company registered at the brand, opened for one use. */
export interface WorkplaceApp {
  /** 企业微信: CorpID. 钉钉 and 飞书 know the company by its app: null. */
  readonly corpId: string | null
  /** 企业微信: AgentId. 钉钉: Client ID (AppKey). 飞书: App ID. */
  readonly appId: string
  readonly secret: string
  /** Origin of a private installation (or of Lark); null: the brand's own addresses. */
  readonly server: string | null
}

export type WorkplaceProblem =
  /** The app or its secret is not known there. */
  | 'credentials'
  /** Their list of allowed addresses lacks this server's. */
  | 'ip'
  /** The app may not read what is asked; `detail` names what is missing where they say. */
  | 'scope'
  /** The department that the sync begins at is not there, or not visible to the app. */
  | 'no-such-department'
  | 'rate'
  | 'unreachable'
  | 'private-address'
  /** The code of a sign-in is spent, too old or not theirs. */
  | 'code'
  /** Whoever scanned is no member of the company. */
  | 'not-a-member'
  /** They answered what their documentation does not know. */
  | 'unexpected'

/** Why the brand did not do what was asked. `code` and `detail` are theirs, for administrators; never a secret or token. */
export class WorkplaceFault extends Error {
  readonly problem: WorkplaceProblem
  readonly code: string
  readonly detail: string

  constructor(problem: WorkplaceProblem, code: string, detail = '') {
    super(`${problem} ${code} ${detail}`.trim())
    this.problem = problem
    this.code = code
    this.detail = detail
  }
}

export interface WorkplaceDepartment {
  readonly id: string
  /** Null: the top, or a department whose parent the app may not see. */
  readonly parentId: string | null
  readonly name: string
  /** Place among its siblings, smallest first. */
  readonly order: number
}

export interface WorkplacePerson {
  /** Theirs, steady for the life of the account: userid of 企业微信 and 钉钉, open_id of 飞书. */
  readonly id: string
  readonly name: string
  /** With country code where they give one; null: not given to this app. */
  readonly mobile: string | null
  readonly email: string | null
  readonly employeeNumber: string | null
  readonly position: string | null
  /** Every department, of those read, that the person belongs to; the main one first where they know it. */
  readonly departmentIds: readonly string[]
  /** Departments that the person leads. */
  readonly leads: readonly string[]
  /** False: frozen or resigned there. */
  readonly isActive: boolean
}

export interface WorkplaceDirectory {
  /** The root of what was read is among them. */
  readonly departments: readonly WorkplaceDepartment[]
  readonly people: readonly WorkplacePerson[]
}

export interface ReadOptions {
  /** Department to begin at; null: everything that the app may see. */
  readonly root: string | null
  /** Departments and people read so far. */
  readonly onProgress?: (read: { readonly departments: number; readonly people: number }) => void
}

export interface SignInQuestion {
  readonly state: string
  readonly backUrl: string
  /** What the browser says of itself: inside of the brand's own app there is nothing to scan. */
  readonly agent?: string | undefined
}

/** One brand. Every call throws WorkplaceFault; none answers less than it was asked for. */
export interface WorkplaceAdapter {
  readonly brand: WorkplaceBrand
  /** Where the browser goes to scan the code or confirm; comes back to `backUrl` with `code` (or `authCode`) and `state`. */
  signInUrl(app: WorkplaceApp, question: SignInQuestion): string
  /** Whom the code in their answer means. */
  identify(app: WorkplaceApp, answer: URLSearchParams): Promise<{ readonly id: string }>
  /**
   * Every department below the root, at every depth, and every person in any of them, once. Pages are read to their end, a
   * token that ran out is fetched anew once, a rate limit is waited for within reason.
   */
  readDirectory(app: WorkplaceApp, options: ReadOptions): Promise<WorkplaceDirectory>
}
