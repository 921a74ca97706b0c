const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** Bytes as people say them: `830 B`, `1.2 MB`. */
export function sizeText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1)
  const amount = bytes / 1000 ** power
  return `${power === 0 ? amount : amount.toFixed(amount < 9.95 ? 1 : 0)} ${units[power]}`
}
