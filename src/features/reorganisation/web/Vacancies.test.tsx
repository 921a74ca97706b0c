import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { renderScreen } from '#testing/render-screen.tsx'
import type { DrawnUnitShape } from '../contract.ts'
import { Vacancies } from './Vacancies.tsx'

afterEach(cleanup)

const unit = (name: string, headId: string | null, marks: DrawnUnitShape['marks'] = []): DrawnUnitShape => ({
  id: name, name, tier: null, parentId: null, headId, marks, people: [],
}) // prettier-ignore

it('names new units and those that lose their head, but not those that close or had none', async () => {
  const before = [unit('苏南', 'p1'), unit('苏北', 'p2'), unit('浙南', null)]
  const after = [unit('苏南', 'p1'), unit('苏北', null), unit('浙南', null), unit('苏南 2', null, ['new']), unit('浙北', null, ['ends'])] // prettier-ignore
  renderScreen(<Vacancies before={before} after={after} />)
  expect(await screen.findByText('这些单元还没有负责人：苏北、苏南 2')).toBeTruthy()
})
