export const carries = ['siblings', 'parents', 'buffer'] as const
/** Who carries the difference of an amendment: the siblings, the totals above, or what the unit above hands out beyond its own. */
export type Carry = (typeof carries)[number]
