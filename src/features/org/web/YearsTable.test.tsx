import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import type { FiscalYearShown } from '../calendar-contract.ts'
import { YearsTable } from './YearsTable.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const shown = (year: number, name: string) => {
  const span = { from: `${year}-01-01`, to: `${year + 1}-01-01` }
  const label = { zh: `${name}${year}`, en: `${name}${year}` }
  return { year, ...span, label, quarters: [], periods: [{ key: `${year}-01`, label, ...span }] } as unknown as FiscalYearShown // prettier-ignore
}

it('shows the first year that another calendar changes, else the year of today', async () => {
  answerNetwork(() => ({ json: {} }))
  const former = [2026, 2027, 2028].map((year) => shown(year, '月'))
  renderScreen(<YearsTable years={former} former={former} />)
  expect(await screen.findByText('月2026')).toBeTruthy()
  cleanup()
  renderScreen(<YearsTable years={[...former.slice(0, 2), shown(2028, '周')]} former={former} />)
  expect(await screen.findByText('周2028')).toBeTruthy()
})
