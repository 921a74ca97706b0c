import type { OpenDeal } from './deal.ts'
import type { Experience, Rate } from './experience.ts'

/** What an open deal is expected to bring, and how far that may lie off. */
interface Weighed {
  /** Chance to be won ever, and to close inside the period if it is won. */
  readonly win: number
  readonly inside: number
  readonly expected: number
  /** The variance of what it brings, by itself. */
  readonly alone: number
  /** How far both chances may be mistaken, in money: together with those of all deals of the same cell. */
  readonly mistaken: readonly { readonly cell: string; readonly off: number }[]
}

/**
 * A deal is won or not by itself: with p = win × inside and its amount a grown by g what it brings has the variance
 * a²·(E[g²]·p − (E[g]·p)²). The chances of all deals of a stage, and of all that are due alike, may be mistaken together:
 * a share that rests on n deals has the beta distribution's coefficient of variation √((1 − m)/(m·(n + 1))).
 */
export function weigh(deal: OpenDeal, experience: Experience): Weighed {
  const [win, inside] = [experience.winAt(deal), experience.insideAt(deal)]
  const { growth } = experience
  const chance = win.mean * inside.mean
  const expected = deal.amount * growth.mean * chance
  return {
    win: win.mean,
    inside: inside.mean,
    expected,
    alone: deal.amount * deal.amount * growth.meanSquare * chance - expected * expected,
    mistaken: [
      { cell: `win ${deal.stage ?? ''}`, off: expected * variationOf(win) },
      { cell: inside.cell, off: expected * variationOf(inside) },
    ],
  }
}

function variationOf({ mean, weight }: Rate): number {
  const share = Math.min(0.999, Math.max(0.001, mean))
  return Math.sqrt((1 - share) / (share * (weight + 1)))
}

/** Sums over open deals. They are filled deal by deal: a company's deals are too many to be held. */
export interface OpenSums {
  expected: number
  /** Of the squares of what is expected. */
  squares: number
  alone: number
  readonly mistaken: Map<string, number>
}

export function noSums(): OpenSums {
  return { expected: 0, squares: 0, alone: 0, mistaken: new Map() }
}

/** `part` of its amount counts, 0–1. */
export function addDeal(sums: OpenSums, { expected, alone, mistaken }: Weighed, part = 1): void {
  sums.expected += expected * part
  sums.squares += (expected * part) ** 2
  sums.alone += alone * part * part
  for (const { cell, off } of mistaken) sums.mistaken.set(cell, (sums.mistaken.get(cell) ?? 0) + off * part)
}

/** Of nodes that have no deal in common. */
export function sumsTogether(all: readonly OpenSums[]): OpenSums {
  const together = noSums()
  for (const { expected, squares, alone, mistaken } of all) {
    together.expected += expected
    together.squares += squares
    together.alone += alone
    for (const [cell, off] of mistaken) together.mistaken.set(cell, (together.mistaken.get(cell) ?? 0) + off)
  }
  return together
}

export interface Brought {
  readonly expected: number
  readonly variance: number
}

/**
 * What all deals bring, where each that was added stands for `weight` w of them: what is mistaken together errs w times as
 * far, what each brings by itself varies w times as much, and which of them were drawn into the sample adds
 * w·(w − 1)·Σ expected² (Horvitz and Thompson's estimate for deals that are drawn one by one).
 */
export function broughtBy({ expected, squares, alone, mistaken }: OpenSums, weight = 1): Brought {
  const together = [...mistaken.values()].reduce((sum, off) => sum + off * off, 0)
  return {
    expected: weight * expected,
    variance: weight * weight * together + weight * alone + weight * (weight - 1) * squares,
  }
}
