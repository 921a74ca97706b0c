import type { ScreenField, ScreenObject } from '#features/objects/web/index.tsx'
import type { Compared } from './use-duplicates.ts'

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
const textOf = (value: unknown): string => JSON.stringify(isEmpty(value) ? null : value)

/** Fields whose value can be chosen, apart: those in which records differ, and those in which they agree. */
export function fieldsOfMerge(
  object: ScreenObject,
  chosen: readonly string[],
  records: readonly Compared[],
): { readonly differing: readonly ScreenField[]; readonly same: readonly ScreenField[] } {
  const fields = object.fields.filter(({ key }) => chosen.includes(key))
  const filled = fields.filter(({ key }) => records.some(({ row }) => !isEmpty(row[key])))
  const differs = ({ key }: ScreenField) => new Set(records.map(({ row }) => textOf(row[key]))).size > 1
  return { differing: filled.filter(differs), same: filled.filter((field) => !differs(field)) }
}

/** Whose value a field keeps unless somebody chooses: the winner's, or where it says nothing the first that says something. */
export function keptFrom(key: string, winnerId: string, records: readonly Compared[]): string {
  const winner = records.find(({ row }) => row.id === winnerId)
  if (winner && !isEmpty(winner.row[key])) return winnerId
  return records.find(({ row }) => !isEmpty(row[key]))?.row.id ?? winnerId
}

/** The record that stays unless somebody chooses: a protected one, else the one that most others refer to, else the oldest. */
export function likelyWinner(records: readonly Compared[]): string {
  const uses = (one: Compared) => one.uses.reduce((sum, { count }) => sum + count, 0)
  const [best] = records.toSorted(
    (one, other) =>
      Number(other.protection !== null) - Number(one.protection !== null) ||
      uses(other) - uses(one) ||
      String(one.row.createdAt).localeCompare(String(other.row.createdAt)),
  )
  return best?.row.id ?? ''
}
