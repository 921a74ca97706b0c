import type { ObjectType } from '#engine/model/object-type.ts'

/** Objects in an order in which each comes before those that it refers to; where they refer in a circle, as they came. */
export function usersFirst(objects: readonly ObjectType[]): readonly ObjectType[] {
  const [next, ...rest] = objects.toSorted((one, other) => usesAmong(objects, one) - usesAmong(objects, other))
  if (!next) return []
  return [next, ...usersFirst(objects.filter((object) => rest.includes(object)))]
}

/** How many of the others refer to it. */
function usesAmong(objects: readonly ObjectType[], object: ObjectType): number {
  return objects.filter((user) => user !== object && user.fields.some(({ to }) => to === object.key)).length
}
