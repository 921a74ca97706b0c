import { describe, expect, it } from 'vitest'
import { isLastOfKind, type Kinds } from './last-stage.ts'

describe('the last stage of a kind', () => {
  it('is the one without another of its kind', () => {
    const kinds: Kinds = new Map([['a', 'open'], ['b', 'open'], ['c', 'won'], ['d', 'lost']]) // prettier-ignore
    expect(['a', 'b', 'c', 'd', 'gone'].map((id) => isLastOfKind(kinds, id))).toEqual([false, false, true, true, false])
  })
})
