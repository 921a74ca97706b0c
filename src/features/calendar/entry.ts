import type { Language } from '#base/label.ts'

/** One entry of a calendar: an all-day entry of a day, or one that begins at an instant. */
export interface Entry {
  readonly id: string
  /** Grows with every change. */
  readonly version: number
  readonly title: string
  readonly note: string | null
  readonly when: { readonly day: string } | { readonly at: Date }
  readonly changedAt: Date
  readonly isCancelled: boolean
  /** Where people look at it. */
  readonly url: string
}

/** What stands over the calendar of a person. */
export const calendarName: Readonly<Record<Language, string>> = { zh: '任务与拜访', en: 'Tasks and visits' }
