import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { DifferenceTable } from './DifferenceTable.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('has everything of a change below each other on a phone, and no table to be moved sideways', async () => {
  const heard = { addEventListener: vi.fn(), removeEventListener: vi.fn() }
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes('767px'), ...heard }))
  answerNetwork(() => ({ json: {} }))
  const line = { key: '1', name: '东区', month: '2月', before: '0.3', after: '0.45', who: '何静怡', why: '调整' }
  renderScreen(<DifferenceTable measure="percent" lines={[line]} />)
  expect((await screen.findByRole('listitem')).textContent).toContain('30% → 45%')
  expect(screen.getByText('何静怡')).toBeTruthy()
  expect(screen.queryByRole('table')).toBeNull()
})
