import type { ScreenField } from '../use-objects.ts'

type ScreenChoice = NonNullable<ScreenField['choices']>[number]

/** The choices that may be taken: retired ones only where they stand already. */
export function offeredChoices(field: ScreenField, taken: readonly string[]): readonly ScreenChoice[] {
  return (field.choices ?? []).filter((choice) => !choice.retired || taken.includes(choice.key))
}

const tagColors = ['green', 'blue', 'gold', 'lime', 'cyan', 'orange'] as const

/** The same tag has the same colour everywhere; colour alone says nothing. */
export function colorOfTag(tag: string): string {
  const sum = [...tag].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7)
  return tagColors[sum % tagColors.length] ?? 'green'
}
