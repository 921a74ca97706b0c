import { cleanup, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { useChangeAddress } from '#web/shell/address.ts'
import { NothingYet } from './NothingYet.tsx'
import { useAttainmentTree } from './use-attainment.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const both = (name: string) => ({ zh: name, en: name })
const structures = [
  { key: 'sales', name: both('销售'), isDefault: true, units: 3, people: 9 },
  { key: 'lines', name: both('产品线'), isDefault: false, units: 1, people: 0 },
]

it('says that nobody is placed in a structure and leads to where they are, and else that the period is empty', async () => {
  answerNetwork(() => ({ json: { structures } }))
  renderScreen(<NothingYet onLastYear={() => undefined} />, { at: '/?structure=lines' })
  expect(await screen.findByText('“产品线”里还没有安排任何人')).toBeTruthy()
  expect(screen.getByRole('link', { name: '去安排人员' }).getAttribute('href')).toContain('structure=lines')
  cleanup()
  renderScreen(<NothingYet onLastYear={() => undefined} />)
  expect(await screen.findByText('这个期间还没有目标和业绩')).toBeTruthy()
})

function Probe() {
  const tree = useAttainmentTree('signed_amount', '2026')
  const change = useChangeAddress()
  return (
    <>
      <output>{tree.data?.id ?? 'none'}</output>
      <button onClick={() => change({ structure: 'lines' })}>lines</button>
    </>
  )
}

it('keeps no units of the structure that was shown before', async () => {
  answerNetwork(({ path }) =>
    path.includes('structure=') ? { json: { id: 'later', meta: {} } } : { json: { id: 'unit', meta: {} } },
  )
  const seen: (string | null)[] = []
  renderScreen(<Probe />)
  const shown = await screen.findByText('unit')
  new MutationObserver(() => seen.push(shown.textContent)).observe(shown, {
    characterData: true,
    subtree: true,
    childList: true,
  })
  await userEvent.click(screen.getByRole('button', { name: 'lines' }))
  await waitFor(() => expect(shown.textContent).toBe('later'))
  expect(seen).toEqual(['none', 'later'])
})
