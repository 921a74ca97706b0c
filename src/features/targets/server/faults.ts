import type { FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import type { Counting } from '#engine/metrics/plan-rule.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { exact, plain } from '#engine/money/decimal.ts'
import { fromUnits } from '#engine/money/units.ts'
import type { Crossing, Level } from '../levels.ts'
import { rowIdAt } from '../levels.ts'
import type { CellChange } from '../plan-tree.ts'

/** The amount is finer than what the metric counts in. */
export function amountFault(field: string, amount: string, unit: string): FieldFault {
  return {
    field,
    code: 'too-fine',
    label: { zh: '{amount} 不是 {unit} 的整数倍', en: '{amount} is not a multiple of {unit}' },
    params: { amount, unit },
  }
}

/** What a plan counts in, with the measure that people read its amounts in. */
export interface Counted extends Counting {
  readonly measure: Metric['unit']
}

const asRead = (amount: string, measure: Metric['unit']): string =>
  measure === 'percent' ? `${plain(exact(amount).times(100))}%` : amount

/** An amount is more than the metric can be. */
export function amountTooHigh(field: string, amount: string, { rule, measure }: Counted): FieldFault {
  return {
    field,
    code: 'too-high',
    label: {
      zh: '{amount} 超过了 {most}：这个指标最多只能是 {most}',
      en: '{amount} is more than {most}, the most that this metric can be',
    },
    params: { amount: asRead(amount, measure), most: asRead(rule.most ?? '1', measure) },
  }
}

/** The same of a cell, with its row and period. */
export function cellTooHigh(
  { node, month, after }: Pick<CellChange, 'node' | 'month' | 'after'>,
  { names, labels, ...counted }: Omit<Named, 'unit'> & Counted,
): FieldFault {
  const fault = amountTooHigh(`${node}.${month + 1}`, fromUnits(after, counted.unit), counted)
  return {
    ...fault,
    label: {
      zh: `“{name}”{month}：${fault.label.zh}`,
      en: `{month} of “{name}”: ${fault.label.en}`,
    },
    params: { ...fault.params, name: names.get(node) ?? '', month: labels[month] ?? String(month + 1) },
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

/** Parts of a blend do not make a whole. */
export function blendNotWhole(field: string, sum: number): FieldFault {
  return {
    field,
    code: 'not-whole',
    label: {
      zh: '加权混合的比重合计 {sum}%，应为 100%',
      en: 'The parts of the blend come to {sum} %; they have to make 100 %',
    },
    params: { sum },
  }
}

export function noBuffer(field: string): FieldFault {
  return {
    field,
    code: 'no-buffer',
    label: {
      zh: '只有可加指标的单位可以设置超额分配',
      en: 'Only a unit hands out more than it got, and only where targets add up',
    },
  }
}

const crossingWords: Readonly<Record<'floor' | 'stretch', Label>> = {
  floor: {
    zh: '“{name}”{month}：保底 {below} 比目标 {above} 更难',
    en: '{month} of “{name}”: the floor {below} asks for more than the target {above}',
  },
  stretch: {
    zh: '“{name}”{month}：目标 {below} 比挑战 {above} 更难',
    en: '{month} of “{name}”: the target {below} asks for more than the stretch {above}',
  },
}

interface Named {
  readonly names: ReadonlyMap<string, string>
  /** The periods of the plan's year as the reader calls them. */
  readonly labels: readonly string[]
  readonly unit: string
}

/** A level asks for more than the next one in a cell. */
export function crossedLevels(
  { node, month, lower, below, above }: Crossing,
  { names, labels, unit }: Named,
): FieldFault {
  const side: Exclude<Level, 'target'> = lower === 'floor' ? 'floor' : 'stretch'
  return {
    field: `${rowIdAt(side, node)}.${month + 1}`,
    code: 'crossed',
    label: crossingWords[side],
    params: {
      name: names.get(node) ?? '',
      month: labels[month] ?? String(month + 1),
      below: fromUnits(below, unit),
      above: fromUnits(above, unit),
    },
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
