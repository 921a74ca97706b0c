import type { FieldFault } from '#base/errors.ts'
import { fromUnits } from '#engine/money/units.ts'
import { targetErrors } from '../contract.ts'
import { treeOfRows } from '../plan-cells.ts'
import { mismatches } from '../plan-tree.ts'
import type { Cells, StoredRow } from './plan-store.ts'

/** The amount is finer than what the metric counts in. */
export function amountFault(field: string, amount: string, unit: string): FieldFault {
  return {
    field,
    code: 'too-fine',
    label: { zh: '{amount} 不是 {unit} 的整数倍', en: '{amount} is not a multiple of {unit}' },
    params: { amount, unit },
  }
}

/** A row does not have as many cells as the plan's year has periods. */
export function wrongWidth(field: string, width: number): FieldFault {
  return {
    field,
    code: 'width',
    label: {
      zh: '这个财年有 {width} 个期间，请给出同样多的数',
      en: 'The fiscal year has {width} periods; give one value for each',
    },
    params: { width },
  }
}

export function unknownNode(field: string): FieldFault {
  return {
    field,
    code: 'unknown-node',
    label: { zh: '计划中没有这一行，或不在您的范围内', en: 'The plan has no such row within your reach' },
  }
}

export function fixedNode(field: string, name: string): FieldFault {
  return {
    field,
    code: 'fixed',
    label: { zh: '“{name}”由上级确定，您不能修改', en: '“{name}” is set by the tier above; you cannot change it' },
    params: { name },
  }
}

export function lockedCell(field: string, name: string, month: number): FieldFault {
  return {
    field,
    code: 'locked',
    label: { zh: '“{name}”第 {month} 个月已锁定', en: 'Month {month} of “{name}” is locked' },
    params: { name, month },
  }
}

/** Throws PLAN_DOES_NOT_SUM, naming every cell, unless children sum to their parents with the new cells. */
export function refuseWrongSums(
  rows: readonly StoredRow[],
  cells: ReadonlyMap<string, Partial<Cells>>,
  unit: string,
): void {
  const wrong = mismatches(
    treeOfRows(
      rows.map((row) => ({ ...row, ...cells.get(row.id) })),
      unit,
    ),
  )
  if (wrong.length === 0) return
  const names = new Map(rows.map((row) => [row.id, row.name]))
  const shown = wrong.slice(0, 100).map(({ node, month, own, children }) => ({
    node,
    name: names.get(node) ?? '',
    month: month + 1,
    own: fromUnits(own, unit),
    children: fromUnits(children, unit),
  }))
  throw targetErrors.PLAN_DOES_NOT_SUM(
    {},
    shown.map(({ node, name, month, own, children }) => ({
      field: `${node}.${month}`,
      code: 'sum',
      label: {
        zh: '“{name}”第 {month} 个月为 {own}，下级之和为 {children}',
        en: 'Month {month} of “{name}” is {own}, its children sum to {children}',
      },
      params: { name, month, own, children },
    })),
    { mismatches: shown },
  )
}
