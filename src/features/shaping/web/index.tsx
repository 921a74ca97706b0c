import { lazyPart } from '#web/kit/lazy-part.ts'

/** Makes a field of a column of a file that is being imported. */
export const FieldOfColumn = lazyPart(() => import('./FieldOfColumn.tsx'), 'FieldOfColumn')

/** Objects, fields, forms and rules as the company wants them. */
export const ShapePage = lazyPart(() => import('./ShapePage.tsx'), 'ShapePage')

/** A condition on records of an object, in words, changed on the filter's sheet. */
export const ConditionField = lazyPart(() => import('./ConditionField.tsx'), 'ConditionField')

/** A text in both languages. */
export const LabelInput = lazyPart(async () => {
  const { LabelInput: part } = await import('./LabelInput.tsx')
  return { LabelInput: part }
}, 'LabelInput')
