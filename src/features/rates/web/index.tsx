import { lazyPart } from '#web/kit/lazy-part.ts'

/** What other currencies are worth, since when. */
export const RatesPage = lazyPart(() => import('./RatesPage.tsx'), 'RatesPage')
