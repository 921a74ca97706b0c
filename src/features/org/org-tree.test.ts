import { describe, expect, it } from 'vitest'
import type { TreeUnit } from './contract.ts'
import { allUnits, chartPlaces, keysBelow, narrowTo, nestUnits } from './org-tree.ts'

function unit(id: string, parentId: string | null, people: readonly string[] = []): TreeUnit {
  return {
    id,
    name: id,
    code: null,
    tier: null,
    parentId,
    headId: null,
    headName: null,
    closedOn: null,
    version: 1,
    people: people.map((name) => ({
      id: name,
      assignmentId: `${id}-${name}`,
      name,
      position: null,
      role: 'representative',
      share: '100',
      isMain: true,
      isActive: true,
      from: null,
      to: null,
    })),
  }
}

const rows = nestUnits([
  unit('公司', null, ['甲']),
  unit('东区', '公司', ['乙']),
  unit('西区', '公司'),
  unit('东一队', '东区', ['丙', '乙']),
  unit('东二队', '东区'),
])

describe('the organisation as rows', () => {
  it('counts everybody below once, though somebody stands in two units', () => {
    expect(allUnits(rows).map((row) => [row.unit.name, row.headcount])).toEqual([
      ['公司', 3],
      ['东区', 2],
      ['东一队', 2],
      ['东二队', 0],
      ['西区', 0],
    ])
  })

  it('narrows to what is looked for, keeping the units above it', () => {
    expect(allUnits(narrowTo(rows, '丙')).map((row) => row.key)).toEqual(['公司', '东区', '东一队'])
    expect(allUnits(narrowTo(rows, '东区')).map((row) => row.key)).toEqual(['公司', '东区', '东一队', '东二队'])
    expect(narrowTo(rows, '没有')).toEqual([])
  })

  it('knows where a unit cannot move', () => {
    const east = allUnits(rows).find((row) => row.key === '东区')
    expect(east && keysBelow(east)).toEqual(['东区', '东一队', '东二队'])
  })

  it('puts a parent in the middle of its children', () => {
    const open = new Set(['公司', '东区'])
    const places = new Map(chartPlaces(rows, open).map((place) => [place.row.key, [place.depth, place.line]]))
    expect(Object.fromEntries(places)).toEqual({
      东一队: [2, 0],
      东二队: [2, 1],
      东区: [1, 0.5],
      西区: [1, 2],
      公司: [0, 1.25],
    })
  })

  it('leaves out what is below a closed unit of the chart', () => {
    expect(chartPlaces(rows, new Set(['公司'])).map((place) => place.row.key)).toEqual(['东区', '西区', '公司'])
  })
})
