import { isList, isNumeric, valueTypeOf } from '#engine/model/column.ts'
import type { Field } from '#engine/model/object-type.ts'
import type { Operator } from '#engine/query/filter.ts'
import type { filterWords } from './words.ts'

type WordKey = keyof typeof filterWords.labels

/** How an operator is called, where the field's type has a better word than the operator itself. */
export function operatorWord(op: Operator, field: Field): WordKey {
  const type = valueTypeOf(field)
  if (type === 'date' || type === 'date_time') {
    const dated: Partial<Record<Operator, WordKey>> = { lt: 'ltDay', le: 'leDay', gt: 'gtDay', ge: 'geDay' }
    return op === 'within' ? 'withinDays' : (dated[op] ?? op)
  }
  if (op === 'within') return type === 'region' ? 'withinRegion' : 'withinUnit'
  return op
}

const firstChoice: Readonly<Record<string, Operator>> = {
  date: 'within',
  date_time: 'within',
  region: 'within',
  choice: 'in',
  file: 'notEmpty',
}

/** The comparison that people mean most often. */
export function usualOperator(field: Field): Operator {
  const type = valueTypeOf(field)
  if (isList(field)) return type === 'file' ? 'notEmpty' : 'hasAny'
  if (isNumeric(field)) return 'ge'
  return firstChoice[type] ?? (['yes_no', 'owner', 'reference'].includes(type) ? 'eq' : 'contains')
}
