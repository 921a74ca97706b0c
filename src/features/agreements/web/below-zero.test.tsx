import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import type { OwnTarget } from '../contract.ts'
import { AppealForm } from './AppealForm.tsx'
import { ProposalForm } from './ProposalForm.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const both = (name: string) => ({ zh: name, en: name })
const periods = Array.from({ length: 12 }, (_, at) => ({ key: `2026-M${at + 1}`, label: both(`${at + 1}月`) }))

it('says at the field that an appeal cannot ask for less than nothing', async () => {
  const target = {
    plan: { id: 'p', metricLabel: both('签约额'), measure: 'money', unit: '0.01', rule: { periods: 'sum', children: 'sum' }, year: 2026 },
    node: 'u:1',
    periods,
    months: periods.map(() => '1'),
    firstOpen: 1,
  } as unknown as OwnTarget // prettier-ignore
  renderScreen(<AppealForm target={target} onClose={() => undefined} />)
  await userEvent.type(await screen.findByRole('textbox', { name: /希望改为/ }), '-1')
  expect(await screen.findByText('不能小于零')).toBeTruthy()
})

it('says at the field that a proposal cannot be below zero, and sends none', async () => {
  answerNetwork(() => ({
    json: { periods, topDown: null, proposal: null, history: [], measure: 'money', lastYear: null },
  }))
  renderScreen(<ProposalForm planId="p" node="u:1" title="x" isOwn onClose={() => undefined} />)
  await userEvent.type(await screen.findByRole('textbox', { name: /全年/ }), '-5')
  expect(await screen.findByText('不能小于零')).toBeTruthy()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /保\s*存/ }).disabled).toBe(true)
})
