import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { CascadeFields, isWholeWish, usualCascade } from './CascadeFields.tsx'
import { NewPlan } from './NewPlan.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('says what is wrong with a total, and what it reads of a rate', async () => {
  answerNetwork(() => ({ json: { plans: [] } }))
  const metric = { key: 'win_rate', label: { zh: '赢单率', en: 'Win rate' }, unit: 'percent', kind: 'ratio' }
  renderScreen(<NewPlan metric={metric as Parameters<typeof NewPlan>[0]['metric']} year={2027} />)
  const total = await screen.findByLabelText('全年总目标')
  expect(total).toHaveProperty('placeholder', '例如 45 或 45%')
  await userEvent.type(total, 'abc')
  expect(await screen.findByText('“abc”不是数字')).toBeTruthy()
  await userEvent.clear(total)
  await userEvent.type(total, '-5')
  expect(await screen.findByText('目标不能小于零')).toBeTruthy()
  await userEvent.clear(total)
  await userEvent.type(total, '0.45')
  expect(await screen.findByText('45%')).toBeTruthy()
})

it('shows what the parts of a blend come to, and takes no other than a whole', async () => {
  const whole = { ...usualCascade(2027, false), method: 'blend' as const }
  const more = { ...whole, parts: { ...whole.parts, lastActual: 60, headcount: 90 } }
  expect([isWholeWish(whole), isWholeWish(more), isWholeWish({ ...more, method: 'equal' })]).toEqual([
    true,
    false,
    true,
  ])
  answerNetwork(() => ({ json: { curves: [] } }))
  const form = (value: typeof whole) => (
    <CascadeFields year={2027} unit="0.01" isMoney value={value} onChange={() => undefined} withSeason={false} />
  )
  renderScreen(form(more))
  expect(await screen.findByText('合计 150%，应为 100%')).toBeTruthy()
})
