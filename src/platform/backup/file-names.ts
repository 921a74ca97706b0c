const pattern = /^terrace-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z\.tar\.zst$/

/** What a backup is called besides its name as long as it is not whole. */
export const draftEnding = '.part'

/** The name of a backup that begins now: sorts by time, says it in UTC. */
export function fileNameOf(now: Date): string {
  return `terrace-${now.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z.tar.zst`
}

/** When a backup of that name began; undefined for other files. */
export function takenAtOf(name: string): Date | undefined {
  const [found, year, month, day, hour, minute, second] = pattern.exec(name) ?? []
  return found === undefined ? undefined : new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/** Those of the files that are the beginning of a backup. */
export function draftsOf(names: readonly string[]): readonly string[] {
  return names.filter(
    (name) => name.endsWith(draftEnding) && takenAtOf(name.slice(0, -draftEnding.length)) !== undefined,
  )
}

export interface Retention {
  /** Days of which the newest backup stays. */
  readonly daily: number
  /** Weeks of which the newest backup stays. */
  readonly weekly: number
}

/**
 * Those of the files that are no longer kept. Days and weeks without a backup do not count, so a machine that was off
 * for a month loses nothing by that; the newest stays whatever was asked for.
 */
export function expiredBackups(names: readonly string[], { daily, weekly }: Retention): readonly string[] {
  const newestFirst = names.filter((name) => takenAtOf(name) !== undefined).sort((a, b) => (a < b ? 1 : -1))
  const kept = new Set([
    ...newestFirst.slice(0, 1),
    ...newestOfEach(newestFirst, dayOf).slice(0, daily),
    ...newestOfEach(newestFirst, weekOf).slice(0, weekly),
  ])
  return newestFirst.filter((name) => !kept.has(name))
}

function newestOfEach(newestFirst: readonly string[], spanOf: (takenAt: Date) => number): readonly string[] {
  const seen = new Set<number>()
  return newestFirst.filter((name) => {
    const span = spanOf(takenAtOf(name) ?? new Date(0))
    if (seen.has(span)) return false
    seen.add(span)
    return true
  })
}

const dayMs = 86_400_000
const dayOf = (at: Date) => Math.floor(at.getTime() / dayMs)
/** Weeks begin on Monday; the first day of all was a Thursday. */
const weekOf = (at: Date) => Math.floor((dayOf(at) + 3) / 7)
