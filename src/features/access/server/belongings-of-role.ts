import type { Step } from '#platform/db/step.ts'
import { dropSharesWith } from '#platform/records/share-store.ts'
import { recordShared } from '../contract.ts'
import { deleteRule, ruleRows } from './rule-store.ts'

type LetGo = (step: Step, role: string) => Promise<void>

const followers: LetGo[] = []

/** Lets a room above take along what it keeps for a role, in the step in which the role goes. */
export function whenRoleGoes(follow: LetGo): void {
  followers.push(follow)
}

/** Ends everything that names a role which goes, on record: rules, shares and places in teams, and what other rooms keep. */
export async function letGoWith(step: Step, role: string): Promise<void> {
  const rules = (await ruleRows(step.tx)).filter(({ to }) => to.kind === 'role' && to.id === role)
  for (const rule of rules) {
    await deleteRule(step, rule.id)
    step.audit({ object: 'sharing_rule', recordId: rule.id, action: 'deleted', before: rule, after: null })
  }
  const to = { kind: 'role', id: role } as const
  for (const { object, recordId, level, part, until } of await dropSharesWith(step, to)) {
    const before = { share: { to, level, part, until } }
    step.audit({ object, recordId, action: 'unshared', before, after: null })
    step.tell({ name: recordShared, payload: { object, id: recordId, to, level: null, part } })
  }
  for (const follow of followers) await follow(step, role)
}
