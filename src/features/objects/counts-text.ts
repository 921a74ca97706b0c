/** Numbers of records by object as an address carries them: `contact:2,order:1`. */
export function printCounts(counts: readonly { readonly object: string; readonly count: number }[]): string {
  return counts.map(({ object, count }) => `${object}:${count}`).join(',')
}

/** The same read again. */
export function readCounts(text: string): ReadonlyMap<string, number> {
  const parts = text.split(',').map((part) => part.split(':'))
  return new Map(parts.map(([object = '', count]) => [object, Number(count)]))
}
