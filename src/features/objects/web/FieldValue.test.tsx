import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { FieldValue } from './FieldValue.tsx'
import type { ScreenField, ScreenObject } from './use-objects.ts'
import type { RecordRow } from './use-records.ts'

const both = (zh: string, en = zh) => ({ zh, en })
const field = (type: string, more: Partial<ScreenField> = {}): ScreenField => ({
  key: 'x__c',
  type,
  label: both('字段'),
  custom: true,
  ...more,
})
const row = (value: unknown, names: Record<string, string> = {}): RecordRow => ({
  id: 'a1',
  version: 1,
  createdAt: '2026-01-01',
  updatedAt: '2026-01-01',
  names,
  x__c: value,
})
const order: ScreenObject = {
  key: 'order',
  label: both('订单'),
  labelOfMany: both('订单'),
  title: 'code',
  fields: [{ key: 'account', type: 'reference', to: 'account', label: both('客户') }],
  defaultSort: [],
  can: { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true },
}

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('shows several choices by their names, retired ones too', async () => {
  const choices = [
    { key: 'a', label: both('甲') },
    { key: 'b', label: both('乙'), retired: true },
  ]
  renderScreen(<FieldValue field={field('multi_choice', { choices })} row={row(['a', 'b'])} />)
  expect(await screen.findByText('甲')).toBeDefined()
  expect(screen.getByText('乙')).toBeDefined()
})

it('leads from each name in a list of references to its record', async () => {
  const { router } = renderScreen(
    <FieldValue
      field={field('multi_reference', { to: 'account' })}
      row={row(['i1', 'i2'], { i1: '大田', i2: '小田' })}
    />,
  )
  ;(await screen.findByRole('button', { name: '小田' })).click()
  await vi.waitFor(() => expect(router.state.location.search).toMatchObject({ record: 'account:i2' }))
})

it('opens a roll-up to the records behind it, under the same condition', async () => {
  answerNetwork(() => ({ json: { objects: [order] } }))
  const where = { and: [{ field: 'amount', op: 'gt' as const, value: 5 }] }
  const rollup = { of: 'order', via: 'account', where }
  renderScreen(<FieldValue field={field('rollup', { result: 'money', rollup })} row={row('12000')} />)
  const link = await screen.findByRole('link')
  expect(link.textContent).toContain('¥12,000')
  expect(JSON.parse(new URL(link.getAttribute('href') ?? '', 'http://x').searchParams.get('filter') ?? '')).toEqual([
    { field: 'account', op: 'eq', value: 'a1' },
    { field: 'amount', op: 'gt', value: 5 },
  ])
})

it('shows an amount in the currency of its record, unless it is in the base currency', async () => {
  const dollars = { ...row('64'), currency: 'USD' }
  renderScreen(<FieldValue field={field('formula', { result: 'money' })} row={dollars} />)
  expect((await screen.findByText(/64/)).textContent).not.toContain('¥')
  cleanup()
  renderScreen(<FieldValue field={field('formula', { result: 'money', inBase: true })} row={dollars} />)
  expect((await screen.findByText(/64/)).textContent).toContain('¥')
})

it('shows formulas by the type of what they amount to', async () => {
  renderScreen(<FieldValue field={field('formula', { result: 'yes_no' })} row={row(false)} />)
  expect(await screen.findByText('否')).toBeDefined()
})

it('says a rating in words and names a region in full', async () => {
  renderScreen(
    <>
      <FieldValue field={field('rating')} row={row('4')} />
      <FieldValue field={field('region')} row={row('330106')} />
    </>,
  )
  expect((await screen.findByRole('img')).getAttribute('aria-label')).toBe('4 星，共 5 星')
  expect(await screen.findByText('浙江省杭州市西湖区')).toBeDefined()
})

it('sets Markdown, and leaves HTML in it as text', async () => {
  renderScreen(<FieldValue field={field('rich_text')} row={row('**重**<img src=x>')} />)
  expect((await screen.findByText('重')).tagName).toBe('STRONG')
  expect(document.querySelector('.rich-text img')).toBeNull()
})

it('shows files as tiles: images to look at, others to save; in a table their names', async () => {
  const names = { f1: '门头.jpg', f2: '合同.pdf' }
  const view = renderScreen(<FieldValue field={field('file')} row={row(['f1', 'f2'], names)} />)
  expect(await screen.findByRole('button', { name: '查看图片 门头.jpg' })).toBeDefined()
  const link = screen.getByRole('link', { name: '下载 合同.pdf' })
  expect(link.getAttribute('href')).toBe('/api/v1/files/f2/content?as=save')
  view.unmount()
  renderScreen(<FieldValue field={field('file')} row={row(['f1', 'f2'], names)} isDense />)
  expect(await screen.findByText('合同.pdf')).toBeDefined()
  expect(screen.queryByRole('link')).toBeNull()
})
