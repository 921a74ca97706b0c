import { expect, it } from 'vitest'
import { mentionedIn, partsOf } from './mentioned.ts'

const people = [
  { id: '1', name: '张伟' },
  { id: '2', name: '张伟强' },
  { id: '3', name: 'Ann Lee' },
]

it('of two names that begin alike the longer one is meant', () => {
  expect(mentionedIn('请 @张伟强 看', people)).toEqual([people[1]])
  expect(mentionedIn('请 @张伟 和 @张伟强 看', people)).toEqual([people[0], people[1]])
})

it('a name without its sign mentions nobody, nor does a sign without a name', () => {
  expect(mentionedIn('张伟 mail@example.com @', people)).toEqual([])
})

it('two of one name are both mentioned: the text cannot tell them apart', () => {
  const namesakes = [...people, { id: '4', name: '张伟' }]
  expect(mentionedIn('@张伟', namesakes).map(({ id }) => id)).toEqual(['1', '4'])
})

it('the parts of a text together are the text, mentions apart', () => {
  const text = '@Ann Lee：问 @张伟强，再说@@张伟'
  const parts = partsOf(text, people)
  expect(parts.map((part) => part.text).join('')).toBe(text)
  expect(parts.flatMap(({ mention }) => mention?.id ?? [])).toEqual(['3', '2', '1'])
  expect(partsOf('nobody', people)).toEqual([{ text: 'nobody' }])
})
