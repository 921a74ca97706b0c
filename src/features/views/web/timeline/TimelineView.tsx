import { Segmented, Select } from 'antd'
import {
  fieldOf,
  textOf,
  titleOf,
  useRecordQuery,
  type RecordRow,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import { monthsFrom } from '#engine/calendar/fiscal-calendar.ts'
import { periodAround } from '#engine/calendar/period.ts'
import { all, type Filter } from '#engine/query/filter.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { dayText } from '#web/kit/date-text.ts'
import { useMe } from '#web/session/me.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { dateFields } from '../calendar/date-fields.ts'
import { SpanSteps } from '../SpanSteps.tsx'
import { useAround } from '../use-around.ts'
import type { ShownView } from '../use-views.ts'
import { viewWords } from '../words.ts'
import { barOf, placeOf, stepped, windowAround, type Scale, type Window } from './lay-timeline.ts'
import './timeline.css'

interface TimelineViewProps {
  readonly object: ScreenObject
  readonly shown: ShownView
  readonly filter: Filter | undefined
}

const mostRows = 200
const scales = ['week', 'month', 'quarter'] as const

/** Records as bars along the days, from one date to another or on one day. */
export function TimelineView({ object, shown, filter }: TimelineViewProps) {
  const t = useWords(viewWords)
  const label = useLabel()
  const language = useLanguage()
  const { today } = useMe()
  const [around, setAround] = useAround()
  const offered = dateFields(object)
  const chosen = shown.state.definition.timeline
  const from = fieldOf(object, chosen?.from ?? '') ?? offered[0]
  const to = fieldOf(object, chosen?.to ?? '')
  const scale: Scale = chosen?.scale ?? 'month'
  const window = windowAround(around, scale)
  const within = filterWithin(window, from?.key ?? '', to?.key)
  const whole = filter ? all(filter, within) : within
  const list = useRecordQuery(
    object.key,
    { filter: whole, sort: [{ field: from?.key ?? '' }], limit: mostRows },
    from !== undefined,
  )
  if (!from) return <EmptyState title={t('noDates')} />
  if (list.isPending) return <LoadingState rows={10} />
  if (list.isError) return <ErrorState problem={list.error} onRetry={() => void list.refetch()} />
  const put = (change: { readonly from?: string; readonly to?: string | undefined; readonly scale?: Scale }) => {
    const next = { from: from.key, to: to?.key, scale, ...change }
    shown.change({ timeline: { from: next.from, ...(next.to ? { to: next.to } : {}), scale: next.scale } })
  }
  const { rows } = list.data
  const now = placeOf(today, window)
  const nameOfMark = (mark: string) =>
    scale === 'week' ? dayText(mark, language, today) : label(periodAround(mark, scale, monthsFrom(1)).label)
  return (
    <>
      <div className="kind-bar">
        <SpanSteps
          title={`${nameOfMark(window.marks[0] ?? around)} – ${nameOfMark(window.marks.at(-1) ?? around)}`}
          onStep={(step) => setAround(stepped(around, scale, step))}
          onToday={() => setAround(undefined)}
        />
        <label>
          {t('fromDate')}{' '}
          <Select<string>
            aria-label={t('fromDate')}
            value={from.key}
            options={offered.map((one) => ({ value: one.key, label: label(one.label) }))}
            onChange={(key) => put({ from: key })}
          />
        </label>
        <label>
          {t('toDate')}{' '}
          <Select<string>
            aria-label={t('toDate')}
            value={to?.key ?? ''}
            options={[
              { value: '', label: t('oneDay') },
              ...offered
                .filter((one) => one.key !== from.key)
                .map((one) => ({ value: one.key, label: label(one.label) })),
            ]}
            onChange={(key) => put({ to: key || undefined })}
          />
        </label>
        <Segmented<Scale>
          aria-label={t('scale')}
          value={scale}
          options={scales.map((one) => ({ value: one, label: t(one) }))}
          onChange={(next) => put({ scale: next })}
        />
        {list.data.cursor !== null && <span className="muted">{t('moreThanShown', { n: mostRows })}</span>}
      </div>
      {rows.length === 0 ? (
        <EmptyState title={t('nothingInSpan')} />
      ) : (
        <div className="timeline">
          <div className="timeline-head" aria-hidden>
            <span />
            <div className="timeline-track">
              {window.marks.map((mark) => (
                <span key={mark} className="timeline-mark" style={{ left: `${placeOf(mark, window) ?? 0}%` }}>
                  {nameOfMark(mark)}
                </span>
              ))}
            </div>
          </div>
          <ul className="timeline-rows">
            {rows.map((row) => (
              <TimelineRow
                key={row.id}
                object={object}
                row={row}
                from={textOf(row, from.key)}
                to={(to && textOf(row, to.key)) || null}
                window={window}
                now={now}
              />
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

interface TimelineRowProps {
  readonly object: ScreenObject
  readonly row: RecordRow
  readonly from: string
  readonly to: string | null
  readonly window: Window
  /** Where today stands, in percent. */
  readonly now: number | undefined
}

function TimelineRow({ object, row, from, to, window, now }: TimelineRowProps) {
  const t = useWords(viewWords)
  const language = useLanguage()
  const open = useOpenRecord()
  const { today } = useMe()
  const bar = barOf(from, to, window)
  const name = titleOf(object, row, language)
  const words = { name, from: dayText(from, language, today), to: dayText(to, language, today) }
  const text = to === null ? t('barOn', words) : t('barFrom', words)
  return (
    <li>
      <button
        type="button"
        className="plain-button timeline-row"
        aria-label={text}
        onClick={() => open(object.key, row.id)}
      >
        <span className="ellipsis timeline-name">{name}</span>
        <span className="timeline-track">
          {window.marks.map((mark) => (
            <i key={mark} className="timeline-line" style={{ left: `${placeOf(mark, window) ?? 0}%` }} />
          ))}
          {now !== undefined && <i className="timeline-now" style={{ left: `${now}%` }} />}
          {bar && (
            <span
              className="timeline-bar"
              title={text}
              data-before={bar.isFromBefore}
              data-on={bar.goesOn}
              style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
            />
          )}
        </span>
      </button>
    </li>
  )
}

/** Records that touch the window; without an end a record has the one day. */
function filterWithin({ from: start, to: end }: Window, from: string, to: string | undefined): Filter {
  const begins: Filter = { field: from, op: 'lt', value: end }
  const single: Filter = { field: from, op: 'ge', value: start }
  if (to === undefined) return all(begins, single)
  return all(begins, { or: [{ field: to, op: 'ge', value: start }, single] })
}
