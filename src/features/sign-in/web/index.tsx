import { lazyPart } from '#web/kit/lazy-part.ts'

/** Each is loaded when first shown: most visits need none of them. */
export const SignInPage = lazyPart(() => import('./SignInPage.tsx'), 'SignInPage')
export const LinkPage = lazyPart(() => import('./LinkPage.tsx'), 'LinkPage')
export const ForgottenPage = lazyPart(() => import('./ForgottenPage.tsx'), 'ForgottenPage')
export const BackPage = lazyPart(() => import('./BackPage.tsx'), 'BackPage')
export const SecurityPage = lazyPart(() => import('./SecurityPage.tsx'), 'SecurityPage')
export const RequiredFactor = lazyPart(() => import('./RequiredFactor.tsx'), 'RequiredFactor')
export const SignInSettingsPage = lazyPart(() => import('./SignInSettingsPage.tsx'), 'SignInSettingsPage')
export const AccessPanel = lazyPart(() => import('./AccessPanel.tsx'), 'AccessPanel')
