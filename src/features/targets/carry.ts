export const carries = ['siblings', 'parents'] as const
/** Who carries the difference of an amendment: the siblings, or the totals above. */
export type Carry = (typeof carries)[number]
