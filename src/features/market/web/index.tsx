import { lazyPart } from '#web/kit/lazy-part.ts'

/** How large the market is, and who covers which part of it. */
export const MarketPage = lazyPart(() => import('./MarketPage.tsx'), 'MarketPage')
