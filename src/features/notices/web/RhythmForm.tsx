import { useState } from 'react'
import { Button, Select, Switch } from 'antd'
import type { NoticeRhythm } from '#engine/contract/notices.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { noticeWords } from './words.ts'

interface RhythmFormProps {
  readonly rhythm: NoticeRhythm
  readonly isOwn: boolean
  readonly onChange: (rhythm: NoticeRhythm | null) => void
}

const two = (part: number) => String(part).padStart(2, '0')
const halfHours = Array.from({ length: 48 }, (_, at) => at * 30)
const timeText = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
const hours = Array.from({ length: 24 }, (_, hour) => ({ value: hour, label: `${two(hour)}:00` }))
const zones = () => Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }))

/** When letters and robots keep quiet, and when the digest comes. */
export function RhythmForm({ rhythm, isOwn, onChange }: RhythmFormProps) {
  const t = useWords(noticeWords)
  const k = useWords(kitWords)
  const language = useLanguage()
  const [draft, setDraft] = useState(rhythm)
  const isQuiet = draft.quietFrom !== null && draft.quietTo !== null
  const change = (changes: Partial<NoticeRhythm>) => setDraft({ ...draft, ...changes })
  const times = halfHours.map((minute) => ({ value: minute, label: timeText(minute) }))
  const weekdays = Array.from({ length: 7 }, (_, at) => ({ value: at + 1, label: weekdayText(at + 1, language) }))
  return (
    <div className="rhythm">
      <div className="rhythm-line">
        <Switch
          size="small"
          checked={isQuiet}
          aria-label={t('quiet')}
          onChange={(on) => change(on ? { quietFrom: 22 * 60, quietTo: 8 * 60 } : { quietFrom: null, quietTo: null })}
        />
        <span>{t('quiet')}</span>
        {isQuiet && (
          <>
            <Select<number>
              size="small"
              aria-label={t('quietFrom')}
              value={draft.quietFrom ?? 0}
              options={times}
              onChange={(quietFrom) => change({ quietFrom })}
            />
            <span aria-hidden>–</span>
            <Select<number>
              size="small"
              aria-label={t('quietTo')}
              value={draft.quietTo ?? 0}
              options={times}
              onChange={(quietTo) => change({ quietTo })}
            />
          </>
        )}
        <span className="muted rhythm-note">{t('quietText')}</span>
      </div>
      <div className="rhythm-line">
        <span>{t('digestWhen')}</span>
        <Select<NoticeRhythm['digest']>
          size="small"
          aria-label={t('digestWhen')}
          value={draft.digest}
          options={(['daily', 'weekly'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={(digest) => change({ digest })}
        />
        {draft.digest === 'weekly' && (
          <Select<number>
            size="small"
            aria-label={t('weekday')}
            value={draft.digestWeekday}
            options={weekdays}
            onChange={(digestWeekday) => change({ digestWeekday })}
          />
        )}
        <Select<number>
          size="small"
          aria-label={t('hour')}
          value={draft.digestHour}
          options={hours}
          onChange={(digestHour) => change({ digestHour })}
        />
      </div>
      <div className="rhythm-line">
        <span>{t('zone')}</span>
        <Select<string>
          size="small"
          className="rhythm-zone"
          aria-label={t('zone')}
          allowClear
          showSearch
          placeholder={t('zoneOfCompany')}
          value={draft.zone}
          options={zones()}
          onChange={(zone: string | undefined) => change({ zone: zone ?? null })}
        />
      </div>
      <div className="rhythm-line">
        <Button type="primary" onClick={() => onChange(draft)}>
          {k('save')}
        </Button>
        {isOwn && <Button onClick={() => onChange(null)}>{t('reset')}</Button>}
      </div>
    </div>
  )
}

// 5 January 1970 was a Monday.
const weekdayText = (weekday: number, language: string) =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en', { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(1970, 0, 4 + weekday)),
  )
