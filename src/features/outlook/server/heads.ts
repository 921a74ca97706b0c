/**
 * Full heads of each month from who stood there, and of months to come if those of the last stay. Whoever is there from
 * the first month on counts fully: nobody knows since when.
 */
export function headsOf(
  months: readonly (readonly string[])[],
  ahead: number,
  /** Part of a head that newcomers count in their first months; then fully. */
  ramp: readonly number[],
): { readonly behind: readonly number[]; readonly ahead: readonly number[] } {
  const since = new Map<string, number>()
  for (const [at, people] of months.entries()) {
    for (const person of people) if (!since.has(person)) since.set(person, at === 0 ? -ramp.length : at)
  }
  const counted = (people: readonly string[], at: number) =>
    people.reduce((total, person) => total + (ramp[at - (since.get(person) ?? 0)] ?? 1), 0)
  const last = months.at(-1) ?? []
  return {
    behind: months.map(counted),
    ahead: Array.from({ length: ahead }, (_, at) => counted(last, months.length + at)),
  }
}
