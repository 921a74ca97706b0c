import type { Chance } from './chance.ts'
import { personas } from './personas.ts'
import { familyNames, menNames, womenNames } from './phrases.ts'

const taken: readonly string[] = Object.values(personas).map(({ name }) => name)

/** Gives names that nobody else has; a wanted name is kept for whom it is wanted. */
export function nameGiver(chance: Chance): (wanted?: string) => string {
  const given = new Set<string>(taken)
  return (wanted) => {
    if (wanted !== undefined) return wanted
    let name = personName(chance)
    while (given.has(name)) name = personName(chance)
    given.add(name)
    return name
  }
}

/** A name as people have it; others may have the same. */
export function personName(chance: Chance): string {
  const [family] = chance.pickBy(familyNames, ([, weight]) => weight)
  return family + chance.pick(chance.happens(0.62) ? menNames : womenNames)
}
