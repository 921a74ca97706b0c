import type { ForecastNode } from '../contract.ts'

/** By person or unit: the names of all units above, so that whoever stands in a region is found by its name. */
export function placesOf(root: ForecastNode): ReadonlyMap<string, string> {
  const places = new Map<string, string>()
  const walk = ({ personId, unitId, name, children }: ForecastNode, above: string) => {
    const key = personId ?? unitId
    if (key !== null) places.set(key, [places.get(key), above].filter(Boolean).join(' '))
    for (const child of children) walk(child, `${above} ${name}`)
  }
  walk(root, '')
  return places
}
