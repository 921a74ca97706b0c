import { lazyPart } from '#web/kit/lazy-part.ts'

/** Backups, checks and the state of the system. */
export const SystemPage = lazyPart(() => import('./SystemPage.tsx'), 'SystemPage')
