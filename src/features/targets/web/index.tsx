import { lazyPart } from '#web/kit/lazy-part.ts'

/** The home of targets: the terrace, its figures, the way down to the records. */
export const Cockpit = lazyPart(() => import('./cockpit/Cockpit.tsx'), 'Cockpit')

/** The own ring with its figures, for a person's day. */
export const OwnRing = lazyPart(() => import('./cockpit/OwnRing.tsx'), 'OwnRing')

/** The plan of a metric and year as a spreadsheet of tiers. */
export const PlanPage = lazyPart(() => import('./plan-editor/PlanPage.tsx'), 'PlanPage')
