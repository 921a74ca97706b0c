import { lazyPart } from '#web/kit/lazy-part.ts'

/** What the company wants to reach, with progress and the targets that serve it. */
export const ObjectivesPage = lazyPart(() => import('./ObjectivesPage.tsx'), 'ObjectivesPage')
