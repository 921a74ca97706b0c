import { lazyPart } from '#web/kit/lazy-part.ts'

/** What may be there twice, by what that is known, and what was merged. */
export const DuplicatesPage = lazyPart(() => import('./DuplicatesPage.tsx'), 'DuplicatesPage')
/** Records side by side, to become one. */
export const MergePage = lazyPart(() => import('./MergePage.tsx'), 'MergePage')
