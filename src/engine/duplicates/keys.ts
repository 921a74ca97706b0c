import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import type { RecordValues } from '#engine/model/object-type.ts'
import { isNear, nearKeys } from './near-name.ts'
import { normalise } from './normalise.ts'

/** What is compared; the name and the action of the rule do not matter. */
export type Comparing = Pick<DuplicateRule, 'compares'>

/** No normalised value has two spaces: the parts of a key stay apart. */
const between = '  '
/** An index takes no longer key; what is longer is compared whole afterwards. */
const longestKey = 200

/** Keys under which a record is found by a rule: two records that the rule suspects have one in common. */
export function keysOf({ compares }: Comparing, values: RecordValues | null): readonly string[] {
  if (!values) return []
  let keys: readonly string[] = ['']
  for (const { field, way } of compares) {
    const normal = normalise(way, values[field])
    const parts = way === 'fuzzy' ? nearKeys(normal) : normal === '' ? [] : [normal]
    keys = keys.flatMap((key) => parts.map((part) => (key === '' ? part : key + between + part)))
  }
  return [...new Set(keys.filter((key) => key !== '').map(cut))]
}

/** By whole characters: rare ones are two units long, and half of one cannot be stored. */
function cut(key: string): string {
  return key.length <= longestKey ? key : [...key].slice(0, longestKey).join('')
}

/** Whether sharing a key is not enough: where likeness decides, or a key was cut. */
export function mustCompare({ compares }: Comparing, key: string): boolean {
  return key.length >= longestKey || compares.some(({ way }) => way === 'fuzzy')
}

/** Whether a rule suspects two records to be one. */
export function areAlike({ compares }: Comparing, one: RecordValues, other: RecordValues): boolean {
  return compares.every(({ field, way }) => {
    const [left, right] = [normalise(way, one[field]), normalise(way, other[field])]
    return way === 'fuzzy' ? isNear(left, right) : left !== '' && left === right
  })
}
