import { v7 } from 'uuid'

/** A new key: uuid version 7, so that keys of one table grow with time. */
export function newId(): string {
  return v7()
}

/** A key as it would have been made at that time, to compare keys with. */
export function idAt(time: Date): string {
  return v7({ msecs: time.getTime() })
}

/** Stands for "nobody" and "no unit" in derived tables, where null cannot be part of a key. */
export const nobody = '00000000-0000-0000-0000-000000000000'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isId(text: unknown): text is string {
  return typeof text === 'string' && uuid.test(text)
}
