import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { renderScreen } from '#testing/render-screen.tsx'
import type { Health } from '../health-contract.ts'
import { SpanChart } from './HealthCharts.tsx'

afterEach(cleanup)

interface Drawn {
  readonly series: readonly { readonly name: string; readonly color: string; readonly data: readonly unknown[] }[]
}

vi.mock('#web/kit/Chart.tsx', () => ({
  Chart: ({ option }: { option: Drawn }) =>
    option.series.map(({ name, data }) => <p key={name}>{`${name} ${data.join(' ')}`}</p>),
}))

it('has a name in the legend for each colour of its bars', async () => {
  const units = [{ id: 'u', name: '华东' }]
  const health: Partial<Health> = { spans: [1, 6].map((span) => ({ span, units })) }
  renderScreen(<SpanChart health={health as Health} />)
  expect(await screen.findByText('在界限内 - 1')).toBeTruthy()
  expect(screen.getByText('超出界限 1 -')).toBeTruthy()
})
