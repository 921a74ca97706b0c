import { lazyPart } from '#web/kit/lazy-part.ts'

/** How large the market is, and who covers which part of it. */
export const MarketPage = lazyPart(() => import('./MarketPage.tsx'), 'MarketPage')

/** Who told a market, beside what is worked out from it. */
export const MarketSources = lazyPart(() => import('./MarketSources.tsx'), 'MarketSources')
