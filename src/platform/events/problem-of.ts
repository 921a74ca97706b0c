const longest = 2000

/** An error as a programmer reads it; PostgreSQL keeps no NUL character. */
export function problemOf(error: unknown): string {
  return String(error).replaceAll('\u0000', '').slice(0, longest)
}
