import { describe, expect, it } from 'vitest'
import type { FieldFault } from '#base/errors.ts'
import { fault } from './faults.ts'
import { mappingSchema } from './mapping.ts'
import { repeatedKeys } from './repeated-keys.ts'

const row = (line: number, code: unknown, faults: readonly FieldFault[] = []) => ({
  line,
  cells: [],
  values: { code },
  faults,
  doubts: [],
})

describe('keys that stand twice in a file', () => {
  it('refuse the later row and name the earlier line', () => {
    const look = repeatedKeys(mappingSchema.parse({ object: 'account', upsertKey: 'code' }))
    expect([row(2, 'A'), row(3, 'B'), row(7, 'A'), row(8, null), row(9, null)].map((one) => look(one).faults)).toEqual([
      [],
      [],
      [expect.objectContaining({ field: 'code', code: 'SAME_KEY', params: { text: 'A', line: 2 } })],
      [],
      [],
    ])
  })

  it('are free when the earlier row could not be read, or nothing is a key', () => {
    const look = repeatedKeys(mappingSchema.parse({ object: 'account', upsertKey: 'code' }))
    look(row(2, 'A', [fault('name', 'REQUIRED')]))
    expect(look(row(3, 'A')).faults).toEqual([])
    const free = repeatedKeys(mappingSchema.parse({ object: 'account' }))
    free(row(2, 'A'))
    expect(free(row(3, 'A')).faults).toEqual([])
  })
})
