import { lazyPart } from '#web/kit/lazy-part.ts'

/** What somebody proposes and appeals against: a part of the page of the own target. */
export const OwnAgreements = lazyPart(() => import('./OwnAgreements.tsx'), 'OwnAgreements')

/** Numbers from below tier by tier, and appeals to decide. */
export const AgreementsPage = lazyPart(() => import('./AgreementsPage.tsx'), 'AgreementsPage')
