import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { likeliestCover } from './likeliest-cover.ts'

const deal = (id: string, amount: number, chance: number) => ({ id, amount, chance })
const idsOf = (gap: number, deals: readonly ReturnType<typeof deal>[]) => likeliestCover(gap, deals).map(({ id }) => id)
const sumOf = (deals: readonly { readonly amount: number }[]) => deals.reduce((sum, { amount }) => sum + amount, 0)

describe('the deals that close a gap', () => {
  it('are the likeliest that suffice together', () => {
    // 73.8 missing. 69 + 8.55 = 77.55 at 0.3 × 0.75 = 0.225; with 20.5 in its place 0.15; nothing else reaches it in two.
    const deals = [deal('sure', 8.55, 0.75), deal('a', 20.5, 0.5), deal('b', 18.9, 0.5), deal('big', 69, 0.3)]
    expect(idsOf(73.8, deals)).toEqual(['sure', 'big'])
  })

  it('are one where one is likelier than two together, and two where they are likelier than one', () => {
    // 0.5 against 0.6 × 0.6 = 0.36.
    expect(idsOf(100, [deal('one', 100, 0.5), deal('a', 60, 0.6), deal('b', 50, 0.6)])).toEqual(['one'])
    // 0.3 against 0.36.
    expect(idsOf(100, [deal('one', 100, 0.3), deal('a', 60, 0.6), deal('b', 50, 0.6)])).toEqual(['a', 'b'])
  })

  it('exceed the gap the least where they are equally likely', () => {
    // 60 + 45, 60 + 50, 50 + 55 … at 0.25 each: 105 reaches 103 with least to spare, by two pairs; 104 would too.
    const deals = [deal('a', 60, 0.5), deal('b', 50, 0.5), deal('c', 44, 0.5), deal('d', 90, 0.5)]
    expect(idsOf(103, deals)).toEqual(['a', 'c'])
  })

  it('are all of them where they do not suffice, and none where nothing is missing', () => {
    expect(idsOf(100, [deal('a', 40, 0.5), deal('b', 20, 0.9), deal('nothing', 0, 1)])).toEqual(['a', 'b'])
    expect(idsOf(0, [deal('a', 40, 0.5)])).toEqual([])
  })

  const anyDeal = fc.record({ id: fc.uuid(), amount: fc.nat(1000), chance: fc.double({ min: 0, max: 1, noNaN: true }) })
  const someDeals = (most: number) => fc.uniqueArray(anyDeal, { selector: ({ id }) => id, maxLength: most })

  it('suffice if anything does, and none of them can be left out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), someDeals(60), (gap, deals) => {
        const picked = likeliestCover(gap, deals)
        expect(sumOf(picked)).toBeGreaterThanOrEqual(Math.min(gap, sumOf(deals)))
        if (sumOf(picked) <= gap) return
        for (const one of picked) expect(sumOf(picked) - one.amount).toBeLessThan(gap)
      }),
    )
  })

  it('are as likely as the likeliest of all sets', () => {
    const chanceOf = (deals: readonly { readonly chance: number }[]) =>
      deals.reduce((all, { chance }) => all * Math.max(chance, 1e-6), 1)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), someDeals(9), (gap, deals) => {
        if (sumOf(deals) < gap) return
        const sets = Array.from({ length: 2 ** deals.length }, (_, set) => deals.filter((_deal, at) => (set >> at) & 1))
        const likeliest = Math.max(...sets.filter((set) => sumOf(set) >= gap).map(chanceOf))
        expect(Math.log(chanceOf(likeliestCover(gap, deals)))).toBeCloseTo(Math.log(likeliest), 6)
      }),
    )
  })

  it('are found among five hundred in a moment', () => {
    const deals = Array.from({ length: 500 }, (_, at) => deal(`d${at}`, 10 + ((at * 7919) % 997), ((at * 104_729) % 89) / 100 + 0.1)) // prettier-ignore
    const begin = performance.now()
    const picked = likeliestCover(40_000, deals)
    expect(performance.now() - begin).toBeLessThan(2000)
    expect(sumOf(picked)).toBeGreaterThanOrEqual(40_000)
  })
})
