import type { SyncChange, SyncCounts, SyncRun } from '../contract.ts'

/** The changes that a run counts, in the order in which they are told. */
export const countedChanges = [
  'unitsAdded',
  'unitsRenamed',
  'unitsMoved',
  'unitsClosed',
  'peopleAdded',
  'peopleLinked',
  'peopleChanged',
  'peopleMoved',
  'peopleDeactivated',
  'failed',
] as const satisfies readonly (keyof SyncCounts)[]

export type CountedChange = (typeof countedChanges)[number]

/** What a run changed, or would change; empty: everything was in step. */
export function changesCounted(counts: SyncCounts): readonly { readonly key: CountedChange; readonly count: number }[] {
  return countedChanges.map((key) => ({ key, count: counts[key] })).filter(({ count }) => count > 0)
}

export function isUnderWay(run: SyncRun): boolean {
  return run.state === 'queued' || run.state === 'running'
}

/** Whether a held run still waits for a decision: a newer one has looked again. `runs`: newest first. */
export function isWaiting(run: SyncRun, runs: readonly SyncRun[]): boolean {
  if (run.state !== 'held') return false
  return run.isPreview || runs.find(({ isPreview }) => !isPreview)?.id === run.id
}

/** Kinds of changes in the order of the counts. */
export const changeKinds = [
  'unit-added',
  'unit-linked',
  'unit-renamed',
  'unit-moved',
  'unit-closed',
  'person-added',
  'person-linked',
  'person-changed',
  'person-moved',
  'head-changed',
  'person-deactivated',
] as const satisfies readonly SyncChange['kind'][]

export interface ChangeGroup {
  readonly kind: SyncChange['kind'] | 'problem'
  readonly changes: readonly SyncChange[]
}

/** What could not be done stands first, then kind by kind. */
export function groupChanges(changes: readonly SyncChange[]): readonly ChangeGroup[] {
  const problems = changes.filter((change) => change.problem !== null)
  const fine = changes.filter((change) => change.problem === null)
  const groups: readonly ChangeGroup[] = [
    { kind: 'problem', changes: problems },
    ...changeKinds.map((kind) => ({ kind, changes: fine.filter((change) => change.kind === kind) })),
  ]
  return groups.filter((group) => group.changes.length > 0)
}
