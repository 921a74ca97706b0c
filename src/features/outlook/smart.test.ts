import { describe, expect, it } from 'vitest'
import { achievabilityOf } from '#engine/forecast/achievability.ts'
import { lightsOf, type TargetFacts } from './smart.ts'

const judged = (target: number) =>
  achievabilityOf({ target, better: 'higher', evidence: [{ kind: 'history', mean: 100, deviation: 10 }] })

const sound: TargetFacts = {
  metric: { zh: '签约额', en: 'Signed amount' },
  isMetricKnown: true,
  owner: '张三',
  monthsWithResults: 12,
  monthsLooked: 12,
  achievability: judged(104),
  isOver: false,
  objectives: 1,
  period: { zh: '2026年', en: '2026' },
  milestones: 12,
  periods: 12,
}

const statesOf = (facts: Partial<TargetFacts>) =>
  Object.fromEntries(Object.entries(lightsOf({ ...sound, ...facts })).map(([name, { state }]) => [name, state]))

describe('the five lights', () => {
  it('are good for a sound target', () => {
    expect(new Set(Object.values(statesOf({})))).toEqual(new Set(['good']))
  })

  it('judge nothing by hindsight: a period that is over has its attainment', () => {
    expect(statesOf({ isOver: true }).achievable).toBe('unknown')
  })

  it('ask who is in charge', () => {
    expect(lightsOf({ ...sound, owner: null }).specific).toMatchObject({ state: 'watch', number: 0 })
  })

  it('ask for results to measure by', () => {
    expect(statesOf({ monthsWithResults: 0 })).toMatchObject({ measurable: 'bad' })
    expect(statesOf({ monthsWithResults: 5 })).toMatchObject({ measurable: 'watch' })
    expect(statesOf({ isMetricKnown: false })).toMatchObject({ specific: 'bad', measurable: 'bad' })
  })

  it('call a target too easy or out of reach, with its chance', () => {
    expect(lightsOf({ ...sound, achievability: judged(80) }).achievable).toMatchObject({
      state: 'watch',
      reason: { zh: '太容易：达成概率 98%' },
    })
    expect(lightsOf({ ...sound, achievability: judged(130) }).achievable).toMatchObject({
      state: 'bad',
      reason: { zh: '够不着：达成概率 0%' },
    })
    expect(statesOf({ achievability: null })).toMatchObject({ achievable: 'unknown' })
  })

  it('say what was borrowed from peers', () => {
    const evidence = [{ kind: 'peers', mean: 100, deviation: 30 }] as const
    const borrowed = achievabilityOf({ target: 100, better: 'higher', evidence })
    expect(lightsOf({ ...sound, achievability: borrowed }).achievable.reason.en).toContain('borrowed from peers')
  })

  it('list what is linked to no objective and what has no milestones', () => {
    expect(statesOf({ objectives: 0 })).toMatchObject({ relevant: 'watch' })
    expect(statesOf({ milestones: 0 })).toMatchObject({ timeBound: 'bad' })
    expect(statesOf({ milestones: 3 })).toMatchObject({ timeBound: 'watch' })
  })
})
