import { DatePicker, Form, Input, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import { weekPatterns, type MonthRule, type WeekRule } from '#engine/calendar/fiscal-calendar.ts'
import { useWords } from '#web/words/use-words.ts'
import { readPeriods } from '../own-periods.ts'
import { calendarWords } from './calendar-words.ts'

interface FieldsProps<Rule> {
  readonly rule: Rule
  readonly onChange: (rule: Rule) => void
}

const twelve = Array.from({ length: 12 }, (_, at) => at + 1)

export function MonthFields({ rule, onChange }: FieldsProps<MonthRule>) {
  const t = useWords(calendarWords)
  return (
    <Form.Item label={t('startMonth')}>
      <Select<number>
        aria-label={t('startMonth')}
        value={rule.start}
        onChange={(start) => onChange({ ...rule, start })}
        options={twelve.map((n) => ({ value: n, label: t('monthN', { n }) }))}
      />
    </Form.Item>
  )
}

export function WeekFields({ rule, onChange }: FieldsProps<WeekRule>) {
  const t = useWords(calendarWords)
  return (
    <>
      <Form.Item label={t('pattern')} extra={t('longYear')}>
        <Select<WeekRule['pattern']>
          aria-label={t('pattern')}
          value={rule.pattern}
          onChange={(pattern) => onChange({ ...rule, pattern })}
          options={weekPatterns.map((value) => ({ value, label: value }))}
        />
      </Form.Item>
      <Form.Item label={t('weekday')}>
        <Select<number>
          aria-label={t('weekday')}
          value={rule.weekday}
          onChange={(weekday) => onChange({ ...rule, weekday })}
          options={t('weekdays')
            .split(',')
            .map((name, at) => ({ value: at + 1, label: name }))}
        />
      </Form.Item>
      <Form.Item label={t('nearMonth')}>
        <Select<number>
          aria-label={t('nearMonth')}
          value={rule.month}
          onChange={(month) => onChange({ ...rule, month })}
          options={twelve.map((n) => ({ value: n, label: t('monthN', { n }) }))}
        />
      </Form.Item>
      <Form.Item label={t('nearDay')}>
        <InputNumber
          aria-label={t('nearDay')}
          min={1}
          max={31}
          precision={0}
          value={rule.day}
          onChange={(day) => day !== null && onChange({ ...rule, day })}
        />
      </Form.Item>
    </>
  )
}

/** A list of its own as it is being written. */
export interface OwnDraft {
  readonly text: string
  /** Null: the calendar year of the first day. */
  readonly firstYear: number | null
  /** Last day of the last period; empty until it is chosen. */
  readonly last: string
  readonly perQuarter: number | null
}

interface OwnProps {
  readonly draft: OwnDraft
  readonly onChange: (draft: OwnDraft) => void
}

export function OwnFields({ draft, onChange }: OwnProps) {
  const t = useWords(calendarWords)
  const { years, unread } = readPeriods(draft.text)
  return (
    <>
      <Form.Item
        className="calendar-list"
        label={t('list')}
        extra={t('listHint')}
        {...(unread.length > 0
          ? { validateStatus: 'error' as const, help: t('unread', { texts: unread.slice(0, 5).join(t('between')) }) }
          : {})}
      >
        <Input.TextArea
          aria-label={t('list')}
          className="num"
          autoSize={{ minRows: 4, maxRows: 12 }}
          placeholder={t('listExample')}
          value={draft.text}
          onChange={(event) => onChange({ ...draft, text: event.target.value })}
        />
      </Form.Item>
      <Form.Item label={t('end')}>
        <DatePicker
          aria-label={t('end')}
          format="YYYY-MM-DD"
          value={draft.last === '' ? null : dayjs(draft.last)}
          onChange={(day) => onChange({ ...draft, last: day ? day.format('YYYY-MM-DD') : '' })}
        />
      </Form.Item>
      <Form.Item label={t('firstYear')}>
        <InputNumber
          aria-label={t('firstYear')}
          min={1990}
          max={2100}
          precision={0}
          placeholder={years[0]?.[0]?.slice(0, 4) ?? ''}
          value={draft.firstYear}
          onChange={(firstYear) => onChange({ ...draft, firstYear })}
        />
      </Form.Item>
      <Form.Item label={t('perQuarter')}>
        <InputNumber
          aria-label={t('perQuarter')}
          min={1}
          max={60}
          precision={0}
          value={draft.perQuarter}
          onChange={(perQuarter) => onChange({ ...draft, perQuarter })}
        />
      </Form.Item>
    </>
  )
}
