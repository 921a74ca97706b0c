import { lazyPart } from '#web/kit/lazy-part.ts'

export { SetupPage } from './SetupPage.tsx'
export { SignInPage } from './SignInPage.tsx'

/** Loaded when first shown. */
export const OrgPage = lazyPart(() => import('./OrgPage.tsx'), 'OrgPage')
