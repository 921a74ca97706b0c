import { describe, expect, it } from 'vitest'
import { isInForce, pathActs, planStates, settledBy, stateAfter } from './plan-path.ts'

const short = { asksReview: false }
const reviewed = { asksReview: true }

describe('the path of a plan', () => {
  it('leads from a draft to published in one step where no review is asked for', () => {
    expect(stateAfter('draft', 'publish', short)).toEqual({ ok: true, state: 'published' })
    expect(stateAfter('draft', 'submit', short)).toMatchObject({ ok: false, reason: 'no-review' })
  })

  it('goes through the review where it is asked for', () => {
    expect(stateAfter('draft', 'publish', reviewed)).toMatchObject({ ok: false, reason: 'review-first' })
    expect(stateAfter('draft', 'submit', reviewed)).toMatchObject({ state: 'in_review' })
    expect(stateAfter('in_review', 'approve', reviewed)).toMatchObject({ state: 'approved' })
    expect(stateAfter('approved', 'publish', reviewed)).toMatchObject({ state: 'published' })
    expect(stateAfter('in_review', 'publish', reviewed)).toMatchObject({ ok: false, reason: 'not-now' })
  })

  it('leads nowhere from a locked plan', () => {
    for (const act of pathActs) expect(stateAfter('locked', act, reviewed).ok).toBe(false)
  })

  it('holds figures still from the submission on; a draft always moves', () => {
    expect(planStates.map((state) => settledBy(state, short))).toEqual([null, 'in-review', 'approved', null, 'locked'])
    expect(settledBy('published', reviewed)).toBe('reviewed')
    expect(settledBy('draft', reviewed)).toBeNull()
  })

  it('binds people once it is published', () => {
    expect(planStates.filter(isInForce)).toEqual(['published', 'locked'])
  })
})
