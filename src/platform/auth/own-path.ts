/** Where somebody wanted to go before they signed in, if it is an address of our own; else the beginning. */
export function ownPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/'
}
