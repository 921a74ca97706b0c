import type { Step } from '#platform/db/step.ts'

/**
 * What is told of signing in, always in one shape: the object is `session` where a door opened or closed, `login` where
 * what opens it changed; the record is the person concerned; `after` says from where and how.
 */
export type SignInAct =
  | 'sign-in'
  | 'sign-in-refused'
  | 'sign-out'
  | 'end-session'
  | 'end-other-sessions'
  | 'end-all-sessions'
  | 'change-password'
  | 'ask-reset'
  | 'reset-password'
  | 'invite'
  | 'accept-invitation'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'second-factor-reset'
  | 'second-factor-refused'
  | 'recovery-code-used'
  | 'recovery-codes-renewed'
  | 'unlock'
  | 'link-identity'

const ofSessions: ReadonlySet<SignInAct> = new Set([
  'sign-in',
  'sign-in-refused',
  'sign-out',
  'end-session',
  'end-other-sessions',
  'end-all-sessions',
])

/** Writes an audit entry about a person's sign-in; `facts` hold no secret. */
export function auditSignIn(
  step: Step,
  action: SignInAct,
  personId: string,
  facts: Readonly<Record<string, unknown>> = {},
): void {
  const object = ofSessions.has(action) ? 'session' : 'login'
  step.audit({ object, recordId: personId, action, before: null, after: facts })
}
