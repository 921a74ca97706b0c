import { lazyPart } from '#web/kit/lazy-part.ts'

/** 销售预测: what people say of a period before it ends. */
export const ForecastPage = lazyPart(() => import('./ForecastPage.tsx'), 'ForecastPage')
