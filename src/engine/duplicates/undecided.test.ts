import { describe, expect, it } from 'vitest'
import { undecidedFirst } from './undecided.ts'

const named = (count: number) => Array.from({ length: count }, (_, at) => `r${String(at + 1).padStart(3, '0')}`)

/** Says "not the same" to what is shown until nothing is left; answers how often that was. */
function saidUntilDone(ids: readonly string[], most: number): number {
  const apart = new Set<string>()
  const areApart = (one: string, other: string) => apart.has([one, other].toSorted().join())
  for (let times = 0; ; times += 1) {
    const shown = undecidedFirst(ids, areApart, most)
    if (shown.length === 0) return times
    const before = apart.size
    for (const one of shown) for (const other of shown) if (one < other) apart.add(`${one},${other}`)
    expect(apart.size).toBeGreaterThan(before)
  }
}

describe('the records of a group to look at first', () => {
  it('are its first ones as long as nobody said anything', () => {
    expect(undecidedFirst(named(30), () => false, 20)).toEqual(named(30).slice(0, 20))
    expect(undecidedFirst(named(2), () => false, 20)).toEqual(named(2))
  })

  it('leave out who is apart from all the others', () => {
    const areApart = (one: string, other: string) => one === 'r002' || other === 'r002'
    expect(undecidedFirst(named(3), areApart, 20)).toEqual(['r001', 'r003'])
    expect(undecidedFirst(named(3), () => true, 20)).toEqual([])
  })

  it('come to an end soon, each time with something new', () => {
    expect(saidUntilDone(named(30), 20)).toBe(3)
    expect(saidUntilDone(named(60), 20)).toBeLessThan(30)
  })
})
