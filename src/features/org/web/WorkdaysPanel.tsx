import { useState } from 'react'
import { CloseOutlined } from '@ant-design/icons'
import { Button, DatePicker, Select, Tag } from 'antd'
import type { Dayjs } from 'dayjs'
import { isWorkday, type WorkCalendar } from '#engine/calendar/workday.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { useWords } from '#web/words/use-words.ts'
import { calendarWords } from './calendar-words.ts'
import { useCalendarActs } from './use-calendar.ts'

type Kind = 'work' | 'rest'

/** Days that the company works or rests by its own word, the latest first; each change is saved at once. */
export function WorkdaysPanel({ calendar, version }: { readonly calendar: WorkCalendar; readonly version: string }) {
  const t = useWords(calendarWords)
  const { workdays } = useCalendarActs(version)
  const [day, setDay] = useState<Dayjs | null>(null)
  const [kind, setKind] = useState<Kind>('work')
  const { holidays, exceptions = {} } = calendar
  const days = Object.entries(exceptions).toSorted(([a], [b]) => (a < b ? 1 : -1))
  const otherwise = (on: string) => t('otherwise', { as: t(isWorkday(on, { holidays }) ? 'work' : 'rest') })
  const add = () => {
    if (!day) return
    workdays.mutate({ ...exceptions, [day.format('YYYY-MM-DD')]: kind }, { onSuccess: () => setDay(null) })
  }
  const remove = (gone: string) => workdays.mutate(Object.fromEntries(days.filter(([one]) => one !== gone)))
  return (
    <Panel title={t('workdays')}>
      <p className="muted">{t(holidays === 'china' ? 'workdaysNote' : 'weekdaysNote')}</p>
      <div className="calendar-fields">
        <DatePicker aria-label={t('day')} format="YYYY-MM-DD" value={day} onChange={setDay} />
        <Select<Kind>
          aria-label={t('workdays')}
          value={kind}
          onChange={setKind}
          options={(['work', 'rest'] as const).map((value) => ({ value, label: t(value) }))}
        />
        <Button disabled={!day} loading={workdays.isPending} onClick={add}>
          {t('add')}
        </Button>
      </div>
      {days.length === 0 ? (
        <p className="muted">{t('none')}</p>
      ) : (
        <ul className="calendar-days">
          {days.map(([on, as]) => (
            <li key={on}>
              <span className="num">{on}</span> <Tag>{t(as)}</Tag> <span className="muted">{otherwise(on)}</span>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t('remove', { day: on })}
                disabled={workdays.isPending}
                onClick={() => remove(on)}
              />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
