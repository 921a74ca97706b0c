let publicUrl: string | null = null

/** The address under which people reach the product; null: not known. The app says so once at its start. */
export function reachableAt(url: string | null): void {
  publicUrl = url
}

/** A page's whole address, for texts that are read elsewhere; null while it is not known. */
export function addressOf(path: string): string | null {
  return publicUrl === null ? null : `${publicUrl}${path}`
}
