import { lazyPart } from '#web/kit/lazy-part.ts'

/** Connections to 企业微信, 钉钉, 飞书: signing in by them and keeping the organisation in step. */
export const WorkplacePage = lazyPart(() => import('./WorkplacePage.tsx'), 'WorkplacePage')
/** What the sign-in page offers besides. */
export const WorkplaceButtons = lazyPart(() => import('./WorkplaceButtons.tsx'), 'WorkplaceButtons')
/** Where people come back from scanning. */
export const WorkplaceBackPage = lazyPart(() => import('./WorkplaceBackPage.tsx'), 'WorkplaceBackPage')
