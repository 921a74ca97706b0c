import { lazyPart } from '#web/kit/lazy-part.ts'

/** The own calendar, to subscribe to. */
export const CalendarPanel = lazyPart(() => import('./CalendarPanel.tsx'), 'CalendarPanel')
