import { afterEach, expect, it, vi } from 'vitest'
import { clashesOf } from './clashes-of.ts'

const row = (id: string, city: string, version = 1) => ({ id, city, version, createdAt: '', updatedAt: '', names: {} })
const uuid = (last: string) => `00000000-0000-7000-8000-00000000000${last}`

afterEach(() => vi.unstubAllGlobals())

it('of many refused rows the later ones come too', async () => {
  const ids = [uuid('1'), uuid('2')]
  const faults = [{ field: '', code: 'changed', label: { zh: '', en: '' } }]
  vi.stubGlobal('fetch', async (path: string, { body }: { readonly body?: string }) => {
    const at = path.includes('after=') ? 1 : 0
    const page = { rows: [{ recordId: ids[at], title: null, faults }], next: at === 0 ? ids[0] : null }
    const now = ids.filter((id) => body?.includes(id)).map((id) => row(id, '宁波', 2))
    const json = path.includes('/refused') ? page : { rows: now, cursor: null }
    return new Response(JSON.stringify(json), { headers: { 'content-type': 'application/json' } })
  })
  const before = ids.map((id) => row(id, '杭州'))
  const changes = ids.map((id) => ({ id, values: { city: '苏州' } }))
  const found = await clashesOf('account', uuid('9'), before, changes)
  expect(found.map(({ theirs }) => theirs.id)).toEqual(ids)
})

it('of pasted rows those that somebody changed first come with what stands there now', async () => {
  const [one, other, third] = [uuid('1'), uuid('2'), uuid('3')]
  const fault = (code: string) => [{ field: '', code, label: { zh: '', en: '' } }]
  vi.stubGlobal('fetch', async (path: string) => {
    const refused = [
      { recordId: one, title: null, faults: fault('changed') },
      { recordId: other, title: null, faults: fault('required') },
    ]
    const json = path.endsWith('/refused')
      ? { rows: refused, next: null }
      : { rows: [row(one, '宁波', 2)], cursor: null }
    return new Response(JSON.stringify(json), { headers: { 'content-type': 'application/json' } })
  })
  const before = [row(one, '杭州'), row(other, '杭州'), row(third, '杭州')]
  const changes = before.map(({ id }) => ({ id, values: { city: '苏州' } }))
  expect(await clashesOf('account', uuid('9'), before, changes)).toEqual([
    { before: row(one, '杭州'), mine: { city: '苏州' }, theirs: row(one, '宁波', 2) },
  ])
})
