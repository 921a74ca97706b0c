import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Filter } from '#engine/query/filter.ts'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import type { ScreenObject } from '../use-objects.ts'
import { FilterBar } from '../FilterBar.tsx'
import { FilterPanel } from './FilterPanel.tsx'

const can = { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true }
const label = (text: string) => ({ zh: text, en: text })
const deal: ScreenObject = {
  key: 'opportunity',
  label: label('商机'),
  labelOfMany: label('商机'),
  title: 'name',
  fields: [
    { key: 'name', type: 'text', label: label('名称') },
    { key: 'amount', type: 'money', label: label('金额') },
    { key: 'closedOn', type: 'date', label: label('关闭日期') },
    { key: 'account', type: 'reference', to: 'account', label: label('客户') },
  ],
  defaultSort: [],
  can,
}
const account: ScreenObject = {
  ...deal,
  key: 'account',
  label: label('客户'),
  labelOfMany: label('客户'),
  fields: [{ key: 'name', type: 'text', label: label('客户名称') }],
}
const big: Filter = { field: 'amount', op: 'gt', value: '100000' }
const either: Filter = { or: [{ field: 'account.name', op: 'contains', value: '华' }, { field: 'closedOn', op: 'empty' }] } // prettier-ignore
const nested: Filter = { and: [big, either] }

/** The server: reads one text, refuses every other; writes any filter as `…`. */
const server = () =>
  answerNetwork(({ path, body }) => {
    const asked = body as { text?: string; filter?: Filter }
    if (path.endsWith('/objects')) return { json: { objects: [deal, account] } }
    if (path.endsWith('/totals')) return { json: { count: 42, sums: {}, figures: [] } }
    if (path.endsWith('/filters/complete')) {
      return { json: { from: 0, to: 1, options: [{ kind: 'field', insert: '金额', label: '金额', detail: 'amount' }] } }
    }
    if (!path.endsWith('/filters/read')) return undefined
    if (asked.text === undefined) return { json: { filter: asked.filter ?? { and: [] }, faults: [], text: asked.filter ? '金额>10万' : '', words: asked.filter ? '金额大于 10 万' : '全部', names: {} } } // prettier-ignore
    if (asked.text === '金额>10万') return { json: { filter: big, faults: [], text: asked.text, words: '', names: {} } }
    return { json: { filter: null, faults: [{ from: 0, to: 2, code: 'field', message: '没有字段' }], text: asked.text, words: '', names: {} } } // prettier-ignore
  })

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }))
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show(filter: Filter | undefined) {
  const onChange = vi.fn()
  const onClose = vi.fn()
  renderScreen(<FilterPanel object={deal} filter={filter} isOpen onClose={onClose} onChange={onChange} />)
  return { onChange, onClose }
}

it('shows every condition of a nested filter, in words and as text, with what it matches', async () => {
  server()
  show(nested)
  expect(await screen.findByText('金额大于 10 万')).toBeTruthy()
  expect(screen.getAllByRole('group', { name: '条件' })).toHaveLength(3)
  expect(screen.getByRole('group', { name: '任一满足' })).toBeTruthy()
  expect(await screen.findByText('客户 › 客户名称')).toBeTruthy()
  expect(await screen.findByText('42')).toBeTruthy()
  await waitFor(() =>
    expect(screen.getByRole<HTMLTextAreaElement>('combobox', { name: '写成文字' }).value).toBe('金额>10万'),
  )
})

it('gives back what was changed, and leaves out what is not finished', async () => {
  server()
  const { onChange, onClose } = show(nested)
  const person = userEvent.setup()
  const amount = await screen.findByDisplayValue('100,000')
  await person.clear(amount)
  await person.type(amount, '2万')
  await person.click(screen.getAllByRole('button', { name: /添加条件/ })[0] as HTMLElement)
  await person.click(screen.getByRole('button', { name: /应\s*用/ }))
  expect(onChange).toHaveBeenCalledWith({ and: [{ ...big, value: '20000' }, either] })
  expect(onClose).toHaveBeenCalled()
})

