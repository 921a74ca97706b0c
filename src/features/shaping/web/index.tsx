import { lazyPart } from '#web/kit/lazy-part.ts'

/** Objects, fields, forms and rules as the company wants them. */
export const ShapePage = lazyPart(() => import('./ShapePage.tsx'), 'ShapePage')
