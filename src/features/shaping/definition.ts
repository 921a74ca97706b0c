import type { Label } from '#base/label.ts'
import type { Choice } from '#engine/model/object-type.ts'
import { customEnding, type CustomFieldDefinition } from '#engine/model/shape.ts'
import type { FieldDraft } from './contract.ts'

/** Latin letters and digits of a name as a key: `Machine type` → `machineType`; empty if it has none. */
export function keyFrom(label: Label): string {
  const words = label.en.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? []
  const joined = words
    .map((word, at) =>
      at === 0 ? word.toLowerCase() : `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`,
    )
    .join('')
    .slice(0, 40)
  return /^[a-z]/.test(joined) ? joined : ''
}

/** A key that is not taken yet; names in Chinese alone become `field1__c`, `field2__c` … */
export function freeKey(label: Label, word: string, taken: ReadonlySet<string>): string {
  const base = keyFrom(label)
  if (base !== '' && !taken.has(`${base}${customEnding}`)) return `${base}${customEnding}`
  for (let number = base === '' ? 1 : 2; ; number += 1) {
    const key = `${base === '' ? word : base}${number}${customEnding}`
    if (!taken.has(key)) return key
  }
}

export function isCustomKey(key: string): boolean {
  return /^[a-z][A-Za-z0-9]{0,45}__c$/.test(key)
}

/**
 * A draft as it is kept. Choices get their keys; those that are no longer named stay as retired ones, because records
 * hold them.
 */
export function toDefinition(draft: FieldDraft, before?: CustomFieldDefinition): CustomFieldDefinition {
  const { choices, ...rest } = draft
  const definition = { ...rest, ...(choices ? { choices: keyed(choices, before?.choices ?? []) } : {}) }
  return Object.fromEntries(
    Object.entries(definition).filter(([, value]) => value !== undefined && value !== false),
  ) as unknown as CustomFieldDefinition
}

function keyed(drafts: NonNullable<FieldDraft['choices']>, before: readonly Choice[]): readonly Choice[] {
  const taken = new Set([...before, ...drafts].flatMap(({ key }) => key ?? []))
  const kept = drafts.map(({ key, label, color, retired }): Choice => {
    const known = key ?? before.find((choice) => choice.label.zh === label.zh)?.key ?? freeChoiceKey(label, taken)
    taken.add(known)
    return { key: known, label, ...(color ? { color } : {}), ...(retired ? { retired } : {}) }
  })
  const named = new Set(kept.map((choice) => choice.key))
  return [...kept, ...before.filter(({ key }) => !named.has(key)).map((choice) => ({ ...choice, retired: true }))]
}

function freeChoiceKey(label: Label, taken: ReadonlySet<string>): string {
  const base = keyFrom(label) || 'choice'
  for (let number = 1; ; number += 1) {
    const key = number === 1 && base !== 'choice' ? base : `${base}${number}`
    if (!taken.has(key)) return key
  }
}
