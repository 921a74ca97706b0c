import { expect, it } from 'vitest'
import { makesCircle } from './objective-tree.ts'

const all = [
  { id: '增长', parentId: null },
  { id: '新客户', parentId: '增长' },
  { id: '华东', parentId: '新客户' },
]

it('an objective stands neither below itself nor below what is below it', () => {
  expect(makesCircle(all, '增长', '增长')).toBe(true)
  expect(makesCircle(all, '增长', '华东')).toBe(true)
  expect(makesCircle(all, '华东', '增长')).toBe(false)
  expect(makesCircle(all, '新客户', null)).toBe(false)
})
