import { expect, it } from 'vitest'
import { layTalk, momentOf } from './lay-talk.ts'

const dayOf = (instant: string) => instant.slice(0, 10)

it('an activity noted on its day stands at that moment, one noted later at the end of its day', () => {
  expect(momentOf('2026-03-05', '2026-03-05T02:00:00.000Z', dayOf)).toBe('2026-03-05T02:00:00.000Z')
  const late = momentOf('2026-03-05', '2026-03-09T02:00:00.000Z', dayOf)
  expect(new Date(late).getTime()).toBe(new Date('2026-03-05T23:59:59').getTime())
})

it('what was said and done stands newest first; what is older than the comments shown waits for those before them', () => {
  const comments = [
    { at: '2026-03-09T00:00:00.000Z', item: 'c2' },
    { at: '2026-03-05T00:00:00.000Z', item: 'c1' },
  ]
  const activities = [
    { at: '2026-03-07T00:00:00.000Z', item: 'a2' },
    { at: '2026-03-01T00:00:00.000Z', item: 'a1' },
  ]
  expect(layTalk(comments, activities, true)).toEqual(['c2', 'a2', 'c1'])
  expect(layTalk(comments, activities, false)).toEqual(['c2', 'a2', 'c1', 'a1'])
  expect(layTalk([], activities, false)).toEqual(['a2', 'a1'])
})
