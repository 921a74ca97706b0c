import { expect, it } from 'vitest'
import { makeCatalogue } from '#engine/model/catalogue.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import { holds, standardRole } from './company-role.ts'
import { roleOfKey } from './key-role.ts'
import { everydayRights, mayDo } from './rights.ts'

const label = { zh: '客户', en: 'Account' }
const object = (key: string): ObjectType => ({
  ...{ key, label, labelOfMany: label, table: key, title: 'name', rights: everydayRights },
  ...{ fields: [], defaultSort: [] },
})
const [account, order] = [object('account'), object('order')]
const seePlans = { key: 'plan.read', label, roles: ['administrator', 'manager'] } as const
const setShape = { key: 'shape.manage', label, roles: ['administrator'] } as const
const known = { catalogue: makeCatalogue([account, order]), permissions: [seePlans, setShape] }
const administrator = standardRole('administrator')
const representative = standardRole('representative')

it('a key that writes may what its person may', () => {
  expect(roleOfKey(administrator, ['write'], known)).toBe(administrator)
})

it('a key that reads sees everything and does nothing', () => {
  const role = roleOfKey(administrator, ['read'], known)
  expect([mayDo(role, account, 'read'), mayDo(role, account, 'export'), holds(role, setShape)]).toEqual([
    true,
    true,
    true,
  ])
  expect([mayDo(role, account, 'update'), mayDo(role, order, 'create'), mayDo(role, order, 'delete')]).toEqual([
    false,
    false,
    false,
  ])
})

it('a key for one object knows no other, and holds the permissions that it was given', () => {
  const role = roleOfKey(administrator, ['account:write', 'permission:plan.read'], known)
  expect([mayDo(role, account, 'update'), mayDo(role, order, 'read')]).toEqual([true, false])
  expect([holds(role, seePlans), holds(role, setShape)]).toEqual([true, false])
})

it('no scope gives what the person does not have', () => {
  const role = roleOfKey(representative, ['account:write', 'permission:shape.manage'], known)
  expect([mayDo(role, account, 'import'), holds(role, setShape)]).toEqual([false, false])
})

it('the same scopes are the same role, so that what is worked out for it is worked out once', () => {
  expect(roleOfKey(administrator, ['read'], known)).toBe(roleOfKey(administrator, ['read'], known))
})
