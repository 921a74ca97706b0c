import { lazyPart } from '#web/kit/lazy-part.ts'

/** What is measured: the metrics of the product, and the company's own. */
export const MetricsPage = lazyPart(() => import('./MetricsPage.tsx'), 'MetricsPage')

/** How one metric is worked out. */
export const MetricPage = lazyPart(() => import('./MetricPage.tsx'), 'MetricPage')
