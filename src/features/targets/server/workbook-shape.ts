/** Where a workbook of a plan keeps which plan, in which version, it was made from. */
export const metaSheet = '_terrace'

/** Header of the hidden column with the keys of the rows. */
export const keyHeader = '#'

/** Before the key of a line that shows what a unit hands out on top. */
export const bufferKey = 'buffer:'
