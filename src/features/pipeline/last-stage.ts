import type { StageKind } from './settle.ts'

/** Kinds of the living stages by their id. */
export type Kinds = ReadonlyMap<string, StageKind>

/** Whether this stage is the only one of its kind: without it deals could no longer be open, won or lost. */
export function isLastOfKind(kinds: Kinds, id: string): boolean {
  const own = kinds.get(id)
  return own !== undefined && [...kinds.values()].filter((kind) => kind === own).length === 1
}
