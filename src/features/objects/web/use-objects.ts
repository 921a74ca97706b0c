import { useQuery } from '@tanstack/react-query'
import { systemFields } from '#engine/model/column.ts'
import { call, type CallReply } from '#web/api/call.ts'
import { objectsRoutes } from '../contract.ts'

/** A business object with its fields and what the person may do with it. */
export type ScreenObject = CallReply<typeof objectsRoutes.list>['objects'][number]
export type ScreenField = ScreenObject['fields'][number]

const none: readonly ScreenObject[] = []

/** The objects that the person may see. */
export function useObjects(): {
  readonly objects: readonly ScreenObject[]
  readonly isPending: boolean
  readonly error: unknown
} {
  const query = useQuery({
    queryKey: ['objects'],
    queryFn: ({ signal }) => call(objectsRoutes.list, { signal }),
    staleTime: 600_000,
    select: (reply) => reply.objects.filter((object) => object.can.read),
  })
  return { objects: query.data ?? none, isPending: query.isPending, error: query.error }
}

export function useObject(key: string): ScreenObject | undefined {
  return useObjects().objects.find((object) => object.key === key)
}

const stamps: readonly ScreenField[] = systemFields
  .filter(({ type }) => type === 'date_time')
  .map(({ key, label, type }) => ({ key, label, type, readOnly: true }))

/** The fields of an object, and when its records were made and last changed: what a list can show and gather by. */
export function shownFieldsOf(object: ScreenObject): readonly ScreenField[] {
  return [...object.fields, ...stamps]
}

export function fieldOf(object: ScreenObject, key: string): ScreenField | undefined {
  return shownFieldsOf(object).find((field) => field.key === key)
}

/** Conditions and sort keys as far as the person knows their fields: a role may not see all of them. */
export function asFarAsKnown<Part extends { readonly field: string }>(
  object: ScreenObject | undefined,
  parts: readonly Part[],
): readonly Part[] {
  return parts.filter(({ field }) => object !== undefined && fieldOf(object, field) !== undefined)
}

/** The type that a field's values have: of what is worked out, that of its result. */
export const valueTypeOf = (field: ScreenField): string => field.result ?? field.type

export const isNumber = (field: ScreenField): boolean => ['number', 'money', 'percent'].includes(valueTypeOf(field))

/** Worked out from other fields or records, never set. */
export const isComputed = (field: ScreenField): boolean => field.type === 'formula' || field.type === 'rollup'

const unordered = ['credits', 'long_text', 'rich_text', 'multi_choice', 'tags', 'multi_reference', 'file']

/**
 * No table has an index in this order: each has four or more, every record that is written pays for one more, and the
 * order of the last change, which has one, serves nearly the same end.
 */
const unindexed = 'createdAt'

/** Whether a list can be put in order by the field: lists and long texts have none. */
export const isSortable = ({ key, type, masked }: ScreenField): boolean =>
  !unordered.includes(type) && key !== unindexed && !masked

const wide = ['long_text', 'rich_text', 'address', 'credits', 'multi_reference', 'file']

/** Whether a field takes the width of the form, or of the page. */
export const isWide = (field: ScreenField): boolean => wide.includes(field.type)
