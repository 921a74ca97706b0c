import { describe, expect, it } from 'vitest'
import { monthsFrom } from '#engine/calendar/fiscal-calendar.ts'
import { fiscalMonths } from '#engine/calendar/period.ts'
import { summing } from '#engine/metrics/plan-rule.ts'
import { mismatches, nodeOf } from './plan-tree.ts'
import { treeOfRows } from './plan-cells.ts'
import { sumUp } from './sum-up.ts'
import { readSheet, writeSheet } from './wide-sheet.ts'
import type { SheetRow } from './wide-sheet.ts'

const months = fiscalMonths(monthsFrom(4), 2017)
const year = (value: string) => months.map(() => value)
const row = (id: string, kind: 'unit' | 'person', name: string, parentId: string | null, value: string): SheetRow => {
  return { id, kind, name, parentId, months: year(value) }
}
const rows = [
  row('c', 'unit', '禾田科技', null, '30.5'),
  row('e', 'unit', '华东', 'c', '20.5'),
  row('e.1', 'person', '王芳', 'e', '10.5'),
  row('e.2', 'person', '李伟', 'e', '10'),
  row('w', 'unit', '华西', 'c', '10'),
  row('w.1', 'person', '王芳', 'w', '10'),
]

const cents = { unit: '0.01', rule: summing }

describe('the wide sheet', () => {
  it('comes back as it went out, in both languages', () => {
    for (const language of ['zh', 'en'] as const) {
      const sheet = writeSheet(rows, months, { unit: '0.01', rule: summing }, language)
      expect(sheet.rows[2]?.slice(0, 3)).toEqual(['禾田科技 / 华东', '王芳', '10.5'])
      expect(sheet.rows[2]?.at(-1)).toBe('126')
      const back = readSheet([sheet.header, ...sheet.rows], rows, months, cents)
      expect(back.faults).toEqual([])
      expect(Object.fromEntries(back.cells)).toEqual(Object.fromEntries(rows.map(({ id, months: own }) => [id, own])))
    }
  })

  it('is read as people write it: by name alone, calendar months, amounts in 万, gaps left alone', () => {
    const back = readSheet(
      [
        ['姓名', '4月', 'May', '2018-03'],
        ['李伟', '1.2万', '', '1,000.50'],
      ],
      rows,
      months,
      cents,
    )
    expect(back.faults).toEqual([])
    expect(back.cells.get('e.2')).toEqual(['12000', ...Array.from({ length: 10 }, () => null), '1000.5'])
  })

  it('names every cell and row that it cannot use', () => {
    const sheet = [
      ['单位', '姓名', '4月'],
      ['', '王芳', '1'],
      ['华东', '赵六', '1'],
      ['华东', '李伟', 'abc'],
      ['华西', '王芳', '-1'],
      ['华东', '王芳', '0.001'],
      ['', '', ''],
      ['禾田科技/华东', '李伟', '5'],
    ]
    expect(
      readSheet(sheet, rows, months, cents).faults.map(({ row: line, column, code }) => [line, column, code]),
    ).toEqual([
      [2, '', 'ambiguous-row'],
      [3, '', 'unknown-row'],
      [4, '4月', 'not-a-number'],
      [5, '4月', 'negative'],
      [6, '4月', 'too-fine'],
      [8, '', 'twice'],
    ])
    expect(readSheet([['姓名', '备注']], rows, months, { unit: '1', rule: summing }).faults).toMatchObject([
      { row: 1, code: 'no-months' },
    ])
  })

  it('takes no share of a whole beyond 100 %, however it is written', () => {
    const share = { unit: '0.0001', rule: { nodes: 'same', periods: 'average', better: 'higher', most: '1' } } as const
    const sheet = [
      ['单位', '姓名', '4月', '5月', '6月', '7月'],
      ['华东', '李伟', '45%', '100%', '150%', '30'],
    ]
    const { cells, faults } = readSheet(sheet, rows, months, share)
    expect(cells.get('e.2')?.slice(0, 4)).toEqual(['0.45', '1', null, null])
    expect(faults).toEqual([
      { row: 2, column: '6月', text: '150%', code: 'too-high' },
      { row: 2, column: '7月', text: '30', code: 'too-high' },
    ])
    expect(readSheet(sheet, rows, months, { ...share, rule: summing }).faults).toEqual([])
  })

  it('lets units follow their people, and shows where a unit of its own disagrees', () => {
    const open = months.map(() => false)
    const tree = treeOfRows(
      rows.map((each) => ({ ...each, months: each.id === 'e.2' ? year('20') : each.months, locked: open })),
      { unit: '0.01', rule: summing },
    )
    const summed = sumUp(tree, new Set())
    expect(mismatches(summed.tree)).toEqual([])
    expect(nodeOf(summed.tree, 'c').months[0]).toBe(4050n)
    const held = sumUp(tree, new Set(['c']))
    expect(mismatches(held.tree)).toHaveLength(12)
    expect(mismatches(held.tree)[0]).toEqual({ node: 'c', month: 0, own: 3050n, children: 4050n })
  })
})
