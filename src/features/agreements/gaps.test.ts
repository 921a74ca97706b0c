import { describe, expect, it } from 'vitest'
import { gapsOf } from './gaps.ts'

describe('the gap between top-down and bottom-up', () => {
  const row = (node: string, parentId: string | null, topDown: string, bottomUp: string | null) => ({
    ...{ node, parentId, topDown, bottomUp },
  })

  it('compares those who proposed, and tells of the others beside it', () => {
    const gaps = gapsOf([
      row('company', null, '1000', '430'),
      row('east', 'company', '700', '430'),
      row('ann', 'east', '300', '250'),
      row('bob', 'east', '200', '180'),
      row('cai', 'east', '200', null),
      row('west', 'company', '300', null),
      row('dan', 'west', '300', null),
    ])
    expect(gaps.get('ann')).toEqual({ proposed: '50', missing: '0' })
    expect(gaps.get('cai')).toEqual({ proposed: null, missing: '200' })
    expect(gaps.get('east')).toEqual({ proposed: '70', missing: '200' })
    expect(gaps.get('west')).toEqual({ proposed: null, missing: '300' })
    expect(gaps.get('company')).toEqual({ proposed: '70', missing: '500' })
  })
})
