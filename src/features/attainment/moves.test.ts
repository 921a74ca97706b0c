import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unassigned } from '#engine/metrics/tier-tree.ts'
import { movesBetween, type Standing } from './moves.ts'
import { countsAt, type OutlineStretch } from './outline.ts'

const units = ['east', 'west', 'one', 'two']
const people = ['jia', 'yi']
const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05', '2026-01-06']
const span = { from: '2026-01-01', to: '2026-01-07' }

/** Teams under east or west or gone, the others under the company. */
const paths = fc.record({
  one: fc.option(fc.constantFrom('east', 'west')),
  two: fc.option(fc.constantFrom('east', 'west')),
})
const standing: fc.Arbitrary<Standing> = fc
  .record({ turn: fc.constantFrom(...days.slice(1)), first: paths, second: paths, place: fc.nat({ max: 9 }) })
  .map(({ turn, first, second, place }) => {
    const drawn = (at: { one: string | null; two: string | null }): OutlineStretch['paths'] => [
      ['top', ['top']],
      ['east', ['top', 'east']],
      ['west', ['top', 'west']],
      ...Object.entries(at).flatMap(([unit, over]) =>
        over === null ? [] : [[unit, ['top', over, unit]] as const satisfies readonly [string, readonly string[]]],
      ),
    ]
    const all = [
      'top',
      'top~east',
      'top~west',
      'top~east~one',
      'top~west~one',
      'top~east.jia',
      'top~west~two.yi',
      `top~${unassigned}`,
    ]
    const some = all[place]
    return {
      places: some === undefined ? ['top~east~one', 'top~west.yi'] : [some],
      stretches: [
        { from: span.from, to: turn, paths: drawn(first) },
        { from: turn, to: span.to, paths: drawn(second) },
      ],
    }
  })

describe('rows that count elsewhere because units moved', () => {
  it('are those, and only those, that count at one of the two standings alone', () => {
    fc.assert(
      fc.property(standing, standing, fc.boolean(), (then, now, isLevel) => {
        const { spans, unitIds, personIds } = movesBetween(then, now, span, isLevel)
        const [was, is] = [then, now].map(({ stretches, places }) => countsAt(stretches, places, isLevel))
        for (const day of days) {
          for (const unitId of [...units, 'elsewhere']) {
            for (const personId of [...people, 'bing']) {
              const row = { day, unitId, personId }
              const found = spans.filter(
                (one) =>
                  one.from <= day &&
                  day < one.to &&
                  (one.unitId === unitId || (one.unitId === null && !unitIds.includes(unitId))) &&
                  (one.personId === personId || (one.personId === null && !personIds.includes(personId))),
              )
              expect(found.map(({ sign }) => sign)).toEqual(is?.(row) === was?.(row) ? [] : [is?.(row) ? 1 : -1])
            }
          }
        }
      }),
    )
  })

  it('are none where everything stands as it did', () => {
    fc.assert(
      fc.property(standing, (same) => {
        expect(movesBetween(same, same, span, false).spans).toEqual([])
      }),
    )
  })
})
