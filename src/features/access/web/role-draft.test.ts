import { expect, it } from 'vitest'
import type { RoleDefinition } from '#engine/policy/company-role.ts'
import {
  differencesIn,
  differencesOf,
  generalReach,
  isAllowed,
  isHeld,
  isSameDefinition,
  withAction,
  withField,
  withoutObject,
  withPermission,
  withReach,
  withReachIn,
  type RoleObject,
} from './role-draft.ts'

const both = (text: string) => ({ zh: text, en: text })
const order: RoleObject = {
  key: 'order',
  label: both('订单'),
  isOpen: false,
  rights: {
    read: ['administrator', 'manager'],
    create: ['administrator', 'manager'],
    update: ['administrator', 'manager'],
    delete: ['administrator'],
    transfer: ['administrator', 'manager'],
    import: ['administrator'],
    export: ['administrator', 'manager'],
  },
  fields: [],
}
const manager = (definition: RoleDefinition = {}) => ({ basis: 'manager' as const, definition })
const rates = { key: 'rate.manage', label: both('汇率'), roles: ['administrator' as const] }

it('names only where a role differs from its standard one', () => {
  const given = withPermission(manager(), rates, true)
  expect(given).toEqual({ permissions: { 'rate.manage': true } })
  expect(isHeld(manager(given), rates)).toBe(true)
  expect(withPermission(manager(given), rates, false)).toEqual({})

  const deleting = withAction(manager(), order, 'delete', true)
  expect(deleting).toEqual({ objects: { order: { actions: { delete: true } } } })
  expect(isAllowed(manager(deleting), order, 'delete')).toBe(true)
  expect(withAction(manager(deleting), order, 'delete', false)).toEqual({})
})

it('goes by the reach of the standard role unless another is chosen', () => {
  expect(generalReach(manager())).toBe('below')
  const wide = withReach(manager(), 'everything')
  expect([wide, generalReach(manager(wide))]).toEqual([{ reach: 'everything' }, 'everything'])
  expect(withReach(manager(wide), 'below')).toEqual({})
})

it('keeps what is said of an object together, and drops it whole', () => {
  let role = manager(withReachIn(manager(), 'order', 'see', 'unit'))
  role = manager(withField(role, 'order', 'note', 'masked'))
  role = manager(withField(role, 'order', 'amount', 'hidden'))
  expect(role.definition).toEqual({ objects: { order: { see: 'unit', fields: { amount: 'hidden', note: 'masked' } } } })
  expect([differencesOf(role.definition), differencesIn(role.definition.objects?.['order'])]).toEqual([3, 3])
  expect(withField(role, 'order', 'note', 'write').objects).toEqual({
    order: { see: 'unit', fields: { amount: 'hidden' } },
  })
  expect(withoutObject(role, 'order')).toEqual({})
})

it('knows that two definitions say the same, whatever the order and the empty parts', () => {
  const one = { permissions: { a: true, b: false }, objects: { order: { actions: {}, fields: {} } } }
  expect(isSameDefinition(one, { permissions: { b: false, a: true } })).toBe(true)
  expect(isSameDefinition(one, { permissions: { b: true, a: true } })).toBe(false)
})

it('counts every place in which a role differs', () => {
  expect(differencesOf({})).toBe(0)
  expect(
    differencesOf({
      reach: 'own',
      permissions: { a: true, b: false },
      objects: { order: { actions: { read: false }, change: 'own', fields: { amount: 'hidden' } } },
    }),
  ).toBe(6)
})
