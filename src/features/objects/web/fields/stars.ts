import type { ScreenField } from '../use-objects.ts'

/** How many stars a rating has: 5 unless told, never more than 10. */
export function starsOf(field: Pick<ScreenField, 'max'>): number {
  const most = Number(field.max ?? 5)
  return most >= 1 && most <= 10 ? Math.floor(most) : 5
}
