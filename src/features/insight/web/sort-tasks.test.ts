import { expect, it } from 'vitest'
import { sortTasks } from './sort-tasks.ts'

it('sorts tasks into overdue, today, later and someday', () => {
  const groups = sortTasks(['2026-03-04', '2026-03-05', '2026-03-06', ''], (day) => day, '2026-03-05')
  expect(groups).toEqual({ overdue: ['2026-03-04'], today: ['2026-03-05'], later: ['2026-03-06'], someday: [''] })
})
