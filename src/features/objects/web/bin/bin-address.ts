import { filterSchema, type Filter } from '#engine/query/filter.ts'

/** The filter in the address of the page, if it can be read. */
export function readFilter(text: string | undefined): Filter | undefined {
  if (text === undefined) return undefined
  try {
    return filterSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

export function writtenFilter(filter: Filter | undefined): string | undefined {
  return filter && JSON.stringify(filter)
}
