import { describe, expect, it } from 'vitest'
import { mappingSchema } from './mapping.ts'
import { notesOnUse, unusedHeaders, wordsOfNote } from './notes.ts'

const headers = ['Name', '备注2', 'City', 'Name (2)', 'Street']
const mapping = mappingSchema.parse({
  object: 'account',
  columns: { name: 'name', 备注2: [] },
  templates: { note: '{city}, {code}' },
})

describe('the notes on a file', () => {
  it('name the columns that feed nothing', () => {
    expect(unusedHeaders(mapping, headers)).toEqual(['备注2', 'Name (2)', 'Street'])
    const [note, ...others] = notesOnUse(mapping, headers, 3)
    expect(others).toEqual([])
    expect(note && [wordsOfNote(note, 'zh'), wordsOfNote(note, 'en')]).toEqual([
      '没有导入的列：备注2、Name (2)、Street',
      'Columns that were not used: 备注2, Name (2), Street',
    ])
  })

  it('say that there are no rows, and which of two headers is meant', () => {
    expect(notesOnUse(mapping, ['name', 'city'], 0)).toEqual([{ code: 'NO_ROWS' }])
    expect(wordsOfNote({ code: 'HEADER_DOUBLED', name: '金额', became: '金额 (2)' }, 'en')).toBe(
      'The header “金额” stands more than once: “金额” is the first column, the other is called “金额 (2)”',
    )
  })
})
