import { lazyPart } from '#web/kit/lazy-part.ts'

/** A metric by month with its forecast. */
export const OutlookPage = lazyPart(() => import('./OutlookPage.tsx'), 'OutlookPage')

/** Where the opened node of the cockpit lands. */
export const NodeLanding = lazyPart(() => import('./NodeLanding.tsx'), 'NodeLanding')

/** The SMART check of a plan, opened from its editor. */
export const SmartCheck = lazyPart(() => import('./SmartCheck.tsx'), 'SmartCheck')

/** Where the signed amount lands by all that is known, beside a screen that tells a part of it. */
export const StatedLanding = lazyPart(() => import('./StatedLanding.tsx'), 'StatedLanding')
