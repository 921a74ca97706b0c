import type { Label } from '#base/label.ts'
import { monthsOfYear } from '../../plan-tree.ts'

export interface GridColumn {
  readonly key: string
  readonly kind: 'year' | 'quarter' | 'month'
  readonly label: Label
  /** Fiscal months from 0 whose sum it shows. */
  readonly months: readonly number[]
}

interface MonthLabel {
  readonly key: string
  readonly label: Label
}

/** The year, then each quarter with its months. */
export function gridColumns(months: readonly MonthLabel[]): GridColumn[] {
  const year: GridColumn = { key: 'year', kind: 'year', label: { zh: '全年', en: 'Year' }, months: monthsOfYear }
  const quarters = [0, 1, 2, 3].flatMap((quarter) => {
    const span = monthsOfYear.slice(quarter * 3, quarter * 3 + 3)
    const own: GridColumn = {
      key: `q${quarter + 1}`,
      kind: 'quarter',
      label: { zh: `Q${quarter + 1}`, en: `Q${quarter + 1}` },
      months: span,
    }
    return [own, ...span.map((month) => monthColumn(month, months[month]))]
  })
  return [year, ...quarters]
}

/** The year stands in the page's title; the column says only the month. */
function monthColumn(month: number, named: MonthLabel | undefined): GridColumn {
  const zh = named?.label.zh.replace(/^\d+年/, '') ?? String(month + 1)
  const en = named?.label.en.replace(/ \d+$/, '') ?? String(month + 1)
  return { key: named?.key ?? String(month), kind: 'month', label: { zh, en }, months: [month] }
}
