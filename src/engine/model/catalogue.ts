import type { ObjectType } from './object-type.ts'

/** Every object that the product knows, by key. Rooms register theirs when the app is put together. */
export interface Catalogue {
  find(key: string): ObjectType | undefined
  /** The object, or a thrown error: for keys that our own code names. */
  get(key: string): ObjectType
  all(): readonly ObjectType[]
}

export function makeCatalogue(objects: readonly ObjectType[]): Catalogue {
  const byKey = new Map(objects.map((object) => [object.key, object]))
  return {
    find: (key) => byKey.get(key),
    get: (key) => {
      const object = byKey.get(key)
      if (!object) throw new Error(`no object is registered as ${key}`)
      return object
    },
    all: () => objects,
  }
}
