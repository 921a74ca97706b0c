import { expect, it } from 'vitest'
import type { SyncChange, SyncCounts, SyncRun } from '../contract.ts'
import { changeKinds, changesCounted, countedChanges, groupChanges, isWaiting } from './run-text.ts'
import { workplaceWords } from './words.ts'

const nothing: SyncCounts = {
  departmentsRead: 7,
  peopleRead: 235,
  unitsAdded: 0,
  unitsRenamed: 0,
  unitsMoved: 0,
  unitsClosed: 0,
  peopleAdded: 0,
  peopleLinked: 0,
  peopleChanged: 0,
  peopleMoved: 0,
  peopleDeactivated: 0,
  failed: 0,
}

const buildChange = (change: Partial<SyncChange>): SyncChange => ({
  kind: 'person-added',
  name: '林知远',
  unitId: null,
  personId: null,
  before: null,
  after: null,
  problem: null,
  ...change,
})

it('a run that only read has changed nothing', () => {
  expect(changesCounted(nothing)).toEqual([])
  expect(changesCounted({ ...nothing, failed: 1, unitsAdded: 2 })).toEqual([
    { key: 'unitsAdded', count: 2 },
    { key: 'failed', count: 1 },
  ])
})

it('what could not be done stands first, the rest kind by kind', () => {
  const refused = buildChange({ kind: 'person-moved', problem: { zh: '单元已关闭', en: 'The unit is closed' } })
  const groups = groupChanges([
    buildChange({ kind: 'person-deactivated' }),
    refused,
    buildChange({ kind: 'unit-added', name: '华东大区' }),
    buildChange({ kind: 'person-deactivated', name: '顾拾遗' }),
  ])
  expect(groups.map(({ kind, changes }) => [kind, changes.length])).toEqual([
    ['problem', 1],
    ['unit-added', 1],
    ['person-deactivated', 2],
  ])
  expect(groups[0]?.changes).toEqual([refused])
})

it('a held run waits until a newer sync has looked again; a preview always can be followed', () => {
  const buildRun = (run: Partial<SyncRun>): SyncRun => ({
    ...{ id: 'a', brand: 'wecom', isPreview: false, startedBy: 'schedule', state: 'held', counts: nothing },
    ...{ problem: null, detail: null, startedAt: '2026-03-05T02:00:00Z', finishedAt: null },
    ...run,
  })
  const held = buildRun({})
  expect(isWaiting(held, [buildRun({ id: 'p', isPreview: true, state: 'done' }), held])).toBe(true)
  expect(isWaiting(held, [buildRun({ id: 'b', state: 'running' }), held])).toBe(false)
  expect(isWaiting(buildRun({ id: 'p', isPreview: true }), [buildRun({ id: 'b' })])).toBe(true)
  expect(isWaiting(buildRun({ state: 'done' }), [])).toBe(false)
})

it('every count and every kind has its words', () => {
  for (const key of [...countedChanges, ...changeKinds]) expect(workplaceWords.labels).toHaveProperty(key)
})
