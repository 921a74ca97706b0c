/**
 * Where a token stands in its record, as one number that sorts as hits are ranked: the record's title before its other
 * texts, earlier before later, then shorter texts before longer ones.
 */
export type Place = number

const lengths = 100
/** Places further back are all the same; titles rarely reach them. */
const titleSlots = 150
const lastOfTitle = titleSlots - 1
const lastOfOthers = 2 * titleSlots - 1

export function placeAt(isTitle: boolean, at: number, length: number): Place {
  const slot = isTitle ? Math.min(at, lastOfTitle) : Math.min(titleSlots + at, lastOfOthers)
  return slot * lengths + Math.min(length, lengths - 1)
}

/** For SQL, which looks for a token some glyphs after another in the same text. */
export const places = {
  lengths,
  firstOfOthers: titleSlots * lengths,
  lastOfTitle: lastOfTitle * lengths,
  lastOfOthers: lastOfOthers * lengths,
}
