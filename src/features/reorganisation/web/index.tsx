import { lazyPart } from '#web/kit/lazy-part.ts'

/** Reorganisations prepared for a day, and what they would do. */
export const ReorganisationsPage = lazyPart(() => import('./ReorganisationsPage.tsx'), 'ReorganisationsPage')

/** Span of control, layers, vacancies and load of the tiers as they are. */
export const HealthPage = lazyPart(() => import('./HealthPage.tsx'), 'HealthPage')
