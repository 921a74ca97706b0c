import { lazyPart } from '#web/kit/lazy-part.ts'

/** 今天: the own target, what is to be done, the deals to move. */
export const MyDay = lazyPart(() => import('./MyDay.tsx'), 'MyDay')
/** Notes a visit or a call in three taps. */
export const QuickActivity = lazyPart(() => import('./QuickActivity.tsx'), 'QuickActivity')
/** Attainment of every tier by period. */
export const HeatPage = lazyPart(() => import('./boards/HeatPage.tsx'), 'HeatPage')
/** How people are spread over attainment. */
export const PeoplePage = lazyPart(() => import('./boards/PeoplePage.tsx'), 'PeoplePage')
/** Open deals by stage, tier by tier. */
export const FunnelPage = lazyPart(() => import('./boards/FunnelPage.tsx'), 'FunnelPage')
/** The own target and what has to be closed. */
export const MyTargetPage = lazyPart(() => import('./mine/MyTargetPage.tsx'), 'MyTargetPage')
/** Published targets for a whole room. */
export const WallPage = lazyPart(() => import('./wall/WallPage.tsx'), 'WallPage')
