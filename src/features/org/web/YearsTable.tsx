import { useState } from 'react'
import { Segmented, Table } from 'antd'
import { addDays, daysBetween } from '#engine/calendar/day.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { FiscalYearShown } from '../calendar-contract.ts'
import { calendarWords } from './calendar-words.ts'

interface YearsTableProps {
  readonly years: readonly FiscalYearShown[]
  /** The years as they are now: where others are tried, the first that differs is shown. */
  readonly former: readonly FiscalYearShown[]
}

/** The periods of the years around today, a year at a time. */
export function YearsTable({ years, former }: YearsTableProps) {
  const t = useWords(calendarWords)
  const label = useLabel()
  const { today } = useMe()
  const differing = firstDiffering(years, former)
  const [{ chosen, at }, setChosen] = useState<{ chosen?: number; at: number | undefined }>({ at: undefined })
  const current = years.find(({ from, to }) => from <= today && today < to)
  // A choice holds until another year is the first that differs.
  const year =
    years.find((one) => at === differing && one.year === chosen) ??
    years.find((one) => one.year === differing) ??
    current ??
    years[0]
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
        onChange={(next) => setChosen({ chosen: next, at: differing })}
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

/** The first year whose periods are other ones; undefined where none is. */
function firstDiffering(years: readonly FiscalYearShown[], former: readonly FiscalYearShown[]): number | undefined {
  const was = new Map(former.map((one) => [one.year, JSON.stringify(one.periods)]))
  return years.find(({ year, periods }) => was.has(year) && was.get(year) !== JSON.stringify(periods))?.year
}
