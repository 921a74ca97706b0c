import { describe, expect, it } from 'vitest'
import { keyScope, narrowestScope, scopesCover } from './key-scope.ts'

describe('the scopes of a key', () => {
  it.each([
    [['read'], { changes: false }, true],
    [['read'], { changes: true }, false],
    [['write'], { changes: false }, true],
    [['write'], { changes: true, object: 'account' }, true],
    [['account:read'], { changes: false, object: 'account' }, true],
    [['account:read'], { changes: true, object: 'account' }, false],
    [['account:write'], { changes: false, object: 'account' }, true],
    [['account:write'], { changes: false, object: 'order' }, false],
    [['account:write'], { changes: false }, false],
    [['permission:plan.read'], { changes: false, permission: 'plan.read' }, true],
    [['permission:plan.read'], { changes: false, permission: 'plan.edit' }, false],
    [['read'], { changes: true, permission: 'plan.edit' }, false],
  ])('%j for %j: %s', (scopes, use, covers) => {
    expect(scopesCover(scopes, use)).toBe(covers)
  })

  it('are named as narrowly as they could be given', () => {
    expect(narrowestScope({ changes: true, object: 'account' })).toBe('account:write')
    expect(narrowestScope({ changes: false, permission: 'plan.read' })).toBe('permission:plan.read')
    expect(narrowestScope({ changes: false })).toBe('read')
  })

  it('are read only where they can mean something', () => {
    const read = (text: string) => keyScope.safeParse(text).success
    expect(['read', 'write', 'account:read', 'c_machine:write', 'permission:org.hand_over'].every(read)).toBe(true)
    expect(['', 'delete', 'account', 'account:delete', 'permission:', '*', 'read '].some(read)).toBe(false)
  })
})