it('makes conditions of a text, and marks what of it cannot be read', async () => {
  server()
  const { onChange } = show(undefined)
  const person = userEvent.setup()
  const text = await screen.findByRole('combobox', { name: '写成文字' })
  await person.type(text, '金钱>1')
  expect(await screen.findByText('“金钱”：没有字段')).toBeTruthy()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /应\s*用/ }).disabled).toBe(true)
  await person.clear(text)
  await person.type(text, '金额>10万')
  expect(await screen.findByDisplayValue('100,000')).toBeTruthy()
  await person.keyboard('{Escape}{Enter}')
  expect(onChange).toHaveBeenCalledWith(big)
})

it('applies what was typed this moment, and stays open where it cannot be read', async () => {
  server()
  const { onChange, onClose } = show(undefined)
  const person = userEvent.setup()
  const text = await screen.findByRole('combobox', { name: '写成文字' })
  await person.click(text)
  await person.paste('金钱>1')
  await person.click(screen.getByRole('button', { name: /应\s*用/ }))
  expect(await screen.findByText('“金钱”：没有字段')).toBeTruthy()
  expect(onClose).not.toHaveBeenCalled()
  await person.clear(text)
  await person.paste('金额>10万')
  await person.click(screen.getByRole('button', { name: /应\s*用/ }))
  await waitFor(() => expect(onChange).toHaveBeenCalledWith(big))
  expect(onClose).toHaveBeenCalled()
})

it('is completed by keyboard', async () => {
  server()
  show(undefined)
  const person = userEvent.setup()
  const text = await screen.findByRole<HTMLTextAreaElement>('combobox', { name: '写成文字' })
  await person.type(text, '金')
  expect(await screen.findByRole('option', { name: /金额/ })).toBeTruthy()
  await person.keyboard('{ArrowDown}{Enter}')
  expect(text.value).toBe('金额')
})

it('goes on right after a completion in the middle of the text, however fast one types', async () => {
  server()
  show(undefined)
  const person = userEvent.setup({ delay: null })
  const text = await screen.findByRole<HTMLTextAreaElement>('combobox', { name: '写成文字' })
  await person.type(text, '金 且 状态:开', { initialSelectionStart: 0, initialSelectionEnd: 0 })
  text.setSelectionRange(1, 1)
  fireEvent.select(text)
  expect(await screen.findByRole('option', { name: /金额/ })).toBeTruthy()
  await person.keyboard('{ArrowDown}{Enter}>5')
  expect(text.value).toBe('金额>5 且 状态:开')
})

it('the bar shows each condition as a chip in words, nested ones too, and removes one of them', async () => {
  server()
  const onChange = vi.fn()
  renderScreen(<FilterBar object={deal} filter={nested} onChange={onChange} search="" onSearch={() => undefined} />)
  expect(await screen.findByText('金额大于 10 万')).toBeTruthy()
  expect(await screen.findByText('客户的客户名称包含“华”，或关闭日期为空')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: '移除条件 金额大于 10 万' }))
  expect(onChange).toHaveBeenCalledWith(either)
})

it('what is written like a filter into the search is one; the rest is looked for in the names', async () => {
  server()
  const [onChange, onSearch] = [vi.fn(), vi.fn()]
  renderScreen(<FilterBar object={deal} filter={either} onChange={onChange} search="" onSearch={onSearch} />)
  const search = await screen.findByRole('searchbox', { name: '搜索名称' })
  await userEvent.type(search, '金额>10万{Enter}')
  await waitFor(() => expect(onChange).toHaveBeenCalledWith({ and: [either, big] }))
  await userEvent.clear(search)
  await userEvent.type(search, '12:30{Enter}')
  await waitFor(() => expect(onSearch).toHaveBeenLastCalledWith('12:30'))
})
