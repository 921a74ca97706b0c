import { addDays, type Day } from '#engine/calendar/day.ts'
import type { Chance } from './chance.ts'
import type { RecordStory, Setting, Shelf } from './story.ts'

/** The weeks before today, each with an evening whose figures were kept: 29, 22, 15 and 8 days ago. */
export function tellEvenings({ today }: Setting): readonly Day[] {
  return [29, 22, 15, 8].map((days) => addDays(today, -days))
}

/** On which day a record became what it is; what has no such day was there from the beginning or came at the end. */
const knownOn: Readonly<Record<string, (values: RecordStory['values']) => unknown>> = {
  product: () => '',
  account: () => '',
  contact: () => '',
  opportunity: (values) => values['closedOn'] ?? values['engagedOn'],
  order: (values) => values['orderedOn'],
  payment: (values) => values['receivedOn'],
  refund: (values) => values['refundedOn'],
}

/**
 * The records in portions, as the company came to know them: everything up to the first evening, then what was new or
 * put right by each of the next; the last portion is the rest. A record may come twice: as it stood, and put right.
 */
export function byEvenings(shelves: readonly Shelf[], evenings: readonly Day[]): readonly (readonly Shelf[])[] {
  const portionOf = (day: string) => {
    const at = evenings.findIndex((evening) => day <= evening)
    return at < 0 ? evenings.length : at
  }
  const placed = shelves.map((shelf) => ({
    shelf,
    records: shelf.records.flatMap((record) => {
      const day = knownOn[shelf.object]?.(record.values)
      const first = typeof day === 'string' ? portionOf(day) : evenings.length
      return versionsOf(record, first, record.earlier ? portionOf(addDays(record.earlier.until, 1)) : first)
    }),
  }))
  return Array.from({ length: evenings.length + 1 }, (_, portion) =>
    placed.flatMap(({ shelf, records }) => {
      const own = records.flatMap(({ record, at }) => (at === portion ? [record] : []))
      return own.length > 0 ? [{ ...shelf, records: own }] : []
    }),
  )
}

interface Placed {
  readonly record: RecordStory
  readonly at: number
}

function versionsOf(record: RecordStory, first: number, corrected: number): readonly Placed[] {
  const { earlier, moves: _moves, ...later } = record
  if (!earlier || corrected <= first) return [{ record, at: first }]
  const stood = { ...record, values: { ...record.values, ...earlier.values } }
  return [
    { record: stood, at: first },
    { record: later, at: corrected },
  ]
}

/** One in so many results of the last weeks was put right since. */
const oneIn = 9

/**
 * Some results of the weeks before stood otherwise at first: another amount, another day, or an order that fell through.
 * So what changed since last week has more than one reason. Results of the representative of the demo stay as they are.
 */
export function withCorrections(
  { today }: Setting,
  chance: Chance,
  shelves: readonly Shelf[],
  favourite: string | undefined,
): readonly Shelf[] {
  const [from, to] = [addDays(today, -40), addDays(today, -9)]
  return shelves.map((shelf) => {
    const dayField = shelf.object === 'opportunity' ? 'closedOn' : shelf.object === 'order' ? 'orderedOn' : undefined
    if (dayField === undefined) return shelf
    const records = shelf.records.map((record): RecordStory => {
      const day = record.values[dayField]
      const isRecent = typeof day === 'string' && from <= day && day <= to && record.values['ownerId'] !== favourite
      if (!isRecent || record.moves?.at(-1)?.to === '输单') return record
      const until = addDays(today, -chance.whole(2, 12))
      const stood = chance.whole(1, oneIn) === 1 ? stoodBefore(chance, shelf.object, record, day) : undefined
      return stood && until > day ? { ...record, earlier: { until, values: stood } } : record
    })
    return { ...shelf, records }
  })
}

function stoodBefore(chance: Chance, object: string, { values }: RecordStory, day: Day) {
  if (values['status'] === 'cancelled') return { status: 'confirmed' }
  if (values['status'] === 'draft') return undefined
  if (object === 'order' && chance.happens(0.3)) return { orderedOn: addDays(day, -chance.whole(1, 3)) }
  return { amount: String(Math.round((Number(values['amount']) * (0.85 + 0.4 * chance.next())) / 100) * 100) }
}
