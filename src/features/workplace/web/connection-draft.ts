import type { CallInput } from '#web/api/call.ts'
import type { Connection, workplaceRoutes } from '../contract.ts'

type SaveConnection = CallInput<typeof workplaceRoutes.save>['body']

/** A connection as the form holds it: what is not given is empty text. The secret is written, never read. */
export interface ConnectionDraft {
  readonly corpId: string
  readonly appId: string
  readonly secret: string
  readonly server: string
  readonly isSignInOn: boolean
  readonly isSyncOn: boolean
  readonly rootDepartment: string | null
  readonly unitId: string | null
  readonly role: string
}

export function draftOf(connection: Connection): ConnectionDraft {
  const { corpId, appId, server, isSignInOn, isSyncOn, rootDepartment, unitId, role } = connection
  return {
    corpId: corpId ?? '',
    appId: appId ?? '',
    secret: '',
    server: server ?? '',
    ...{ isSignInOn, isSyncOn, rootDepartment, unitId, role },
  }
}

/** What is sent: a secret that was left empty stays as it was. */
export function changeOf(draft: ConnectionDraft, version: number): SaveConnection {
  const { secret, ...rest } = draft
  const typed = secret.trim()
  return {
    version,
    corpId: rest.corpId.trim() || null,
    appId: rest.appId.trim(),
    ...(typed === '' ? {} : { secret: typed }),
    server: rest.server.trim() || null,
    isSignInOn: rest.isSignInOn,
    isSyncOn: rest.isSyncOn,
    rootDepartment: rest.rootDepartment || null,
    unitId: rest.unitId || null,
    role: rest.role,
  }
}

/** Whether saving would change anything. */
export function isChanged(draft: ConnectionDraft, connection: Connection): boolean {
  const { version } = connection
  return JSON.stringify(changeOf(draft, version)) !== JSON.stringify(changeOf(draftOf(connection), version))
}

/** Whether it would speak to the brand as somebody else, so that it is worth trying at once. */
export function isOtherApp(draft: ConnectionDraft, connection: Connection): boolean {
  const before = draftOf(connection)
  return (['corpId', 'appId', 'secret', 'server'] as const).some((key) => draft[key].trim() !== before[key])
}
