import { useState } from 'react'
import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { FigureTable } from './FigureTable.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const row = (name: string, isOther: boolean) => ({ unitId: name, name, depth: 1, figures: ['1', '2', '1'], isOther })
const names = () => screen.getAllByRole('rowheader').map((cell) => cell.textContent)

it('shows the units that change first, and all when asked for', async () => {
  answerNetwork(() => ({ json: {} }))
  const rows = [row('华东', false), row('苏南', true), row('苏北', false)]
  renderScreen(<FigureTable heads={['原来', '以后', '变化']} rows={rows} />)
  const only = await screen.findByRole('checkbox', { name: '只看有变化的单元（1 / 3）' })
  expect(names()).toEqual(['苏南'])
  await userEvent.click(only)
  expect(names()).toEqual(['华东', '苏南', '苏北'])
})

it('says so where nothing changes', async () => {
  answerNetwork(() => ({ json: {} }))
  renderScreen(<FigureTable heads={['原来', '以后', '变化']} rows={[row('华东', false)]} />)
  expect(await screen.findByText('没有单元会变化')).toBeTruthy()
  expect(names()).toEqual(['华东'])
})

it('shows what changes first also after a try that changed nothing', async () => {
  answerNetwork(() => ({ json: {} }))
  function Tries() {
    const [changes, setChanges] = useState(false)
    return (
      <>
        <button type="button" onClick={() => setChanges(true)}>
          再试
        </button>
        <FigureTable heads={['原来', '以后', '变化']} rows={[row('华东', false), row('苏南', changes)]} />
      </>
    )
  }
  renderScreen(<Tries />)
  expect(await screen.findByText('没有单元会变化')).toBeTruthy()
  await userEvent.click(screen.getByText('再试'))
  expect(names()).toEqual(['苏南'])
})
