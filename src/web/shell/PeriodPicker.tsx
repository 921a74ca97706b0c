import { useState } from 'react'
import { Button, Popover, Segmented } from 'antd'
import { fiscalMonths, periodOf, type Period, type PeriodKind } from '#engine/calendar/period.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { useChangeAddress } from './address.ts'
import { periodAround, periodBeside, useWhoAndWhen } from './who-and-when.ts'
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
        aria-label={t('previousPeriod')}
        onClick={() => go(periodBeside(period, -1, company.fiscalStart))}
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
        aria-label={t('nextPeriod')}
        onClick={() => go(periodBeside(period, 1, company.fiscalStart))}
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

function shortLabel(period: Period, isChinese: boolean): string {
  const month = Number(period.from.slice(5, 7))
  if (period.kind === 'year') return isChinese ? `${period.year}年` : String(period.year)
  if (period.kind === 'quarter')
    return isChinese ? `第${['一', '二', '三', '四'][period.number - 1] ?? ''}季度` : `Q${period.number}`
  return isChinese
    ? `${month}月`
    : new Date(Date.UTC(2020, month - 1, 1)).toLocaleString('en', { month: 'short', timeZone: 'UTC' })
}

function PeriodChoices({ period, onChoose }: PeriodChoicesProps) {
  const t = useWords(shellWords)
  const { company, today } = useMe()
  const [kind, setKind] = useState<PeriodKind>(period.kind)
  const [year, setYear] = useState(period.year)
  const isChinese = useLanguage() === 'zh'
  const start = company.fiscalStart
  const choices: readonly Period[] =
    kind === 'year'
      ? Array.from({ length: 6 }, (_, at) => periodOf({ kind: 'year', year: year - 4 + at, number: 1 }, start))
      : kind === 'quarter'
        ? [1, 2, 3, 4].map((number) => periodOf({ kind: 'quarter', year, number }, start))
        : fiscalMonths({ year, startMonth: start })
  return (
    <div className="period-choices">
      <Segmented<PeriodKind>
        block
        value={kind}
        onChange={setKind}
        options={kinds.map((value) => ({ value, label: t(value) }))}
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
            {shortLabel(choice, isChinese)}
          </Button>
        ))}
      </div>
      <Button type="link" size="small" onClick={() => onChoose(periodAround(today, 'quarter', start))}>
        {t('currentPeriod')}
      </Button>
    </div>
  )
}
