import { describe, expect, it } from 'vitest'
import { barOf, placeOf, stepped, windowAround } from './lay-timeline.ts'

describe('a timeline', () => {
  it('begins one mark before the one that a day lies in', () => {
    expect(windowAround('2026-03-05', 'month')).toMatchObject({ from: '2026-02-01', to: '2026-08-01' })
    expect(windowAround('2026-03-05', 'quarter')).toMatchObject({ from: '2025-10-01', to: '2027-04-01' })
    const weeks = windowAround('2026-03-01', 'week')
    expect([weeks.from, weeks.to, weeks.marks.length]).toEqual(['2026-02-16', '2026-04-13', 8])
  })

  it('goes on by half of what it shows', () => {
    expect([stepped('2026-03-05', 'week', 1), stepped('2026-03-31', 'month', -1), stepped('2026-03-05', 'quarter', 1)]).toEqual([
      '2026-04-02', '2025-12-01', '2026-12-01',
    ]) // prettier-ignore
  })

  const window = { from: '2026-01-01', to: '2026-01-11', marks: [] }
  it('lays bars from their first day to the end of their last', () => {
    expect(barOf('2026-01-02', '2026-01-03', window)).toEqual({
      left: 10,
      width: 20,
      isFromBefore: false,
      goesOn: false,
    })
    expect(barOf('2026-01-10', null, window)).toMatchObject({ left: 90, width: 10 })
    expect(barOf('2025-12-01', '2026-05-01', window)).toEqual({ left: 0, width: 100, isFromBefore: true, goesOn: true })
  })

  it('leaves out what lies outside, and takes an end before the beginning for none', () => {
    expect([barOf('2025-12-01', '2025-12-31', window), barOf('2026-01-11', null, window)]).toEqual([
      undefined,
      undefined,
    ])
    expect(barOf('2026-01-05', '2026-01-01', window)).toMatchObject({ left: 40, width: 10 })
    expect([placeOf('2026-01-06', window), placeOf('2026-02-06', window)]).toEqual([50, undefined])
  })
})
