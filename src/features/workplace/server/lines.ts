import type { Label } from '#base/label.ts'
import type { SyncChange, SyncCounts } from '../contract.ts'
import type { Change } from '../sync-shapes.ts'
import type { Touched } from './apply-change.ts'
import type { Line } from './run-store.ts'

/** A change as people read it. */
export function lineOf(change: Change, touched?: Touched, problem: Label | null = null): Line {
  const unitId = touched?.unitId ?? ('unitId' in change ? change.unitId : null)
  const personId = touched?.personId ?? ('personId' in change ? change.personId : null)
  return { unitId, personId, ...saidOf(change), problem }
}

type Said = Pick<SyncChange, 'kind' | 'name' | 'before' | 'after'>

function saidOf(change: Change): Said {
  const bare = { before: null, after: null }
  switch (change.kind) {
    case 'unit-reopened':
      return { kind: 'unit-added', name: change.name, ...bare }
    case 'unit-renamed':
      return { kind: change.kind, name: change.name, before: change.name, after: change.after }
    case 'unit-moved':
    case 'head-changed':
    case 'person-moved':
      return { kind: change.kind, name: change.name, before: change.from, after: change.to }
    case 'person-added':
      return { kind: change.kind, name: change.facts.name, before: null, after: change.to }
    case 'person-returned':
      return { kind: 'person-added', name: change.name, ...bare }
    case 'person-changed':
      return { kind: change.kind, name: change.name, before: change.before, after: change.after }
    case 'unit-added':
    case 'unit-linked':
    case 'unit-closed':
    case 'person-linked':
    case 'person-deactivated':
      return { kind: change.kind, name: change.name, ...bare }
  }
}

const counted: Readonly<Record<Change['kind'], keyof SyncCounts | null>> = {
  'unit-linked': null,
  'unit-added': 'unitsAdded',
  'unit-reopened': 'unitsAdded',
  'unit-renamed': 'unitsRenamed',
  'unit-moved': 'unitsMoved',
  'unit-closed': 'unitsClosed',
  'head-changed': null,
  'person-linked': 'peopleLinked',
  'person-added': 'peopleAdded',
  'person-returned': 'peopleAdded',
  'person-changed': 'peopleChanged',
  'person-moved': 'peopleMoved',
  'person-deactivated': 'peopleDeactivated',
}

/** The counts with one more change done. */
export function countOf(counts: SyncCounts, { kind }: Change): SyncCounts {
  const key = counted[kind]
  return key === null ? counts : { ...counts, [key]: counts[key] + 1 }
}
