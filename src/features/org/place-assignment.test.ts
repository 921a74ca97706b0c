import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstOverload, placeMain, type Main } from './place-assignment.ts'
import { beginning, contains, end, overlaps } from './span.ts'

const always: Main = { id: 'a', from: beginning, to: end }

describe('placing a main assignment', () => {
  it('ends the one it interrupts on its first day', () => {
    expect(placeMain([always], { from: '2026-03-01', to: end })).toMatchObject({
      ok: true,
      removed: [],
      shortened: [{ id: 'a', from: beginning, to: '2026-03-01' }],
      resumed: [],
      placed: { from: '2026-03-01', to: end },
    })
  })

  it('lets the former one go on after a limited one', () => {
    expect(placeMain([always], { from: '2026-03-01', to: '2026-06-01' })).toMatchObject({
      shortened: [{ id: 'a', from: beginning, to: '2026-03-01' }],
      resumed: [{ id: 'a', from: '2026-06-01', to: end }],
    })
  })

  it('replaces one that begins on the same day', () => {
    const since: Main = { id: 'b', from: '2026-03-01', to: end }
    expect(placeMain([since], { from: '2026-03-01', to: end })).toMatchObject({ removed: ['b'], shortened: [] })
  })

  it('asks what becomes of a later move', () => {
    const mains: Main[] = [
      { id: 'a', from: beginning, to: '2026-06-01' },
      { id: 'b', from: '2026-06-01', to: end },
    ]
    const wanted = { from: '2026-03-01', to: end }
    expect(placeMain(mains, wanted)).toEqual({ ok: false, reason: 'later-move', at: '2026-06-01' })
    expect(placeMain(mains, { ...wanted, later: 'keep' })).toMatchObject({
      removed: [],
      placed: { from: '2026-03-01', to: '2026-06-01' },
    })
    expect(placeMain(mains, { ...wanted, later: 'replace' })).toMatchObject({
      removed: ['b'],
      placed: { from: '2026-03-01', to: end },
    })
  })

  it('never leaves two main assignments on one day, whatever comes in whatever order', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((number) => `2026-02-${String(number).padStart(2, '0')}`)
    const move = fc.record({ a: day, b: fc.option(day), later: fc.constantFrom('keep' as const, 'replace' as const) })
    fc.assert(
      fc.property(fc.array(move, { maxLength: 8 }), (moves) => {
        let mains: Main[] = []
        let next = 0
        for (const { a, b, later } of moves) {
          const wanted = { from: b !== null && b < a ? b : a, to: b === null || b === a ? end : b > a ? b : a, later }
          const placement = placeMain(mains, wanted)
          if (!placement.ok) throw new Error('unreachable: later is always said')
          const changed = new Map(placement.shortened.map((main) => [main.id, main]))
          mains = mains
            .filter((main) => !placement.removed.includes(main.id))
            .map((main) => changed.get(main.id) ?? main)
            .concat(placement.resumed.map((main) => ({ ...main, id: `r${next++}` })))
            .concat([{ id: `n${next++}`, ...placement.placed }])
          expect(mains.every((main) => main.from < main.to)).toBe(true)
          expect(mains.some((one) => mains.some((two) => one !== two && overlaps(one, two)))).toBe(false)
          expect(mains.filter((main) => contains(main, wanted.from))).toHaveLength(1)
        }
      }),
    )
  })
})

describe('shares of working time', () => {
  it('may fill the whole time but not more', () => {
    const main = { from: beginning, to: end, share: '60' }
    expect(firstOverload([main, { from: '2026-01-01', to: end, share: '40' }])).toBeUndefined()
    expect(firstOverload([main, { from: '2026-01-01', to: end, share: '40.01' }])).toBe('2026-01-01')
  })
})
