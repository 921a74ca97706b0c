import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { renderScreen } from '#testing/render-screen.tsx'
import type { Objective } from '../contract.ts'
import { ObjectiveLine } from './ObjectiveLine.tsx'

afterEach(cleanup)

const objective: Objective = {
  id: 'o1',
  name: '守住毛利',
  note: '',
  parentId: null,
  ownerId: null,
  ownerName: null,
  period: '2026',
  metric: null,
  metricLabel: null,
  unitId: null,
  unitName: null,
  measure: null,
  progress: null,
  status: 'open',
  version: 1,
  links: [],
  can: { manage: false },
}

const figure = { actual: '1', target: null, attainment: null }

it.each([
  ['不用数字衡量', objective],
  ['不在您的范围内', { ...objective, metric: 'margin' }],
  ['还没有生效的目标', { ...objective, metric: 'margin', progress: figure }],
  ['87.6%', { ...objective, metric: 'margin', progress: { ...figure, target: '2', attainment: 0.876 } }],
])('says %s', async (said, shown) => {
  renderScreen(<ObjectiveLine objective={shown} beside={[shown]} at={0} mayManage={false} onOpen={() => undefined} />)
  expect(await screen.findByText(said)).toBeTruthy()
})
