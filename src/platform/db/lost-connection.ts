/**
 * Is it the way to the database that failed, or the process that ends, and not the work itself? Such work is tried
 * again as it is.
 */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return true
  const code = 'code' in error ? String(error.code) : ''
  // A file is gone: no later try finds it.
  if (code === 'ENOENT') return false
  return /^(08|57P|53|40)/.test(code) || /^E[A-Z]+$/.test(code) || /terminat|connect/i.test(error.message)
}
