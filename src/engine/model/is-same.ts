/** Whether two values of a field say the same; nothing and null do, and some values are lists. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}
