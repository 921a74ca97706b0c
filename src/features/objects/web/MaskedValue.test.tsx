import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { FieldValue } from './FieldValue.tsx'
import type { ScreenField } from './use-objects.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const mobile: ScreenField = { key: 'mobile', type: 'phone', label: { zh: '手机', en: 'Mobile' }, masked: true }
const row = (value: string | null) => ({
  id: 'c1',
  version: 1,
  createdAt: '',
  updatedAt: '',
  names: {},
  mobile: value,
})

it('shows a masked value whole once it is asked for, with the reason on record, and hides it again', async () => {
  const user = userEvent.setup()
  const asked = answerNetwork(({ path }) => (path.endsWith('/reveal') ? { json: { value: '13900001234' } } : undefined))
  renderScreen(<FieldValue object="contact" field={mobile} row={row('139****1234')} />)
  expect(await screen.findByText('139****1234')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '显示手机' }))
  await user.type(await screen.findByRole('textbox', { name: '原因（选填）' }), '客户要求回电{Enter}')
  expect((await screen.findByRole('link', { name: '13900001234' })).getAttribute('href')).toBe('tel:13900001234')
  expect(asked.find(({ path }) => path.endsWith('/reveal'))).toMatchObject({
    method: 'POST',
    path: '/api/v1/records/contact/c1/reveal',
    body: { field: 'mobile', reason: '客户要求回电' },
  })
  await user.click(screen.getByRole('button', { name: '隐藏手机' }))
  expect(screen.queryByText('13900001234')).toBeNull()
})

it('is text alone in lists, and where nothing stands there is nothing to show', async () => {
  answerNetwork(() => undefined)
  renderScreen(<FieldValue object="contact" field={mobile} row={row('139****1234')} isDense />)
  expect(await screen.findByText('139****1234')).toBeDefined()
  expect(screen.queryByRole('button')).toBeNull()
  cleanup()
  renderScreen(<FieldValue object="contact" field={mobile} row={row(null)} />)
  expect(await screen.findByText('—')).toBeDefined()
  expect(screen.queryByRole('button')).toBeNull()
})
