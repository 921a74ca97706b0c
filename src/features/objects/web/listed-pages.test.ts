import { QueryClient, type InfiniteData } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { isLongList, patchRow, shortenLists } from './listed-pages.ts'
import type { RecordRow } from './record-row.ts'

const row = (id: string, more: object = {}): RecordRow => ({
  id,
  version: 1,
  createdAt: '',
  updatedAt: '',
  names: { owner: '甲' },
  name: id,
  ...more,
})
const list = (pages: number): InfiniteData<{ rows: RecordRow[]; cursor: string | null }> => ({
  pages: Array.from({ length: pages }, (_, at) => ({ rows: [row(`${at}a`), row(`${at}b`)], cursor: `c${at}` })),
  pageParams: Array.from({ length: pages }, (_, at) => (at === 0 ? '' : `c${at - 1}`)),
})
const key = ['records', 'account', 'pages', {}]

it('puts a changed record into its place and leaves the others as they are', () => {
  const client = new QueryClient()
  const before = list(2)
  client.setQueryData(key, before)
  client.setQueryData(['records', 'account', 'query', {}], before.pages[1])
  patchRow(client, 'account', row('1a', { name: '新', version: 2, names: { account: '华为' } }))
  const after = client.getQueryData<typeof before>(key)
  expect(after?.pages[1]?.rows[0]).toMatchObject({ name: '新', version: 2, names: { owner: '甲', account: '华为' } })
  expect(after?.pages[0]).toBe(before.pages[0])
  expect(
    client.getQueryData<(typeof before.pages)[number]>(['records', 'account', 'query', {}])?.rows[0]?.['name'],
  ).toBe('新')
})

it('begins a list that was scrolled far with its first pages again', () => {
  const client = new QueryClient()
  client.setQueryData(key, list(40))
  const isLong = () => client.getQueryCache().findAll({ queryKey: key }).map(isLongList)
  expect(isLong()).toEqual([true])
  shortenLists(client)
  expect(client.getQueryData<ReturnType<typeof list>>(key)).toEqual(list(5))
  expect(isLong()).toEqual([false])
})
