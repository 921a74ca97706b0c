import { lazyPart } from '#web/kit/lazy-part.ts'

/** 今天: the own target, what is to be done, the deals to move. */
export const MyDay = lazyPart(() => import('./MyDay.tsx'), 'MyDay')
/** Notes a visit or a call in three taps. */
export const QuickActivity = lazyPart(() => import('./QuickActivity.tsx'), 'QuickActivity')
