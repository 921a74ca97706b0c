import { expect, it } from 'vitest'
import {
  addSection,
  fieldsOutside,
  moveField,
  moveSection,
  outside,
  placeOf,
  sectionsOf,
  withLayout,
} from './layout-draft.ts'

const label = { zh: '段', en: 'Part' }
const layout = {
  recordType: null,
  sections: [
    { label, columns: 2 as const, fields: ['name', 'city'] },
    { label, columns: 1 as const, fields: ['size'] },
  ],
}
const fields = ['name', 'city', 'size', 'note']
const shown = (sections: ReturnType<typeof sectionsOf>) => sections.map((section) => section.fields)

it('begins with every field in one section', () => {
  expect(shown(sectionsOf(undefined, fields))).toEqual([fields])
})

it('moves a field into a section, within it, and out of the form', () => {
  const sections = sectionsOf(layout, fields)
  expect(fieldsOutside(sections, fields)).toEqual(['note'])
  expect(shown(moveField(sections, 'note', 'section-2', 0))).toEqual([
    ['name', 'city'],
    ['note', 'size'],
  ])
  expect(shown(moveField(sections, 'city', 'section-1', 0))).toEqual([['city', 'name'], ['size']])
  const without = moveField(sections, 'name', outside)
  expect(shown(without)).toEqual([['city'], ['size']])
  expect(fieldsOutside(without, fields)).toEqual(['name', 'note'])
  expect(placeOf(without, 'name')).toBe(outside)
  expect(placeOf(without, 'size')).toBe('section-2')
})

it('never lets a field stand twice', () => {
  const moved = moveField(moveField(sectionsOf(layout, fields), 'name', 'section-2'), 'name', 'section-1')
  expect(shown(moved)).toEqual([['city', 'name'], ['size']])
})

it('adds sections with ids of their own and puts them in order', () => {
  const three = addSection(sectionsOf(layout, fields))
  expect(three.map(({ id }) => id)).toEqual(['section-1', 'section-2', 'section-3'])
  expect(moveSection(three, 'section-3', -1).map(({ id }) => id)).toEqual(['section-1', 'section-3', 'section-2'])
  expect(moveSection(three, 'section-1', -1)).toBe(three)
})

it('replaces the layout of one record type and leaves the others', () => {
  const kept = withLayout([layout], 'big', [{ label, columns: 1, fields: ['name'] }])
  expect(kept.map(({ recordType }) => recordType)).toEqual([null, 'big'])
  expect(withLayout(kept, null, undefined).map(({ recordType }) => recordType)).toEqual(['big'])
})
