import { useState, type KeyboardEvent } from 'react'
import { Button } from 'antd'
import { fixedRecord, titleOf, type RecordRow, type ScreenObject } from '#features/objects/web/index.tsx'
import { dayText } from '#web/kit/date-text.ts'
import { useMe } from '#web/session/me.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { viewWords } from '../words.ts'

/** A record in the hand, and the day it is over. */
export interface HeldDay {
  readonly row: RecordRow
  readonly from: string
  readonly over: string
}

interface CalendarDayProps {
  readonly object: ScreenObject
  readonly day: string
  /** A day of the month before or after. */
  readonly isOther: boolean
  readonly rows: readonly RecordRow[]
  readonly count: number
  /** Records that there is room for. */
  readonly most: number
  readonly held: HeldDay | undefined
  readonly isMovable: boolean
  readonly helpId: string
  readonly onLift: (row: RecordRow) => void
  readonly onLetGo: () => void
  readonly onDrop: () => void
  readonly onKey: (event: KeyboardEvent, row: RecordRow) => void
  readonly onOpenList: () => void
}

/** One day with its records. */
export function CalendarDay(props: CalendarDayProps) {
  const { object, day, isOther, rows, count, most, held, isMovable, helpId } = props
  const t = useWords(viewWords)
  const language = useLanguage()
  const open = useOpenRecord()
  const { today } = useMe()
  const [isOver, setOver] = useState(false)
  // The way to those that are hidden takes the place of one.
  const isFull = Math.max(count, rows.length) > most
  const shown = rows.slice(0, isFull ? most - 1 : most)
  const hidden = Math.max(count, rows.length) - shown.length
  return (
    <section
      className="calendar-day"
      data-other={isOther}
      data-today={day === today}
      data-target={held !== undefined && (isOver || (held.over === day && held.from !== day))}
      aria-label={t('dayCount', { day: dayText(day, language, today), n: Math.max(count, rows.length) })}
      onDragOver={(event) => {
        if (!held) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        props.onDrop()
      }}
    >
      <span className="calendar-number num" aria-hidden>
        <span className="calendar-long">{dayText(day, language, today)}</span>
        <span className="calendar-short">{Number(day.slice(8, 10))}</span>
      </span>
      {shown.map((row) => (
        <button
          key={row.id}
          type="button"
          className="calendar-item"
          title={titleOf(object, row, language)}
          draggable={isMovable && !fixedRecord(object, row)}
          data-lifted={held?.row.id === row.id}
          aria-describedby={isMovable && !fixedRecord(object, row) ? helpId : undefined}
          aria-pressed={isMovable && !fixedRecord(object, row) ? held?.row.id === row.id : undefined}
          onClick={() => open(object.key, row.id)}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move'
            event.dataTransfer.setData('text/plain', row.id)
            props.onLift(row)
          }}
          onDragEnd={props.onLetGo}
          onKeyDown={(event) => props.onKey(event, row)}
        >
          {titleOf(object, row, language)}
        </button>
      ))}
      {hidden > 0 && (
        <Button type="link" size="small" className="calendar-more" onClick={props.onOpenList}>
          {t('moreOnDay', { n: hidden })}
        </Button>
      )}
    </section>
  )
}
