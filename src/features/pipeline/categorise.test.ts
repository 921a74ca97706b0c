import { describe, expect, it } from 'vitest'
import { categorise, categoryOfStage, type StageOfDeal } from './categorise.ts'

const early: StageOfDeal = { kind: 'open', category: 'pipeline', probability: 10 }
const late: StageOfDeal = { kind: 'open', category: 'committed', probability: 75 }
const won: StageOfDeal = { kind: 'won', category: null, probability: 100 }
const lost: StageOfDeal = { kind: 'lost', category: null, probability: 0 }

describe('the forecast category of a deal', () => {
  it('is that of its stage, and follows it', () => {
    const begun = categorise(early, null, {})
    expect(begun).toEqual({ forecastCategory: 'pipeline', forecastByHand: false })
    expect(categorise(late, begun, {})).toEqual({ forecastCategory: 'committed', forecastByHand: false })
  })

  it('stays through every move once a person chose it', () => {
    const chosen = categorise(early, categorise(early, null, {}), { category: 'best_case' })
    expect(chosen).toEqual({ forecastCategory: 'best_case', forecastByHand: true })
    expect(categorise(late, chosen, {})).toEqual(chosen)
  })

  it('follows the stage again when it is emptied or the stage says the same', () => {
    const chosen = { forecastCategory: 'omitted', forecastByHand: true }
    expect(categorise(early, chosen, { category: null })).toMatchObject({
      forecastCategory: 'pipeline',
      forecastByHand: false,
    })
    expect(categorise(early, chosen, { category: 'pipeline' })).toMatchObject({ forecastByHand: false })
  })

  it('is not chosen by a form that sends back what stood there', () => {
    const begun = categorise(early, null, {})
    expect(categorise(late, begun, { category: 'pipeline' })).toEqual({
      forecastCategory: 'committed',
      forecastByHand: false,
    })
  })

  it('is closed when the deal is won, omitted when it is lost, and of the stage when it opens again', () => {
    const chosen = { forecastCategory: 'best_case', forecastByHand: true }
    expect(categorise(won, chosen, {})).toEqual({ forecastCategory: 'closed', forecastByHand: false })
    expect(categorise(lost, chosen, { category: 'committed' })).toEqual({
      forecastCategory: 'omitted',
      forecastByHand: false,
    })
    expect(categorise(early, categorise(won, chosen, {}), {})).toEqual({
      forecastCategory: 'pipeline',
      forecastByHand: false,
    })
  })

  it('is never closed while the deal is open', () => {
    expect(categorise(early, null, { category: 'closed' }).fault).toMatchObject({ field: 'forecastCategory' })
  })

  it('goes by the probability where the company set none for the stage', () => {
    const by = (probability: number) => categoryOfStage({ kind: 'open', category: null, probability })
    expect([10, 50, 69, 70].map(by)).toEqual(['pipeline', 'best_case', 'best_case', 'committed'])
  })
})
