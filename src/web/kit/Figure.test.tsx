import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { renderScreen } from '#testing/render-screen.tsx'
import { Figure } from './Figure.tsx'
import { StateMark } from './StateMark.tsx'

afterEach(cleanup)

it('says aloud an amount as it can be paid, though it keeps every digit', async () => {
  renderScreen(<Figure value="-492909.8472" unit="money" currency="CNY" label="东区 缺口" onOpen={() => undefined} />)
  expect((await screen.findByRole('button')).getAttribute('aria-label')).toBe('东区 缺口 -49.3万 (-¥492,909.85)')
})

it('says why there is no light: without a result there may well be a target', async () => {
  renderScreen(
    <>
      <StateMark state="none" reason="no-actual" />
      <StateMark state="none" reason="not-begun" />
      <StateMark state="none" reason="no-target" />
      <StateMark state="none" />
    </>,
  )
  await screen.findByText('没有数据')
  expect(document.body.textContent).toContain('—没有数据—尚未开始—无目标—无目标')
})
