import { BoardPage } from '#web/kit/PageShape.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useWords } from '#web/words/use-words.ts'
import { CalendarPanel } from './CalendarPanel.tsx'
import { WorkdaysPanel } from './WorkdaysPanel.tsx'
import { calendarWords } from './calendar-words.ts'
import { useCalendar } from './use-calendar.ts'
import './org.css'

/** How the company divides time into fiscal years and periods, and which days it works. */
export function FiscalCalendarPage() {
  const t = useWords(calendarWords)
  const shown = useCalendar()
  return (
    <BoardPage title={t('title')} note={t('note')}>
      {shown.isPending && <LoadingState rows={10} />}
      {shown.isError && <ErrorState problem={shown.error} onRetry={() => void shown.refetch()} />}
      {shown.data && (
        <>
          <CalendarPanel key={JSON.stringify(shown.data.calendar)} shown={shown.data} />
          <WorkdaysPanel calendar={shown.data.workCalendar} version={shown.data.version} />
        </>
      )}
    </BoardPage>
  )
}
