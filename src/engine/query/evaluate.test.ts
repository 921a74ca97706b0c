import { describe, expect, it } from 'vitest'
import { monthsFrom } from '#engine/calendar/fiscal-calendar.ts'
import { workCalendarOf } from '#engine/calendar/workday.ts'
import type { FieldType, ObjectType } from '#engine/model/object-type.ts'
import type { Condition } from './filter.ts'
import { isAboutOwnFields, meets } from './evaluate.ts'

const field = (key: string, type: FieldType) => ({ key, type, label: { zh: key, en: key } })
const object: ObjectType = {
  key: 'thing',
  label: { zh: '', en: '' },
  labelOfMany: { zh: '', en: '' },
  table: 'thing',
  title: 'name',
  fields: [
    field('name', 'text'),
    field('amount', 'money'),
    field('tags', 'tags'),
    field('place', 'region'),
    field('day', 'date'),
    field('sum', 'formula'),
  ],
  defaultSort: [],
  rights: { read: [], create: [], update: [], delete: [], transfer: [], import: [], export: [] },
}
const viewpoint = {
  personId: null, today: '2026-06-15', zone: 'Asia/Shanghai', calendar: monthsFrom(1), workCalendar: workCalendarOf('Asia/Shanghai'), peopleOf: () => [], myPeople: [],
} // prettier-ignore
const values = { name: 'Kubota 久保田', amount: '0.30', tags: ['新', '大'], place: '330106', day: '2026-06-01' }
const holds = (condition: Condition, of: Record<string, unknown> = values) => meets(condition, of, object, viewpoint)

describe('a filter on one record in memory', () => {
  it.each<Condition>([
    { field: 'amount', op: 'eq', value: 0.3 },
    { field: 'amount', op: 'between', value: ['0.3', '0.30'] },
    { field: 'name', op: 'contains', value: 'KUBOTA' },
    { field: 'tags', op: 'hasAll', value: ['大', '新'] },
    { field: 'tags', op: 'hasNone', value: ['旧'] },
    { field: 'place', op: 'within', value: { region: '33' } },
    { field: 'day', op: 'within', value: { relative: 'this_month' } },
  ])('is met by %j', (condition) => {
    expect(holds(condition)).toBe(true)
    expect(meets({ not: condition }, values, object, viewpoint)).toBe(false)
  })

  it('takes the unknown as not met, and its negation as met', () => {
    expect(holds({ field: 'amount', op: 'lt', value: 1 }, {})).toBe(false)
    expect(meets({ not: { field: 'amount', op: 'lt', value: 1 } }, {}, object, viewpoint)).toBe(true)
    expect(holds({ field: 'amount', op: 'ne', value: 1 }, {})).toBe(true)
    expect(holds({ field: 'amount', op: 'empty' }, {})).toBe(true)
  })

  it('is about stored fields of the record alone', () => {
    expect(isAboutOwnFields({ field: 'amount', op: 'empty' }, object)).toBe(true)
    expect(isAboutOwnFields({ field: 'sum', op: 'empty' }, object)).toBe(false)
    expect(isAboutOwnFields({ not: { field: 'account.name', op: 'empty' } }, object)).toBe(false)
  })
})
