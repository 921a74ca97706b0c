import { lazyPart } from '#web/kit/lazy-part.ts'

/** What somebody is to reach, what they propose, and what they appeal against. */
export const MyTargetsPage = lazyPart(() => import('./MyTargetsPage.tsx'), 'MyTargetsPage')

/** Numbers from below tier by tier, and appeals to decide. */
export const AgreementsPage = lazyPart(() => import('./AgreementsPage.tsx'), 'AgreementsPage')
