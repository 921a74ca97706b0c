import { describe, expect, it } from 'vitest'
import type { Layout } from '#engine/model/object-type.ts'
import { joined, withPlacesOf } from './places.ts'

const form = (...sections: readonly (readonly string[])[]): readonly Layout[] => [
  { recordType: null, sections: sections.map((fields) => ({ label: { zh: '一', en: 'One' }, columns: 2, fields })) },
]
const fieldsOf = ([layout]: readonly Layout[]) => layout?.sections.map(({ fields }) => fields)

describe('the places of deleted fields', () => {
  it('stay behind the field that stood before them, wherever that is put', () => {
    const kept = form(['name', 'size', 'color'], ['series'])
    const saved = withPlacesOf(new Set(['size', 'color']), form(['series'], ['code', 'name', 'price']), kept)
    expect(fieldsOf(saved)).toEqual([['series'], ['code', 'name', 'size', 'color', 'price']])
  })

  it('stay at the head of their section where nothing stood before them', () => {
    const kept = form(['name'], ['size', 'series'])
    expect(fieldsOf(withPlacesOf(new Set(['size']), form(['name'], ['series']), kept))).toEqual([
      ['name'],
      ['size', 'series'],
    ])
    expect(fieldsOf(withPlacesOf(new Set(['size']), form(['name', 'series']), kept))).toEqual([
      ['size', 'name', 'series'],
    ])
  })
})

describe('a field that joins the forms', () => {
  it('stands in each once', () => {
    expect(fieldsOf(joined(form(['name', 'size'], ['series']), 'size'))).toEqual([['name', 'size'], ['series']])
    expect(fieldsOf(joined(form(['name'], ['series']), 'size'))).toEqual([['name'], ['series', 'size']])
  })
})
