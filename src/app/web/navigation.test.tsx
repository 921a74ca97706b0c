import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, buildMe, renderScreen } from '#testing/render-screen.tsx'
import { useNavigation } from './navigation.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function Shown() {
  return useNavigation().nav.map(({ key, label }) => <li key={key}>{label}</li>)
}

it('leads whoever keeps market sizes to them, and nobody else', async () => {
  answerNetwork(() => ({ json: { objects: [] } }))
  renderScreen(<Shown />, { me: buildMe({ permissions: ['market.manage'] }) })
  expect(await screen.findByText('市场规模')).toBeTruthy()
  cleanup()
  renderScreen(<Shown />)
  expect(await screen.findByText('团队')).toBeTruthy()
  expect(screen.queryByText('市场规模')).toBeNull()
})
