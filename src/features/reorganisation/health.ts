import { mainUnits, pathOf, topDown, unitsUnder, type Drawing, type DrawnUnit } from './drawing.ts'
import { thresholds, type FindingKind, type Health } from './health-contract.ts'

/** What somebody works on. */
export interface Load {
  readonly accounts: number
  readonly deals: number
  readonly tasks: number
}

const loads = ['accounts', 'deals', 'tasks'] as const

/** How the tiers are set up: span of control, layers, vacancies, load; what is out of bounds becomes a finding. */
export function healthOf(drawing: Drawing, loadOf: (personId: string) => Load, on: string): Health {
  const units = topDown(drawing)
  const mains = [...mainUnits(drawing)].filter(([id]) => drawing.people.get(id)?.isActive)
  const peopleIn = Map.groupBy(mains, ([, unitId]) => unitId)
  const inUnit = (id: string): readonly string[] => (peopleIn.get(id) ?? []).map(([person]) => person)
  const measured = units.map((unit) => {
    const below = [...unitsUnder(drawing, unit.id)]
    const people = below.flatMap(inUnit)
    const load = total(people.map(loadOf))
    return {
      id: unit.id,
      name: unit.name,
      tier: unit.tier,
      parentId: unit.parentId,
      depth: pathOf(drawing, unit.id).length - 1,
      head: unit.headId === null ? null : ref(drawing, unit.headId),
      span:
        inUnit(unit.id).filter((id) => id !== unit.headId).length +
        units.filter((one) => one.parentId === unit.id).length,
      people: inUnit(unit.id).length,
      peopleBelow: new Set(people).size,
      ...load,
    }
  })
  const people = loadedPeople(drawing, mains, loadOf)
  const led = measured.filter((unit) => unit.head !== null)
  const findings = [
    ...measured.flatMap((unit) => findingsOfUnit(unit, drawing)),
    ...people.findings,
    ...strays(drawing),
  ]
  return {
    on,
    totals: {
      units: units.length,
      people: mains.length,
      layers: Math.max(0, ...measured.map((unit) => unit.depth + 1)),
      span: led.length === 0 ? null : oneDecimal(led.reduce((sum, unit) => sum + unit.span, 0) / led.length),
      vacancies: findings.filter(({ kind }) => kind === 'no_head' || kind === 'no_people').length,
    },
    spans: [...Map.groupBy(led, (unit) => unit.span)]
      .sort(([a], [b]) => a - b)
      .map(([span, group]) => ({ span, units: group.map(({ id, name }) => ({ id, name })) })),
    layers: [...Map.groupBy(measured, (unit) => unit.depth)].map(([depth, group]) => ({
      depth,
      units: group.length,
      people: group.reduce((sum, unit) => sum + unit.people, 0),
    })),
    units: measured,
    people: people.rows,
    medians: people.medians,
    findings,
  }
}

type Finding = Health['findings'][number]
type MeasuredUnit = Health['units'][number]

function findingsOfUnit(unit: MeasuredUnit, drawing: Drawing): readonly Finding[] {
  const about = { unit: { id: unit.id, name: unit.name }, person: unit.head }
  const found: (readonly [FindingKind, number | null])[] = []
  if (unit.head === null) found.push(['no_head', null])
  if (unit.head !== null && unit.span > thresholds.spanMost) found.push(['span_wide', unit.span])
  if (unit.head !== null && unit.span < thresholds.spanLeast && unit.peopleBelow > 1)
    found.push(['span_narrow', unit.span])
  if (unit.head !== null && !standsUnder(drawing, unit, unit.head.id)) found.push(['head_elsewhere', null])
  if (unit.peopleBelow === 0) found.push(['no_people', 0])
  if (unit.peopleBelow === 1) found.push(['single_person', 1])
  if (unit.depth + 1 > thresholds.layersMost) found.push(['layers', unit.depth + 1])
  return found.map(([kind, figure]) => ({ kind, ...about, figure: figure === null ? null : String(figure) }))
}

function standsUnder(drawing: Drawing, unit: Pick<DrawnUnit, 'id'>, personId: string): boolean {
  const under = unitsUnder(drawing, unit.id)
  return drawing.assignments.some((one) => one.personId === personId && under.has(one.unitId))
}

/** Everybody beside the median of whoever stands in units of the same tier and heads none. */
function loadedPeople(
  drawing: Drawing,
  mains: readonly (readonly [person: string, unit: string])[],
  loadOf: (personId: string) => Load,
) {
  const heads = new Set([...drawing.units.values()].flatMap(({ headId }) => headId ?? []))
  const peers = Map.groupBy(
    mains.filter(([id]) => !heads.has(id)),
    ([, unitId]) => drawing.units.get(unitId)?.tier ?? '',
  )
  const mediansOf = new Map([...peers].map(([tier, group]) => [tier, medians(group.map(([id]) => loadOf(id)))]))
  const findings: Finding[] = []
  const rows = mains.map(([id, unitId]) => {
    const unit = drawing.units.get(unitId)
    const load = loadOf(id)
    const median = mediansOf.get(unit?.tier ?? '')
    const ratios = loads.flatMap((key) => (median && median[key] > 0 ? [load[key] / median[key]] : []))
    const times = ratios.length > 0 && !heads.has(id) ? Math.max(...ratios) : null
    const about = { unit: { id: unitId, name: unit?.name ?? '—' }, person: ref(drawing, id) }
    const isPeer = (peers.get(unit?.tier ?? '')?.length ?? 0) > 2
    if (times !== null && isPeer && times > thresholds.loadTimes) {
      findings.push({ kind: 'load_high', ...about, figure: oneDecimal(times) })
    }
    if (times !== null && isPeer && times < 1 / thresholds.loadTimes) {
      findings.push({ kind: 'load_low', ...about, figure: oneDecimal(times) })
    }
    return { ...ref(drawing, id), unit: about.unit, ...load, times: times === null ? null : oneDecimal(times) }
  })
  return { rows, findings, medians: medians(mains.filter(([id]) => !heads.has(id)).map(([id]) => loadOf(id))) }
}

/** Active people without a unit, and people who left and still stand in one. */
function strays(drawing: Drawing): readonly Finding[] {
  const standing = Map.groupBy(drawing.assignments, (one) => one.personId)
  return [...drawing.people].flatMap(([id, { name, isActive }]): Finding[] => {
    const at = standing.get(id)?.[0]
    const person = { id, name }
    if (isActive && !at) return [{ kind: 'no_unit', unit: null, person, figure: null }]
    const unit = at && drawing.units.get(at.unitId)
    if (isActive || !unit) return []
    return [{ kind: 'leaver_in_unit', unit: { id: unit.id, name: unit.name }, person, figure: null }]
  })
}

function medians(all: readonly Load[]): Load {
  const of = (key: keyof Load): number => median(all.map((load) => load[key]))
  return { accounts: of('accounts'), deals: of('deals'), tasks: of('tasks') }
}

/** The middle value; of an even count the mean of the two in the middle. 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0]
  return (low + high) / 2
}

function total(all: readonly Load[]): Load {
  const sum = (key: keyof Load): number => all.reduce((so, load) => so + load[key], 0)
  return { accounts: sum('accounts'), deals: sum('deals'), tasks: sum('tasks') }
}

const ref = ({ people }: Drawing, id: string) => ({ id, name: people.get(id)?.name ?? '—' })
const oneDecimal = (value: number): string => value.toFixed(1)
