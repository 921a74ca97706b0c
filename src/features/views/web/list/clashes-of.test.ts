import { afterEach, expect, it, vi } from 'vitest'
import { clashesOf } from './clashes-of.ts'

const row = (id: string, city: string, version = 1) => ({ id, city, version, createdAt: '', updatedAt: '', names: {} })
const uuid = (last: string) => `00000000-0000-7000-8000-00000000000${last}`

afterEach(() => vi.unstubAllGlobals())

it('of pasted rows those that somebody changed first come with what stands there now', async () => {
  const [one, other, third] = [uuid('1'), uuid('2'), uuid('3')]
  const fault = (code: string) => [{ field: '', code, label: { zh: '', en: '' } }]
  vi.stubGlobal('fetch', async (path: string) => {
    const refused = [
      { recordId: one, title: null, faults: fault('changed') },
      { recordId: other, title: null, faults: fault('required') },
    ]
    const json = path.endsWith('/refused') ? { rows: refused } : { rows: [row(one, '宁波', 2)], cursor: null }
    return new Response(JSON.stringify(json), { headers: { 'content-type': 'application/json' } })
  })
  const before = [row(one, '杭州'), row(other, '杭州'), row(third, '杭州')]
  const changes = before.map(({ id }) => ({ id, values: { city: '苏州' } }))
  expect(await clashesOf('account', uuid('9'), before, changes)).toEqual([
    { before: row(one, '杭州'), mine: { city: '苏州' }, theirs: row(one, '宁波', 2) },
  ])
})
