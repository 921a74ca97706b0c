import type { Settings } from './use-room.ts'

/** Percent and points as people write them. */
export interface Filled {
  readonly ahead: number
  readonly onPace: number
  readonly behind: number
  readonly isOn: boolean
  readonly margin: number
  readonly recovery: number
  readonly quietWorkdays: number
  readonly closeAfterDays: number | null
  /** Bounds of scores where less is better; empty: as they come. */
  readonly clampLeast: number | null
  readonly clampMost: number | null
  /** Kinds of periods that alerts are about. */
  readonly kinds: Settings['alerts']['kinds']
  readonly keptMetrics: readonly string[]
}

/** As wide as a bound goes: what it says is that there is none. */
const widest = { least: -10, most: 10 }
const boundOf = (share: number, none: number) => (share === none ? null : inPercent(share))

const inPercent = (share: number) => Math.round(share * 1000) / 10

/** The form as the settings fill it. */
export function filledBy({ lights, alerts, closeAfterDays, clamp, keptMetrics }: Settings): Filled {
  return {
    ahead: inPercent(lights.ahead),
    onPace: inPercent(lights.onPace),
    behind: inPercent(lights.behind),
    isOn: alerts.isOn,
    margin: inPercent(alerts.margin),
    recovery: inPercent(alerts.recovery),
    quietWorkdays: alerts.quietWorkdays,
    closeAfterDays,
    clampLeast: clamp ? boundOf(clamp.least, widest.least) : null,
    clampMost: clamp ? boundOf(clamp.most, widest.most) : null,
    kinds: alerts.kinds,
    keptMetrics,
  }
}

/** The settings as the form has them; what it does not show stays as it was. */
export function readBack(before: Settings, { ahead, onPace, behind, margin, recovery, ...filled }: Filled): Settings {
  return {
    ...before,
    lights: { ahead: ahead / 100, onPace: onPace / 100, behind: behind / 100 },
    closeAfterDays: filled.closeAfterDays ?? null,
    clamp: clampOf(filled),
    keptMetrics: [...filled.keptMetrics],
    alerts: {
      ...before.alerts,
      isOn: filled.isOn,
      margin: margin / 100,
      recovery: recovery / 100,
      quietWorkdays: filled.quietWorkdays,
      kinds: filled.kinds,
    },
  }
}

/** One bound alone leaves the other side as wide as it goes. */
function clampOf({ clampLeast, clampMost }: Pick<Filled, 'clampLeast' | 'clampMost'>): Settings['clamp'] {
  if ((clampLeast ?? null) === null && (clampMost ?? null) === null) return null
  return {
    least: (clampLeast ?? null) === null ? widest.least : Number(clampLeast) / 100,
    most: (clampMost ?? null) === null ? widest.most : Number(clampMost) / 100,
  }
}
