import type { Label } from '#base/label.ts'
import type { PlanMonth } from '../../contract.ts'

export interface GridColumn {
  readonly key: string
  readonly kind: 'year' | 'quarter' | 'month'
  readonly label: Label
  /** Fiscal months from 0 whose sum it shows. */
  readonly months: readonly number[]
}

type MonthLabel = Pick<PlanMonth, 'key' | 'label' | 'quarter'>

/** The year, then each quarter with its months; months alone where the calendar has no quarters. */
export function gridColumns(months: readonly MonthLabel[]): GridColumn[] {
  const year: GridColumn = {
    key: 'year',
    kind: 'year',
    label: { zh: '全年', en: 'Year' },
    months: months.map((_, month) => month),
  }
  const columns = months.flatMap((named, month) => {
    const { quarter } = named
    const own = monthColumn(month, named)
    if (!quarter || months[month - 1]?.quarter?.key === quarter.key) return [own]
    const span = months.flatMap((each, at) => (each.quarter?.key === quarter.key ? [at] : []))
    const label = { zh: `Q${quarter.number}`, en: `Q${quarter.number}` }
    return [{ key: `q${quarter.number}`, kind: 'quarter' as const, label, months: span }, own]
  })
  return [year, ...columns]
}

/** The year stands in the page's title; the column says only the month. */
function monthColumn(month: number, { key, label }: MonthLabel): GridColumn {
  const name = { zh: label.zh.replace(/^\d+年/, ''), en: label.en.replace(/ \d+$/, '') }
  return { key, kind: 'month', label: name, months: [month] }
}
