import { lazyPart } from '#web/kit/lazy-part.ts'

/** Each is loaded when first shown: nobody signs in, sets up and works in one visit. */
export const SetupPage = lazyPart(() => import('./SetupPage.tsx'), 'SetupPage')
export const SignInPage = lazyPart(() => import('./SignInPage.tsx'), 'SignInPage')
export const OrgPage = lazyPart(() => import('./OrgPage.tsx'), 'OrgPage')

/** Looks with the eyes of somebody. */
export const ViewAsDialog = lazyPart(() => import('./ViewAsDialog.tsx'), 'ViewAsDialog')

export { RecreditHint } from './RecreditHint.tsx'
