import { onlyRoot, unassigned } from '#engine/metrics/tier-tree.ts'
import type { OutlineStretch } from './outline.ts'

/** Where a figure is looked at, and where units stood. */
export interface Standing {
  readonly stretches: readonly OutlineStretch[]
  readonly places: readonly string[]
}

/** Rows of a unit and some days `[from, to)` that count at one of two standings only. */
export interface MovedSpan {
  /** Null: any unit that no outline knows. */
  readonly unitId: string | null
  /** Null: anybody but those whom places name. */
  readonly personId: string | null
  readonly from: string
  readonly to: string
  /** 1: they came, -1: they went. */
  readonly sign: 1 | -1
}

export interface Moves {
  readonly spans: readonly MovedSpan[]
  /** The units that some outline knows. */
  readonly unitIds: readonly string[]
  /** The people whom places name. */
  readonly personIds: readonly string[]
}

interface Stay {
  readonly from: string
  readonly to: string
  readonly paths: ReadonlyMap<string, readonly string[]>
  readonly stray: string
}

/**
 * Which rows count otherwise only because units stand elsewhere: those that `countsAt` answers differently for. A level
 * counts by the last stretch, whatever its day.
 */
export function movesBetween(
  then: Standing,
  now: Standing,
  days: { readonly from: string; readonly to: string },
  isLevel: boolean,
): Moves {
  const [before, after] = [staysOf(then), staysOf(now)]
  const unitIds = [...new Set([...before, ...after].flatMap(({ paths }) => [...paths.keys()]))].toSorted()
  const places = { then: new Set(then.places), now: new Set(now.places) }
  const personIds = [...new Set([...then.places, ...now.places].flatMap(personOf))].toSorted()
  const spans: MovedSpan[] = []
  for (const { from, to } of isLevel ? [days] : partsOf(days, [...before, ...after])) {
    const [was, is] = [before, after].map((stays) =>
      isLevel ? stays.at(-1) : stays.find((stay) => stay.from <= from && from < stay.to),
    )
    for (const unitId of [...unitIds, null]) {
      const [wasPath, isPath] = [pathOf(was, unitId), pathOf(is, unitId)]
      for (const personId of [null, ...personIds]) {
        const sign = Number(holds(places.now, isPath, personId)) - Number(holds(places.then, wasPath, personId))
        if (sign === 1 || sign === -1) spans.push({ unitId, personId, from, to, sign })
      }
    }
  }
  return { spans, unitIds, personIds }
}

function staysOf({ stretches }: Standing): readonly Stay[] {
  return stretches.map((stretch) => {
    const paths = new Map(stretch.paths)
    return {
      from: stretch.from,
      to: stretch.to,
      paths,
      stray: [...onlyRoot({ from: stretch.from, to: stretch.to, paths }), unassigned].join('~'),
    }
  })
}

const personOf = (place: string): string[] => place.split('.').slice(1)

function pathOf(stay: Stay | undefined, unitId: string | null): string | undefined {
  if (!stay) return undefined
  const path = unitId === null ? undefined : stay.paths.get(unitId)
  return path?.join('~') ?? stay.stray
}

/** Whether a row at the path counts at one of the places: at the unit or one above it, or at the person's own. */
function holds(places: ReadonlySet<string>, path: string | undefined, personId: string | null): boolean {
  if (path === undefined) return false
  if (personId !== null && places.has(`${path}.${personId}`)) return true
  const units = path.split('~')
  return units.some((_, at) => places.has(units.slice(0, at + 1).join('~')))
}

/** The days in parts within which no unit moves at either standing. */
function partsOf(days: { readonly from: string; readonly to: string }, stays: readonly Stay[]) {
  const turns = stays.flatMap(({ from, to }) => [from, to]).filter((day) => days.from < day && day < days.to)
  const ends = [days.from, ...[...new Set(turns)].toSorted(), days.to]
  return ends.slice(1).map((to, at) => ({ from: ends[at] ?? to, to }))
}
