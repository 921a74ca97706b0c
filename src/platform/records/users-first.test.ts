import { expect, it } from 'vitest'
import type { ObjectType } from '#engine/model/object-type.ts'
import { usersFirst } from './users-first.ts'

const both = (text: string) => ({ zh: text, en: text })
const object = (key: string, ...to: readonly string[]): ObjectType => ({
  key,
  label: both(key),
  labelOfMany: both(key),
  table: key,
  title: 'name',
  fields: to.map((target) => ({ key: target, label: both(target), type: 'reference', to: target })),
  defaultSort: [],
  rights: { read: [], create: [], update: [], delete: [], transfer: [], import: [], export: [] },
})

const order = (...objects: readonly ObjectType[]) => usersFirst(objects).map(({ key }) => key)

it('what refers to others goes before them, however far', () => {
  const [account, deal, sale] = [object('account', 'account'), object('deal', 'account'), object('sale', 'deal')]
  expect(order(account, deal, sale)).toEqual(['sale', 'deal', 'account'])
  expect(order(sale, account, deal)).toEqual(['sale', 'deal', 'account'])
})

it('objects that refer to each other in a circle all come', () => {
  expect(order(object('a', 'b'), object('b', 'a'), object('c', 'a')).toSorted()).toEqual(['a', 'b', 'c'])
})
