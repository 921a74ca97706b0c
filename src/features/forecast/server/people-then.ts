import type { Day } from '#engine/calendar/day.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import type { OrgShape } from '#engine/metrics/tier-tree.ts'

/** Who stood at a node of the tier tree, or below it, on a day of the shape; a node over several tops stands for them. */
export function peopleThen(shape: OrgShape, node: TierNode, day: Day): readonly string[] {
  const stretch = shape.stretches.find(({ from, to }) => from <= day && day < to)
  const nodes = node.kind === 'unit' && node.unitId === null ? node.children : [node]
  return nodes.flatMap(({ id, kind, personId }) => {
    const wanted = (id.split('.')[0] ?? '').split('~')
    return shape.stays.flatMap((stay) => {
      const path = stretch?.paths.get(stay.unitId)
      if (!path || stay.from > day || stay.to <= day) return []
      const isHere =
        kind === 'person' ? stay.personId === personId && path.at(-1) === wanted.at(-1) : lies(path, wanted)
      return isHere ? [stay.personId] : []
    })
  })
}

/** A unit is meant by its own key wherever it stood, or by its path where it stood in two places. */
function lies(path: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length === 1 ? path.includes(wanted[0] ?? '') : wanted.every((unit, depth) => path[depth] === unit)
}
