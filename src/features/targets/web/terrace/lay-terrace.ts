import { drawnChildren, type Tier } from './tier.ts'

/** One step of the field, in pixels. */
export interface Step<T extends Tier = Tier> {
  readonly id: string
  readonly tier: T
  readonly parentId: string | undefined
  /** 0 is the top row. */
  readonly row: number
  readonly place: number
  readonly siblings: number
  readonly x: number
  readonly width: number
  readonly top: number
  readonly height: number
  /** Attainment from 0 to `tallest`; null where there is none. */
  readonly level: number | null
}

export interface Field<T extends Tier = Tier> {
  readonly steps: readonly Step<T>[]
  readonly rows: number
  readonly width: number
  readonly height: number
  /** How much lower the middle of a row lies than its ends: the terraces bend round the hill. */
  readonly sag: number
  readonly rowHeight: number
  readonly captionHeight: number
}

export interface FieldSize {
  readonly width: number
  readonly mostRows: number
  /** Metrics that do not add up (rates, averages) share the width by people, not by target. */
  readonly addsUp: boolean
  readonly isPhone?: boolean
}

/** Crops are drawn up to this attainment; the figure beside says the rest. */
export const tallest = 1.16

const gap = 3
const thinnest = 2.5
const mostSteps = 320

/** People below a tier; at least one, so that an empty unit still has its strip of land. */
function headsOf(tier: Tier): number {
  return tier.children.length === 0 ? 1 : tier.children.reduce((sum, child) => sum + headsOf(child), 0)
}

function amountOf(text: string | null): number {
  const value = Number(text ?? 0)
  return Number.isFinite(value) && value > 0 ? value : 0
}

/** Shares of the parent's width, for the children that are drawn. A parent whose target is not fully handed down keeps fallow land at the end. */
export function sharesOf(parent: Tier, addsUp: boolean): readonly number[] {
  const children = drawnChildren(parent)
  const heads = children.map(headsOf)
  const targets = children.map((child) => amountOf(child.target))
  const actuals = children.map((child) => amountOf(child.actual))
  const total = (parts: readonly number[]) => parts.reduce((sum, part) => sum + part, 0)
  const weights = !addsUp ? heads : total(targets) > 0 ? targets : total(actuals) > 0 ? actuals : heads
  const parentTarget = weights === targets ? amountOf(parent.target) : 0
  // A sliver is left to those without a target, so that their results do not disappear from the picture.
  const least = total(weights) * 0.006
  const drawn = weights.map((weight) => Math.max(weight, least))
  const whole = Math.max(total(drawn), parentTarget)
  return drawn.map((weight) => (whole > 0 ? weight / whole : 1 / children.length))
}

interface Strip<T extends Tier> {
  readonly tier: T
  readonly parentId: string | undefined
  readonly from: number
  readonly to: number
  readonly place: number
  readonly siblings: number
}

function childrenOf<T extends Tier>(tier: T): readonly T[] {
  // A tier's children are of the tier's own kind; the recursive type cannot say so.
  return drawnChildren(tier) as readonly T[]
}

function stripsBelow<T extends Tier>(strip: Strip<T>, addsUp: boolean): Strip<T>[] {
  const shares = sharesOf(strip.tier, addsUp)
  let at = strip.from
  const children = childrenOf(strip.tier)
  return children.map((tier, index) => {
    const from = at
    at += (strip.to - strip.from) * (shares[index] ?? 0)
    return { tier, parentId: strip.tier.id, from, to: at, place: index + 1, siblings: children.length }
  })
}

function rowsOf<T extends Tier>(root: T, size: FieldSize): Strip<T>[][] {
  const rows: Strip<T>[][] = [[{ tier: root, parentId: undefined, from: 0, to: 1, place: 1, siblings: 1 }]]
  while (rows.length < size.mostRows) {
    const below = (rows.at(-1) ?? []).flatMap((strip) => stripsBelow(strip, size.addsUp))
    if (below.length === 0 || below.length > mostSteps || size.width / below.length < thinnest) break
    rows.push(below)
  }
  return rows
}

/** Lays the tiers out as a terraced field: the company on top, every step as wide as its share. */
export function layTerrace<T extends Tier>(root: T, size: FieldSize): Field<T> {
  const rows = rowsOf(root, size)
  const sag = Math.round(Math.min(20, size.width / 52))
  const rowHeight = rows.length > 3 ? 46 : 54
  const captionHeight = size.isPhone ? 22 : 24
  const headroom = 14
  const pitch = rowHeight + captionHeight + 12
  const narrowest = size.isPhone ? 0.84 : 0.64
  const steps = rows.flatMap((strips, row) => {
    const share = rows.length === 1 ? 1 : narrowest + ((1 - narrowest) * row) / (rows.length - 1)
    const rowWidth = size.width * share
    const left = (size.width - rowWidth) / 2
    return strips.map((strip): Step<T> => {
      const full = (strip.to - strip.from) * rowWidth
      const inset = Math.min(gap, full * 0.3)
      return {
        id: strip.tier.id,
        tier: strip.tier,
        parentId: strip.parentId,
        row,
        place: strip.place,
        siblings: strip.siblings,
        x: left + strip.from * rowWidth + inset / 2,
        width: Math.max(full - inset, 1),
        top: headroom + row * pitch,
        height: rowHeight,
        level: strip.tier.attainment === null ? null : Math.max(0, Math.min(strip.tier.attainment, tallest)),
      }
    })
  })
  return {
    steps,
    rows: rows.length,
    width: size.width,
    height: headroom + rows.length * pitch + sag,
    sag,
    rowHeight,
    captionHeight,
  }
}

/** How far a contour lies below its ends at `x`. */
export function sagAt(field: Pick<Field, 'width' | 'sag'>, x: number): number {
  const away = (2 * x) / field.width - 1
  return field.sag * (1 - away * away)
}

/** A contour from one x to another as an exact curve (a parabola is one quadratic Bézier). */
export function contour(
  field: Pick<Field, 'width' | 'sag'>,
  from: number,
  to: number,
  y: number,
  isBackwards = false,
): string {
  const slopeAtFrom = (-4 * field.sag * ((2 * from) / field.width - 1)) / field.width
  const middle = (from + to) / 2
  const control = y + sagAt(field, from) + slopeAtFrom * (middle - from)
  const point = (x: number, height: number) => `${x.toFixed(1)} ${height.toFixed(1)}`
  const start = point(from, y + sagAt(field, from))
  const end = point(to, y + sagAt(field, to))
  const through = point(middle, control)
  return isBackwards ? `${end} Q${through} ${start}` : `${start} Q${through} ${end}`
}

/** The band between two contours. */
export function band(
  field: Pick<Field, 'width' | 'sag'>,
  from: number,
  to: number,
  top: number,
  bottom: number,
): string {
  return `M${contour(field, from, to, top)} L${contour(field, from, to, bottom, true)}Z`
}
