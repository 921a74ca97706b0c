import { useState, type KeyboardEvent } from 'react'
import { Segmented, Select } from 'antd'
import {
  fieldOf,
  fixedRecord,
  titleOf,
  useRecordQuery,
  useTotals,
  type RecordRow,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import { monthsFrom } from '#engine/calendar/fiscal-calendar.ts'
import { periodAround } from '#engine/calendar/period.ts'
import { addDays } from '#engine/calendar/day.ts'
import { all, type Filter } from '#engine/query/filter.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { dayText } from '#web/kit/date-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { SpanSteps } from '../SpanSteps.tsx'
import { useAround } from '../use-around.ts'
import { useMoves } from '../use-moves.ts'
import type { ShownView } from '../use-views.ts'
import { viewWords } from '../words.ts'
import { CalendarDay, type HeldDay } from './CalendarDay.tsx'
import { dateFields } from './date-fields.ts'
import { beside, daysShown, type Span } from './lay-calendar.ts'
import { useDays } from './use-days.ts'
import './calendar.css'

interface CalendarViewProps {
  readonly object: ScreenObject
  readonly shown: ShownView
  readonly filter: Filter | undefined
}

const mostRows = 200
const helpId = 'calendar-help'
const keySteps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** Records on their days, by month or week; moved to another day by pointer or keyboard. */
export function CalendarView({ object, shown, filter }: CalendarViewProps) {
  const t = useWords(viewWords)
  const label = useLabel()
  const language = useLanguage()
  const isPhone = useIsPhone()
  const { today } = useMe()
  const [around, setAround] = useAround()
  const offered = dateFields(object)
  const chosen = shown.state.definition.calendar
  const field = fieldOf(object, chosen?.by ?? '') ?? offered[0]
  const span: Span = chosen?.span ?? 'month'
  const days = daysShown(around, span)
  const within: Filter = { field: field?.key ?? '', op: 'between', value: [days[0] ?? around, days.at(-1) ?? around] }
  const whole = filter ? all(filter, within) : within
  const isAsked = field !== undefined
  const list = useRecordQuery(
    object.key,
    { filter: whole, sort: [{ field: field?.key ?? '' }], limit: mostRows },
    isAsked,
  )
  const totals = useTotals(object.key, { filter: whole, groupBy: [{ field: field?.key ?? '', by: 'day' }] }, isAsked)
  const most = span === 'month' && !isPhone ? 3 : 30
  const byDay = useDays(object.key, {
    days,
    filter,
    field: field?.key ?? '',
    rows: list.data?.rows,
    totals: totals.data,
    most,
  })
  const { move, placed, dialog } = useMoves(object)
  const [held, setHeld] = useState<HeldDay>()
  const [said, setSaid] = useState('')
  if (!field) return <EmptyState title={t('noDates')} />
  if (list.isPending || totals.isPending) return <LoadingState rows={10} />
  if (list.isError) return <ErrorState problem={list.error} onRetry={() => void list.refetch()} />

  const isMovable = object.can.update && !field.readOnly
  const counts = new Map(totals.data?.groups?.map((group) => [group.value, group.count]) ?? [])
  const setCalendar = (by: string, next: Span) => shown.change({ calendar: { by, span: next } })
  const drop = async (from: HeldDay | undefined, to: string) => {
    setHeld(undefined)
    if (!from || from.from === to) return
    const isDone = await move({ row: from.row, from: from.from, to }, { [field.key]: to })
    if (isDone) setSaid(t('movedTo', { name: titleOf(object, from.row, language), day: dayText(to, language, today) }))
  }
  const onKey = (event: KeyboardEvent, row: RecordRow, day: string) => {
    if (!isMovable || fixedRecord(object, row)) return
    const mine = held?.row.id === row.id ? held : undefined
    const step = keySteps[event.key]
    if (event.key === ' ') {
      if (mine) void drop(mine, mine.over)
      else setHeld({ row, from: day, over: day })
    } else if (mine && event.key === 'Escape') setHeld(undefined)
    else if (mine && step !== undefined) {
      const over = addDays(mine.over, step)
      setHeld({ ...mine, over })
      setSaid(dayText(over, language, today))
    } else return
    event.preventDefault()
  }
  const month = periodAround(around, 'month', monthsFrom(1))
  const title =
    span === 'month'
      ? label(month.label)
      : `${dayText(days[0], language, today)} – ${dayText(days.at(-1), language, today)}`
  const isEmpty = list.data.rows.length === 0
  // In the hand the days are a list: those of the month that have something.
  const seen = isPhone ? days.filter((day) => (counts.get(day) ?? 0) > 0 || day === today) : days
  return (
    <>
      <div className="kind-bar">
        <SpanSteps
          title={title}
          onStep={(step) => setAround(beside(around, span, step))}
          onToday={() => setAround(undefined)}
        />
        <Select<string>
          aria-label={t('byDate')}
          value={field.key}
          options={offered.map((one) => ({ value: one.key, label: label(one.label) }))}
          onChange={(by) => setCalendar(by, span)}
        />
        <Segmented<Span>
          aria-label={t('span')}
          value={span}
          options={[
            { value: 'month', label: t('month') },
            { value: 'week', label: t('week') },
          ]}
          onChange={(next) => setCalendar(field.key, next)}
        />
        {isEmpty && <span className="muted">{t('nothingInSpan')}</span>}
      </div>
      <div className="calendar" data-span={span} data-list={isPhone}>
        {!isPhone &&
          days.slice(0, 7).map((day) => (
            <div key={day} className="calendar-weekday" aria-hidden>
              {dayText(day, language, today).replace(/^.* (?=周)|\s\d.*$/g, '')}
            </div>
          ))}
        {seen.map((day) => (
          <CalendarDay
            key={day}
            object={object}
            day={day}
            isOther={span === 'month' && !isPhone && !(month.from <= day && day < month.to)}
            rows={placed(day, byDay.get(day) ?? [])}
            count={counts.get(day) ?? 0}
            most={most}
            held={held}
            isMovable={isMovable}
            helpId={helpId}
            onLift={(row) => setHeld({ row, from: day, over: day })}
            onLetGo={() => setHeld(undefined)}
            onDrop={() => void drop(held, day)}
            onKey={(event, row) => onKey(event, row, day)}
            onOpenList={() => shown.setKind('list', { filter: onDay(filter, field.key, day) })}
          />
        ))}
      </div>
      <p id={helpId} className="visually-hidden">
        {t('calendarHelp')}
      </p>
      <div aria-live="assertive" className="visually-hidden">
        {said}
      </div>
      {dialog}
    </>
  )
}

function onDay(filter: Filter | undefined, field: string, day: string): Filter {
  const own: Filter = { field, op: 'eq', value: day }
  return filter ? all(filter, own) : own
}
