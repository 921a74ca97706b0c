import { render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { DriverEffect } from './DriverEffect.tsx'

it('tells how a part arises: before, after, and what it brings of the figure', () => {
  const part = { driver: 'collected', unit: 'percent', base: '0.9', actual: '0.952' } as const
  render(<DriverEffect part={part} effect="9451000" unit="money" currency="CNY" />)
  expect(screen.getByRole('paragraph').textContent).toBe('回款率 90.0% → 95.2%，带来 945.1万')
})
