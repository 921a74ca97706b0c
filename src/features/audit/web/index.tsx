import { lazyPart } from '#web/kit/lazy-part.ts'

/** Who did what, when and from where. */
export const AuditPage = lazyPart(() => import('./AuditPage.tsx'), 'AuditPage')
