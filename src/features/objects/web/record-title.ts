import type { Language } from '#base/label.ts'
import type { ScreenObject } from './use-objects.ts'
import type { RecordRow } from './use-records.ts'

/** What names a record to people, in the reader's language where it has a name in each. */
export function titleOf(object: ScreenObject, row: Readonly<Record<string, unknown>>, language: Language): string {
  const english = language === 'en' && object.titleEn ? row[object.titleEn] : undefined
  const title = english ?? row[object.title]
  return typeof title === 'string' && title !== '' ? title : '—'
}

/** A value of a row as text, empty when there is none. */
export function textOf(row: RecordRow, key: string): string {
  const value = row[key]
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}
