import { Table, type TableColumnType } from 'antd'
import { amountText, differenceText } from '#web/kit/amount-text.ts'
import type { NumberUnit } from '#web/kit/number-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useWords } from '#web/words/use-words.ts'
import { planWords } from './words.ts'

export interface DifferenceLine {
  readonly key: string
  readonly name: string
  /** What the figures are of, where it is not the whole year. */
  readonly month?: string
  readonly before: string
  readonly after: string
  /** Who made the change and when, in a log. */
  readonly who?: string
  readonly why?: string
}

interface DifferenceTableProps {
  readonly lines: readonly DifferenceLine[]
  readonly measure: NumberUnit
  readonly height?: number
}

/** Before → after, line by line; on a phone as cards, so that nothing lies beside the screen. */
export function DifferenceTable(props: DifferenceTableProps) {
  return useIsPhone() ? <DifferenceCards {...props} /> : <WideDifferences {...props} />
}

function DifferenceCards({ lines, measure }: DifferenceTableProps) {
  const t = useWords(planWords)
  return (
    <ul className="difference-cards">
      {lines.map(({ key, name, month, before, after, who, why }) => (
        <li key={key}>
          <b>{name}</b> {month}
          <span className="num">
            {amountText(before, measure)} → {amountText(after, measure)} (
            {differenceText(before, after, measure, t('points'))})
          </span>
          {who !== undefined && <span className="muted">{who}</span>}
          {why !== undefined && <span className="muted">{why}</span>}
        </li>
      ))}
    </ul>
  )
}

function WideDifferences({ lines, measure, height = 560 }: DifferenceTableProps) {
  const t = useWords(planWords)
  const figure = (text: string) => <span className="num plan-figure">{text}</span>
  const number = (value: string) => figure(amountText(value, measure))
  const has = (field: 'month' | 'who' | 'why') => lines.some((line) => line[field] !== undefined)
  const columns: TableColumnType<DifferenceLine>[] = [
    { title: t('row'), dataIndex: 'name', ellipsis: true, width: 150 },
    ...(has('month') ? [{ title: t('month'), dataIndex: 'month', width: 100 }] : []),
    { title: t('before'), dataIndex: 'before', align: 'right', width: 120, render: number },
    { title: t('after'), dataIndex: 'after', align: 'right', width: 120, render: number },
    {
      title: t('difference'),
      align: 'right',
      width: 124,
      render: (_, { before, after }) => figure(differenceText(before, after, measure, t('points'))),
    },
    ...(has('who') ? [{ title: t('changedBy'), dataIndex: 'who', ellipsis: true, width: 150 }] : []),
    ...(has('why') ? [{ title: t('reason'), dataIndex: 'why', ellipsis: true, width: 150 }] : []),
  ]
  return (
    <Table<DifferenceLine>
      size="small"
      virtual
      scroll={{ y: height, x: columns.reduce((sum, { width }) => sum + Number(width), 0) }}
      pagination={false}
      rowKey="key"
      dataSource={[...lines]}
      columns={columns}
    />
  )
}
