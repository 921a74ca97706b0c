import { Table } from 'antd'
import { exact, plain } from '#engine/money/decimal.ts'
import { grouped } from '#engine/money/short-form.ts'
import { useWords } from '#web/words/use-words.ts'
import { planWords } from './words.ts'

export interface DifferenceLine {
  readonly key: string
  readonly name: string
  readonly month: string
  readonly before: string
  readonly after: string
}

/** Before → after, cell by cell. */
export function DifferenceTable({
  lines,
  height = 560,
}: {
  readonly lines: readonly DifferenceLine[]
  readonly height?: number
}) {
  const t = useWords(planWords)
  const number = (value: string) => <span className="num">{grouped(value)}</span>
  return (
    <Table<DifferenceLine>
      size="small"
      virtual
      scroll={{ y: height, x: 560 }}
      pagination={false}
      rowKey="key"
      dataSource={[...lines]}
      columns={[
        { title: t('row'), dataIndex: 'name', ellipsis: true, width: 150 },
        { title: t('month'), dataIndex: 'month', width: 100 },
        { title: t('before'), dataIndex: 'before', align: 'right', width: 110, render: number },
        { title: t('after'), dataIndex: 'after', align: 'right', width: 110, render: number },
        {
          title: t('difference'),
          align: 'right',
          width: 100,
          render: (_, { before, after }) => {
            const difference = exact(after).minus(before)
            return number(`${difference.isPositive() && !difference.isZero() ? '+' : ''}${plain(difference)}`)
          },
        },
      ]}
    />
  )
}
