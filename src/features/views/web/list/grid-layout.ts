import type { CSSProperties } from 'react'
import type { Column } from '../columns.ts'

/** Where the columns stand: one template for every line, and how far from the left the pinned ones stick. */
export interface Layout {
  readonly template: string
  /** Pixels from the left by column; undefined where it scrolls. */
  readonly sticky: readonly (number | undefined)[]
  readonly width: number
}

export const checkWidth = 40

export function layoutOf(columns: readonly Column[], hasChecks: boolean): Layout {
  const checks = hasChecks ? checkWidth : 0
  let left = checks
  const sticky = columns.map(({ width, isPinned }) => {
    const here = isPinned ? left : undefined
    left += width
    return here
  })
  const isFilled = columns.some(({ isStretchy }) => isStretchy)
  const tracks = columns.map(({ width, isStretchy }, at) =>
    isStretchy || (!isFilled && at === columns.length - 1) ? `minmax(${width}px, ${width}fr)` : `${width}px`,
  )
  return { template: [...(hasChecks ? [`${checkWidth}px`] : []), ...tracks].join(' '), sticky, width: left }
}

/** The place of a pinned cell; -1 is the column of the checks. */
export function stickyAt({ sticky }: Layout, at: number): CSSProperties | undefined {
  const left = at < 0 ? 0 : sticky[at]
  return left === undefined ? undefined : { position: 'sticky', left, zIndex: 1 }
}
