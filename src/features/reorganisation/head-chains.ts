import { mainUnits, pathOf, type Drawing } from './drawing.ts'

/** Who leads somebody, the nearest head first: nobody leads themselves, and nobody twice. */
export function headChain(drawing: Drawing, personId: string): readonly string[] {
  const unitId = mainUnits(drawing).get(personId)
  return unitId === undefined ? [] : chainAbove(drawing, unitId, personId)
}

function chainAbove(drawing: Drawing, unitId: string, personId: string): readonly string[] {
  const heads = pathOf(drawing, unitId)
    .toReversed()
    .flatMap((id) => drawing.units.get(id)?.headId ?? [])
    .filter((head) => head !== personId)
  return [...new Set(heads)]
}

export interface ChainChange {
  readonly personId: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** Everybody whose chain of heads is another one afterwards. */
export function chainChanges(before: Drawing, after: Drawing): readonly ChainChange[] {
  const [mainBefore, mainAfter] = [mainUnits(before), mainUnits(after)]
  return [...new Set([...mainBefore.keys(), ...mainAfter.keys()])].flatMap((personId) => {
    const chainIn = (drawing: Drawing, unit: string | undefined) =>
      unit === undefined ? [] : chainAbove(drawing, unit, personId)
    const chains = { before: chainIn(before, mainBefore.get(personId)), after: chainIn(after, mainAfter.get(personId)) }
    return chains.before.join() === chains.after.join() ? [] : [{ personId, ...chains }]
  })
}
