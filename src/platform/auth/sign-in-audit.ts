import type { Step } from '#platform/db/step.ts'

/**
 * What is told of signing in, always in one shape: the object is `session` where a door opened or closed, `login` where
 * what opens it changed; the record is the person concerned; `after` says from where and how.
 */
export type SignInAct =
  | 'signed-in'
  | 'sign-in-failed'
  | 'signed-out'
  | 'session-ended'
  | 'other-sessions-ended'
  | 'all-sessions-ended'
  | 'password-changed'
  | 'reset-asked'
  | 'password-reset'
  | 'invited'
  | 'invitation-accepted'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'second-factor-reset'
  | 'second-factor-refused'
  | 'recovery-code-used'
  | 'recovery-codes-renewed'
  | 'unlocked'
  | 'identity-linked'

const ofSessions: ReadonlySet<SignInAct> = new Set([
  'signed-in',
  'sign-in-failed',
  'signed-out',
  'session-ended',
  'other-sessions-ended',
  'all-sessions-ended',
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
