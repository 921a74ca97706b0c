import { useState } from 'react'
import { Segmented, Table } from 'antd'
import { addDays, daysBetween } from '#engine/calendar/day.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { FiscalYearShown } from '../calendar-contract.ts'
import { calendarWords } from './calendar-words.ts'

/** The periods of the years around today, a year at a time. */
export function YearsTable({ years }: { readonly years: readonly FiscalYearShown[] }) {
  const t = useWords(calendarWords)
  const label = useLabel()
  const { today } = useMe()
  const [chosen, setChosen] = useState<number>()
  const current = years.find(({ from, to }) => from <= today && today < to)
  const year = years.find((one) => one.year === chosen) ?? current ?? years[0]
  if (!year) return null
  const quarterOf = ({ from, to }: { readonly from: string; readonly to: string }) =>
    year.quarters.find((quarter) => quarter.from <= from && to <= quarter.to)
  const rows = year.periods.map((period) => {
    const quarter = quarterOf(period)
    return {
      key: period.key,
      name: label(period.label),
      quarter: quarter ? label(quarter.label) : '—',
      first: period.from,
      last: addDays(period.to, -1),
      days: daysBetween(period.from, period.to),
    }
  })
  return (
    <div className="calendar-years">
      <Segmented<number>
        aria-label={t('preview')}
        value={year.year}
        onChange={setChosen}
        options={years.map((one) => ({ value: one.year, label: String(one.year) }))}
      />
      <div className="calendar-periods" role="group" tabIndex={0} aria-label={t('periodsOf', { year: year.year })}>
        <Table
          size="small"
          pagination={false}
          dataSource={rows}
          columns={[
            { title: t('period'), dataIndex: 'name' },
            { title: t('quarter'), dataIndex: 'quarter' },
            { title: t('first'), dataIndex: 'first', className: 'num' },
            { title: t('last'), dataIndex: 'last', className: 'num' },
            { title: t('days'), dataIndex: 'days', className: 'num', align: 'right' as const },
          ]}
        />
      </div>
    </div>
  )
}
