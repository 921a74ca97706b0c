import { lazyPart } from '#web/kit/lazy-part.ts'

/** The keys with which programs come. */
export const KeysPage = lazyPart(() => import('./KeysPage.tsx'), 'KeysPage')
