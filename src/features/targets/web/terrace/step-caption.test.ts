import { describe, expect, it } from 'vitest'
import { stepCaption } from './step-caption.ts'

// A Chinese letter is as wide as the type is high, others 0.63 of it: 34.6% is 39.4 wide at 12.5, the mark takes 15.
const captionOf = (room: number, isInTrouble: boolean, name = '西南大区') =>
  stepCaption({ name, percent: '34.6%', room, fontSize: 12.5, isInTrouble })

describe('the caption of a step', () => {
  it('tells name and attainment where there is room', () => {
    expect(captionOf(120, false)).toEqual({ name: '西南大区', percent: '34.6%', fontSize: 12.5 })
  })

  it('names a unit in trouble first, as short as it must', () => {
    expect(captionOf(66, true)).toEqual({ name: '西南大区', percent: '', fontSize: 12.5 })
    expect(captionOf(60, true)).toMatchObject({ name: '西南…', percent: '' })
    expect(captionOf(46, true)).toEqual({ name: '西南…', percent: '', fontSize: 10.5 })
    expect(captionOf(38, true)).toEqual({ name: '西南', percent: '', fontSize: 10.5 })
    expect(captionOf(30, true)).toMatchObject({ name: '', percent: '' })
  })

  it('tells no attainment without a name', () => {
    expect(captionOf(55, false)).toMatchObject({ name: '西南…', percent: '' })
    expect(captionOf(38, false)).toMatchObject({ name: '西南', percent: '' })
    expect(captionOf(30, false)).toMatchObject({ name: '', percent: '' })
  })

  it('gives a name that nearly fills the step the whole of it', () => {
    expect(captionOf(90, false)).toMatchObject({ name: '西南大区', percent: '' })
  })
})
