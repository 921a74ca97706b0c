import { lazyPart } from '#web/kit/lazy-part.ts'

/** What a person agreed to, and their rights. */
export const PersonalPart = lazyPart(() => import('./PersonalPart.tsx'), 'PersonalPart')
/** What the person does not want any more. */
export const ConsentNotice = lazyPart(() => import('./ConsentNotice.tsx'), 'ConsentNotice')
/** A copy of everything about a colleague, and their erasure. */
export const Rights = lazyPart(() => import('./Rights.tsx'), 'Rights')
export { privacyWords } from './words.ts'
