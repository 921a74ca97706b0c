import { addDays, earlier } from '#engine/calendar/day.ts'
import type { Chance } from './chance.ts'
import type { RecordStory, Setting, Shelf } from './story.ts'
import { firstDay, lastDay } from './tell-org.ts'

interface Times {
  readonly createdAt: string
  readonly updatedAt: string
}

/** Lists of these are read by when they were touched; of the others by their own days. */
const timed = new Set(['account', 'contact', 'opportunity', 'order'])

/** When records were made and last touched: what nobody has looked at for weeks shows as that. */
export function withTimes(setting: Setting, chance: Chance, shelves: readonly Shelf[]): readonly Shelf[] {
  const deals = shelves.filter(({ object }) => object === 'opportunity').flatMap(({ records }) => records)
  const dealsOf = Map.groupBy(deals, ({ values }) => String(values['account']))
  const accounts = new Map<string, Times>()
  return shelves.map((shelf) => {
    if (!timed.has(shelf.object)) return shelf
    const records = shelf.records.map((record) => {
      const times = timesOf(setting, chance, shelf.object, record, { dealsOf, accounts })
      if (shelf.object === 'account') accounts.set(record.key, times)
      return { ...record, times }
    })
    return { ...shelf, records }
  })
}

interface Known {
  readonly dealsOf: ReadonlyMap<string, readonly RecordStory[]>
  readonly accounts: ReadonlyMap<string, Times>
}

function timesOf(setting: Setting, chance: Chance, object: string, record: RecordStory, known: Known): Times {
  const { values, moves = [] } = record
  if (object === 'opportunity') return { createdAt: moves[0]?.at ?? '', updatedAt: moves.at(-1)?.at ?? '' }
  if (object === 'account') return timesOfAccount(setting, chance, known.dealsOf.get(record.key) ?? [])
  if (object === 'contact') return known.accounts.get(String(values['account'])) ?? once(firstDay(setting))
  return once(String(values['orderedOn']))
}

/** Known a while before the first deal, touched with the latest. */
function timesOfAccount(setting: Setting, chance: Chance, deals: readonly RecordStory[]): Times {
  const moves = deals.flatMap((deal) => (deal.moves ?? []).map(({ at }) => at)).sort()
  const first = moves[0]?.slice(0, 10) ?? addDays(lastDay(setting), -chance.whole(5, 700))
  const { createdAt } = once(earlier(addDays(first, -chance.whole(1, 40)), lastDay(setting)))
  return { createdAt, updatedAt: moves.at(-1) ?? createdAt }
}

function once(day: string): Times {
  return { createdAt: `${day}T17:30:00+08:00`, updatedAt: `${day}T17:30:00+08:00` }
}
