import { useState } from 'react'
import { Button, Popover, Segmented } from 'antd'
import {
  fiscalMonths,
  fiscalQuarters,
  isCalendarMonth,
  labelInYear,
  periodAround,
  periodBeside,
  yearPeriod,
  type Period,
  type PeriodKind,
} from '#engine/calendar/period.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { useChangeAddress } from './address.ts'
import { useWhoAndWhen } from './who-and-when.ts'
import { shellWords } from './words.ts'

const kinds: readonly PeriodKind[] = ['year', 'quarter', 'month']

/** Year, quarter or month, with one step back and on. */
export function PeriodPicker() {
  const t = useWords(shellWords)
  const label = useLabel()
  const { company } = useMe()
  const { period } = useWhoAndWhen()
  const change = useChangeAddress()
  const [isOpen, setOpen] = useState(false)
  const go = (next: Period) => change({ period: next.key })
  return (
    <div className="who-period" role="group" aria-label={t('period')}>
      <Button
        type="text"
        size="small"
        className="period-step"
        aria-label={t('previousPeriod')}
        onClick={() => go(periodBeside(period, -1, company.calendar))}
      >
        ‹
      </Button>
      <Popover
        trigger="click"
        open={isOpen}
        onOpenChange={setOpen}
        placement="bottomRight"
        content={<PeriodChoices period={period} onChoose={(next) => (go(next), setOpen(false))} />}
      >
        <Button aria-haspopup="dialog" aria-expanded={isOpen} className="num">
          {label(period.label)}
        </Button>
      </Popover>
      <Button
        type="text"
        size="small"
        className="period-step"
        aria-label={t('nextPeriod')}
        onClick={() => go(periodBeside(period, 1, company.calendar))}
      >
        ›
      </Button>
    </div>
  )
}

interface PeriodChoicesProps {
  readonly period: Period
  readonly onChoose: (period: Period) => void
}

function PeriodChoices({ period, onChoose }: PeriodChoicesProps) {
  const t = useWords(shellWords)
  const label = useLabel()
  const { company, today } = useMe()
  const [kind, setKind] = useState<PeriodKind>(period.kind)
  const [year, setYear] = useState(period.year)
  const isChinese = useLanguage() === 'zh'
  const { calendar } = company
  const isMonths = fiscalMonths(calendar, year).every(isCalendarMonth)
  const hasQuarters = fiscalQuarters(calendar, year).length > 0
  const choices: readonly Period[] =
    kind === 'year'
      ? Array.from({ length: 6 }, (_, at) => yearPeriod(calendar, year - 4 + at))
      : kind === 'quarter'
        ? fiscalQuarters(calendar, year)
        : fiscalMonths(calendar, year)
  return (
    <div className="period-choices">
      <Segmented<PeriodKind>
        block
        value={kind}
        onChange={setKind}
        options={kinds
          .filter((value) => value !== 'quarter' || hasQuarters)
          .map((value) => ({ value, label: t(isMonths || value !== 'month' ? value : 'leafPeriod') }))}
      />
      <div className="period-year">
        <Button type="text" size="small" aria-label={t('previousPeriod')} onClick={() => setYear(year - 1)}>
          ‹
        </Button>
        <b className="num">{isChinese ? `${year}年` : year}</b>
        <Button type="text" size="small" aria-label={t('nextPeriod')} onClick={() => setYear(year + 1)}>
          ›
        </Button>
      </div>
      <div className="period-grid" data-kind={kind}>
        {choices.map((choice) => (
          <Button
            key={choice.key}
            type={choice.key === period.key ? 'primary' : 'default'}
            onClick={() => onChoose(choice)}
          >
            {label(labelInYear(choice))}
          </Button>
        ))}
      </div>
      <Button type="link" size="small" onClick={() => onChoose(periodAround(today, 'quarter', calendar))}>
        {t('currentPeriod')}
      </Button>
    </div>
  )
}
