import { done, refused, type Outcome } from '#base/outcome.ts'
import { instantIn } from '#engine/calendar/wall-time.ts'
import { readDate, type DateOrder } from './read-date.ts'

export type InstantReading = Outcome<{ readonly value: string }, 'NOT_A_DATE'>

/** A date with a time of day → ISO instant; a text without an offset is meant in `zone`; without a time, midnight there. */
export function readInstant(written: string, zone: string, order?: DateOrder): InstantReading {
  const text = written.normalize('NFKC').trim()
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) {
    const instant = new Date(text)
    return Number.isNaN(instant.getTime()) ? refused('NOT_A_DATE') : done({ value: instant.toISOString() })
  }
  const day = readDate(text, order)
  const time = timeOf(text)
  if (!day.ok || !time) return refused('NOT_A_DATE')
  return done({ value: instantIn(zone, Date.parse(`${day.value}T${time}Z`)).toISOString() })
}

function timeOf(text: string): string | undefined {
  const parts =
    /(上午|下午|晚上|am|pm)?\s*(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2}))?(?:\.\d+)?[分秒]?\s*(am|pm)?$/i.exec(text)
  if (!parts) return '00:00:00'
  const half = (parts[1] ?? parts[5] ?? '').toLowerCase()
  const isAfternoon = half === 'pm' || half === '下午' || half === '晚上'
  const hour = Number(parts[2])
  const real = isAfternoon && hour < 12 ? hour + 12 : (half === 'am' || half === '上午') && hour === 12 ? 0 : hour
  const [minute, second] = [Number(parts[3]), Number(parts[4] ?? 0)]
  if (real > 23 || minute > 59 || second > 59) return undefined
  return [real, minute, second].map((part) => String(part).padStart(2, '0')).join(':')
}
