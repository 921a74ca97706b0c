/** How two spellings are compared: width, case, spaces and joining marks do not matter. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-–—.·*:/\\'"]+/g, '')
}

/** A header without its unit or hint in brackets: `金额（万元）` → 金额. */
export function withoutBrackets(text: string): string {
  const bare = text.replace(/[(（[][^)）\]]*[)）\]]/g, '').trim()
  return bare === '' ? text : bare
}
