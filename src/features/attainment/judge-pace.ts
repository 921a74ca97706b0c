import type { AttainmentNode, AttainmentSettings } from '#features/targets/contract.ts'

type Rules = Pick<AttainmentSettings['alerts'], 'margin' | 'recovery' | 'quietWorkdays'>

export interface Judged {
  /** Units that fell behind and were not known to be. */
  readonly fallen: readonly NodeBehind[]
  /** Units known to be behind that are not any more. */
  readonly recovered: readonly string[]
}

export interface NodeBehind {
  readonly unitId: string
  readonly name: string
  /** Units above it, the nearest first. */
  readonly above: readonly string[]
}

/**
 * Which units of a tree fell behind their pace, and which recovered. Between the two margins nothing changes, so that a
 * figure at the edge does not ring every morning; in the first working days of a period nothing falls.
 */
export function judgePace(
  tree: AttainmentNode,
  known: ReadonlySet<string>,
  { margin, recovery, quietWorkdays }: Rules,
  workdaysElapsed: number,
): Judged {
  const fallen: NodeBehind[] = []
  const recovered: string[] = []
  const visit = (node: AttainmentNode, above: readonly string[]): void => {
    if (node.kind !== 'unit') return
    const { unitId, pace, name } = node
    if (unitId !== null && pace !== null) {
      if (known.has(unitId) && pace > -recovery) recovered.push(unitId)
      const isBehind = pace < -margin && workdaysElapsed > quietWorkdays
      if (!known.has(unitId) && isBehind) fallen.push({ unitId, name, above })
    }
    const below = unitId === null ? above : [unitId, ...above]
    node.children.forEach((child) => visit(child, below))
  }
  visit(tree, [])
  return { fallen, recovered }
}

/** Whom a unit behind concerns: its head and the head of the next tier above that has another one. */
export function concernedBy(behind: NodeBehind, heads: ReadonlyMap<string, string>): readonly string[] {
  const own = heads.get(behind.unitId)
  const above = behind.above.map((unit) => heads.get(unit)).find((head) => head !== undefined && head !== own)
  return [own, above].filter((head) => head !== undefined)
}
