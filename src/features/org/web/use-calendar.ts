import { App } from 'antd'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { WorkExceptions } from '#engine/calendar/workday.ts'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import {
  changeCalendarRoute,
  changeWorkdaysRoute,
  previewCalendarRoute,
  showCalendarRoute,
  type CalendarChange,
} from '../calendar-contract.ts'
import { calendarWords } from './calendar-words.ts'

export function useCalendar() {
  return useQuery({
    queryKey: ['fiscal-calendar'],
    queryFn: ({ signal }) => call(showCalendarRoute, { signal }),
  })
}

/** The periods that a change would give; nothing is asked while it cannot be read. */
export function usePreview(change: CalendarChange | undefined) {
  return useQuery({
    queryKey: ['fiscal-calendar', 'preview', change],
    queryFn: ({ signal }) => call(previewCalendarRoute, { body: change ?? ({} as never), signal }),
    enabled: change !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })
}

/** Saves the calendar or the working days as decided on a version; every figure follows them. */
export function useCalendarActs(version: string) {
  const t = useWords(calendarWords)
  const { message } = App.useApp()
  const client = useQueryClient()
  const told = (text: string) => {
    void message.success(text)
    return client.invalidateQueries()
  }
  const onError = (problem: unknown) => void message.error(problemText(problem))
  return {
    change: useMutation({
      mutationFn: (change: CalendarChange) => call(changeCalendarRoute, { body: { ...change, version } }),
      onSuccess: () => told(t('saved')),
      onError,
    }),
    workdays: useMutation({
      mutationFn: (exceptions: WorkExceptions) => call(changeWorkdaysRoute, { body: { exceptions, version } }),
      onSuccess: () => told(t('workdaysSaved')),
      onError,
    }),
  }
}
