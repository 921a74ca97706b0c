import { describe, expect, it } from 'vitest'
import { faultOfClosing } from './closing-day.ts'

const today = '2026-03-05'
const codeOf = (...args: Parameters<typeof faultOfClosing>) => faultOfClosing(...args)?.code

describe('the day on which a deal closes', () => {
  it('is today at the latest', () => {
    expect(codeOf({ closedOn: '2026-03-05' }, null, today)).toBeUndefined()
    expect(faultOfClosing({ closedOn: '2026-03-06' }, null, today)).toMatchObject({
      field: 'closedOn',
      code: 'closesAhead',
      params: { day: today },
    })
  })

  it('is not before the deal began', () => {
    expect(codeOf({ engagedOn: '2026-03-01', closedOn: '2026-03-01' }, null, today)).toBeUndefined()
    expect(codeOf({ engagedOn: '2026-03-02', closedOn: '2026-03-01' }, null, today)).toBe('closesTooEarly')
    expect(codeOf({ closedOn: '2020-01-01' }, null, today)).toBeUndefined()
    expect(codeOf({ engagedOn: '2026-09-09' }, null, today)).toBeUndefined()
  })

  it('is judged when it or the beginning moves, not with every other change', () => {
    const old = { engagedOn: '2026-03-02', closedOn: '2026-03-01' }
    expect(codeOf(old, old, today)).toBeUndefined()
    expect(codeOf({ ...old, engagedOn: '2026-03-03' }, old, today)).toBe('closesTooEarly')
    expect(codeOf({ ...old, closedOn: '2026-02-01' }, old, today)).toBe('closesTooEarly')
    expect(codeOf({ closedOn: '2026-04-01' }, { closedOn: '2026-04-01' }, today)).toBeUndefined()
  })
})
