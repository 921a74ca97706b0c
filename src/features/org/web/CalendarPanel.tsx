import { useState } from 'react'
import { Alert, Button, Form, Segmented, Select } from 'antd'
import type { FiscalCalendar, FiscalRule } from '#engine/calendar/fiscal-calendar.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { CalendarView } from '../calendar-contract.ts'
import { periodsAsText, readPeriods } from '../own-periods.ts'
import { MonthFields, OwnFields, WeekFields, type OwnDraft } from './RuleFields.tsx'
import { YearsTable } from './YearsTable.tsx'
import { calendarWords } from './calendar-words.ts'
import { addDays } from '#engine/calendar/day.ts'
import { useCalendarActs, usePreview } from './use-calendar.ts'

type Kind = FiscalRule['kind']

/** Chooses a calendar and shows the periods that it gives before it is saved. */
export function CalendarPanel({ shown }: { readonly shown: CalendarView }) {
  const t = useWords(calendarWords)
  const label = useLabel()
  const rule = lastRule(shown.calendar)
  const [kind, setKind] = useState<Kind>(rule.kind)
  const [months, setMonths] = useState(rule.kind === 'months' ? rule : ({ kind: 'months', start: 1 } as const))
  const [weeks, setWeeks] = useState(
    rule.kind === 'weeks' ? rule : ({ kind: 'weeks', pattern: '4-4-5', weekday: 1, month: 1, day: 1 } as const),
  )
  const [own, setOwn] = useState<OwnDraft>(rule.kind === 'own' ? draftOf(rule) : emptyDraft)
  const [from, setFrom] = useState<number | null>(shown.free)
  const wanted: FiscalRule | undefined = kind === 'months' ? months : kind === 'weeks' ? weeks : ruleOf(own)
  const isChanged = wanted !== undefined && JSON.stringify(wanted) !== JSON.stringify(rule)
  const missing = kind === 'own' ? missingOf(own) : []
  const change = isChanged ? { rule: wanted, from } : undefined
  const preview = usePreview(change)
  const acts = useCalendarActs(shown.version)
  const refused = isChanged ? (preview.data?.refused ?? []) : []
  const years = isChanged && preview.data ? preview.data.years : shown.years
  const maySave = change !== undefined && preview.isSuccess && !preview.isPlaceholderData && refused.length === 0
  return (
    <Panel title={t('kind')}>
      <Form layout="vertical" className="calendar-form">
        <Segmented<Kind>
          value={kind}
          onChange={setKind}
          aria-label={t('kind')}
          options={(['months', 'weeks', 'own'] as const).map((value) => ({ value, label: t(value) }))}
        />
        <div className="calendar-fields">
          {kind === 'months' && <MonthFields rule={months} onChange={setMonths} />}
          {kind === 'weeks' && <WeekFields rule={weeks} onChange={setWeeks} />}
          {kind === 'own' && <OwnFields draft={own} onChange={setOwn} />}
          <Form.Item label={t('from')} extra={from === null ? undefined : t('fromHint')}>
            <Select<number>
              aria-label={t('from')}
              value={from ?? 0}
              onChange={(year) => setFrom(year === 0 ? null : year)}
              options={yearsToChoose(shown).map((year) => ({
                value: year ?? 0,
                label: year === null ? t('allYears') : year,
              }))}
            />
          </Form.Item>
        </div>
      </Form>
      {isChanged && preview.isError && <Alert type="error" showIcon title={problemText(preview.error)} />}
      {refused.map(({ year, by }) => (
        <Alert key={year} type="warning" showIcon title={t('inUse', { year, by: by.map(label).join(t('between')) })} />
      ))}
      {missing.length > 0 && (
        <Alert type="info" showIcon title={t('notYet', { missing: missing.map((one) => t(one)).join(t('between')) })} />
      )}
      <YearsTable years={years} former={shown.years} />
      <Button
        type="primary"
        className="calendar-save"
        disabled={!maySave}
        loading={acts.change.isPending}
        onClick={() => change && acts.change.mutate(change)}
      >
        {t('save')}
      </Button>
    </Panel>
  )
}

function lastRule(calendar: FiscalCalendar): FiscalRule {
  if (calendar.kind !== 'changed') return calendar
  return calendar.later.at(-1)?.rule ?? calendar.first
}

const emptyDraft: OwnDraft = { text: '', firstYear: null, last: '', perQuarter: null }

function draftOf(rule: Extract<FiscalRule, { kind: 'own' }>): OwnDraft {
  const { firstYear, end, perQuarter } = rule
  return { text: periodsAsText(rule), firstYear, last: addDays(end, -1), perQuarter }
}

/** Undefined until the list can be read. */
function ruleOf({ text, firstYear, last, perQuarter }: OwnDraft): FiscalRule | undefined {
  const { years, unread } = readPeriods(text)
  const first = years[0]?.[0]
  if (first === undefined || unread.length > 0 || last === '') return undefined
  return { kind: 'own', firstYear: firstYear ?? Number(first.slice(0, 4)), years, end: addDays(last, 1), perQuarter }
}

/** What a list of its own still lacks before it can be tried. */
function missingOf({ text, last }: OwnDraft): readonly ('list' | 'end')[] {
  const { years, unread } = readPeriods(text)
  return [
    ...(years.length === 0 || unread.length > 0 ? (['list'] as const) : []),
    ...(last === '' ? (['end'] as const) : []),
  ]
}

/** All years while nothing refers to one; else those after the last in use. */
function yearsToChoose({ free, years }: CalendarView): readonly (number | null)[] {
  const next = free ?? (years[1]?.year ?? 0) + 1
  const later = [0, 1, 2].map((step) => next + step)
  return free === null ? [null, ...later] : later
}
