import type { AttainmentNode } from '../../contract.ts'

export interface GapPart {
  readonly node: AttainmentNode
  /** Part of all that is missing below (or of all that exceeds), 0 to 1; null where parts do not add up. */
  readonly share: number | null
}

export interface GapStory {
  readonly kind: 'gap' | 'surplus' | 'weakest'
  readonly parts: readonly GapPart[]
}

const most = 3

/** Which children explain the gap of a node. Where values do not add up, those furthest from their own target. */
export function explainGap(node: AttainmentNode, addsUp: boolean): GapStory {
  const withGap = node.children.filter((child) => child.gap !== null)
  if (!addsUp) {
    const weakest = withGap
      .filter((child) => child.attainment !== null && child.attainment < 1)
      .toSorted((a, b) => (a.attainment ?? 0) - (b.attainment ?? 0))
    return { kind: 'weakest', parts: weakest.slice(0, most).map((child) => ({ node: child, share: null })) }
  }
  const isShort = Number(node.gap ?? 0) > 0
  const sign = isShort ? 1 : -1
  const parts = withGap
    .filter((child) => sign * Number(child.gap) > 0)
    .toSorted((a, b) => sign * (Number(b.gap) - Number(a.gap)))
  const whole = parts.reduce((sum, child) => sum + Number(child.gap), 0)
  return {
    kind: isShort ? 'gap' : 'surplus',
    parts: parts
      .slice(0, most)
      .map((child) => ({ node: child, share: whole === 0 ? null : Number(child.gap) / whole })),
  }
}
