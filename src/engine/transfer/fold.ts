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

const bareUnit = /(?<=.)[\s/／_-]*((?:[十百千]?[万亿]|[百千])元)\s*$/

/** The unit of money that ends a header without brackets: 年营业额万元, 金额/亿元. */
export function bareUnitOf(header: string): string | undefined {
  return bareUnit.exec(header)?.[1]
}

/** A header without such a unit. */
export function withoutBareUnit(header: string): string {
  return header.replace(bareUnit, '')
}
