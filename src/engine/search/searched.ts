import type { Field, RecordValues, SearchedAs } from '#engine/model/object-type.ts'
import type { FieldText } from './judge.ts'
import { tokensOf, type Token } from './tokens.ts'

/** What of an object's definition the search needs. */
export interface SearchShape {
  readonly key: string
  readonly title: string
  readonly titleEn?: string
  readonly fields: readonly Field[]
}

export interface SearchedField extends Field {
  readonly searched: SearchedAs
}

const isSearched = (field: Field): field is SearchedField => field.searched !== undefined

export function searchedFieldsOf({ fields }: SearchShape): readonly SearchedField[] {
  return fields.filter(isSearched)
}

/** The texts by which a record is found. */
export function searchedTextsOf(shape: SearchShape, values: RecordValues): readonly FieldText[] {
  return searchedFieldsOf(shape).flatMap(({ key, searched }) => {
    const text = values[key]
    if (typeof text !== 'string' || text === '') return []
    return [{ field: key, text, as: searched, isTitle: key === shape.title || key === shape.titleEn }]
  })
}

export function tokensOfRecord(shape: SearchShape, values: RecordValues): readonly Token[] {
  return tokensOf(searchedTextsOf(shape, values))
}
