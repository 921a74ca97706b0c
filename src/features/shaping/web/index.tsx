import { lazyPart } from '#web/kit/lazy-part.ts'

/** Makes a field of a column of a file that is being imported. */
export const FieldOfColumn = lazyPart(() => import('./FieldOfColumn.tsx'), 'FieldOfColumn')

/** Objects, fields, forms and rules as the company wants them. */
export const ShapePage = lazyPart(() => import('./ShapePage.tsx'), 'ShapePage')
