import type { Here, Plan } from './sync-shapes.ts'

const always = 5
const share = 0.1

/**
 * Whether a plan would deactivate or close more than people expect: more than 5, and more than a tenth of what is linked.
 * A directory that was made invisible, or a wrong department to begin at, looks like everybody having left.
 */
export function isBeyondFence({ changes }: Plan, { personLinks, unitLinks }: Here): boolean {
  const count = (kind: string) => changes.filter((change) => change.kind === kind).length
  const most = (linked: number) => Math.max(always, Math.floor(linked * share))
  const people = [...personLinks.values()].filter(({ hasLeft }) => !hasLeft).length
  return count('person-deactivated') > most(people) || count('unit-closed') > most(unitLinks.size)
}
