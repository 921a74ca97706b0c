/**
 * Remembers a whole number, 1 or more, with each of many texts, by a fingerprint of 64 bits: a file of a million keys
 * takes some 25 MB, where the texts themselves would take a hundred. That two of a million texts share a fingerprint
 * happens once in forty million files.
 */
export interface SeenTexts {
  numberOf(text: string): number | undefined
  /** For a text that is not there yet. */
  add(text: string, number: number): void
}

interface Slots {
  /** Two halves of a fingerprint for each slot. */
  readonly prints: Uint32Array
  /** 0: the slot is free. */
  readonly numbers: Uint32Array
}

const fewest = 1024

export function seenTexts(): SeenTexts {
  let slots = emptySlots(fewest)
  let count = 0
  return {
    numberOf: (text) => slots.numbers[slotOf(slots, ...fingerprint(text))] || undefined,
    add: (text, number) => {
      const [high, low] = fingerprint(text)
      fill(slots, slotOf(slots, high, low), high, low, number)
      count += 1
      // Beyond half full the way to a free slot grows long.
      if (count * 2 > slots.numbers.length) slots = twiceAsMany(slots)
    },
  }
}

function emptySlots(size: number): Slots {
  return { prints: new Uint32Array(size * 2), numbers: new Uint32Array(size) }
}

/** The slot of a fingerprint, or the free one where it belongs: linear probing over a power of two. */
function slotOf({ prints, numbers }: Slots, high: number, low: number): number {
  const mask = numbers.length - 1
  let at = low & mask
  while (numbers[at] !== 0 && (prints[at * 2] !== high || prints[at * 2 + 1] !== low)) at = (at + 1) & mask
  return at
}

function fill({ prints, numbers }: Slots, at: number, high: number, low: number, number: number): void {
  prints[at * 2] = high
  prints[at * 2 + 1] = low
  numbers[at] = number
}

function twiceAsMany(slots: Slots): Slots {
  const wider = emptySlots(slots.numbers.length * 2)
  slots.numbers.forEach((number, at) => {
    if (number === 0) return
    const [high = 0, low = 0] = slots.prints.subarray(at * 2, at * 2 + 2)
    fill(wider, slotOf(wider, high, low), high, low, number)
  })
  return wider
}

/** Two interleaved multiplicative hashes, mixed as MurmurHash3 ends: cyrb53 by bryc (public domain), all 64 bits kept. */
function fingerprint(text: string): readonly [high: number, low: number] {
  let [one, two] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    one = Math.imul(one ^ unit, 2654435761)
    two = Math.imul(two ^ unit, 1597334677)
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909)
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
  return [two >>> 0, one >>> 0]
}
