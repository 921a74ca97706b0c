import { lazyPart } from '#web/kit/lazy-part.ts'

export { FieldValue } from './FieldValue.tsx'
export { AmountInput } from './AmountInput.tsx'
export { FieldInput } from './FieldInput.tsx'
export { CreditChoice } from './CreditChoice.tsx'
export {
  asFarAsKnown,
  fieldOf,
  shownFieldsOf,
  isNumber,
  isSortable,
  useObject,
  useObjects,
  type ScreenField,
  type ScreenObject,
} from './use-objects.ts'
export { fixedRecord, fixedValue, mayGiveAway } from './fixed.ts'
export { registerRecordPart } from './record-parts.ts'
export { patchRow } from './listed-pages.ts'
export { usePeople, useUnits, type KnownPerson } from './use-people.ts'
export {
  bodyOf,
  useChangeRecord,
  useCreateRecord,
  useForgetRecords,
  useRecordQuery,
  useTotals,
  type Grouping,
  type Measure,
  type RecordChanges,
  type RecordRow,
  type Totals,
} from './use-records.ts'
export { ownedWithin } from './list-address.ts'
export { textOf, titleOf } from './record-title.ts'
export { useFilterWords } from './filter/use-filter-words.ts'
export { currentOf } from './conflict/current-of.ts'
export { useConflicts, type Clash } from './conflict/use-conflicts.tsx'
export { useDoubts } from './use-doubts.tsx'
export { useObjectNames } from './bin/use-object-names.ts'
export { useLater } from './use-later.ts'
export { OwnerPicker } from './OwnerPicker.tsx'

/** Search and conditions of a list. */
export const FilterBar = lazyPart(() => import('./FilterBar.tsx'), 'FilterBar')
/** The whole filter language on one sheet, where there is no bar beside it. */
export const FilterPanel = lazyPart(() => import('./filter/FilterPanel.tsx'), 'FilterPanel')
/** Someone was faster: both values side by side. */
export const ConflictDialog = lazyPart(() => import('./conflict/ConflictDialog.tsx'), 'ConflictDialog')
/** A list as a sheet. */
export const ExportButton = lazyPart(() => import('./import/ExportButton.tsx'), 'ExportButton')
/** Board or list of the same records. */
export const BoardSwitch = lazyPart(() => import('./BoardSwitch.tsx'), 'BoardSwitch')
/** A record on its own page. */
export const RecordShowPage = lazyPart(() => import('./RecordShowPage.tsx'), 'RecordShowPage')
/** A record over the page. */
export const RecordDrawer = lazyPart(() => import('./RecordDrawer.tsx'), 'RecordDrawer')
/** Creates or changes a record. */
export const RecordForm = lazyPart(() => import('./RecordForm.tsx'), 'RecordForm')
/** Finds a record of another object by its name. */
export const ReferencePicker = lazyPart(() => import('./ReferencePicker.tsx'), 'ReferencePicker')
/** Brings files in. */
export const ImportPage = lazyPart(() => import('./import/ImportPage.tsx'), 'ImportPage')
/** What the undo of an operation left as it is. */
export const SkippedByUndo = lazyPart(() => import('./history/SkippedByUndo.tsx'), 'SkippedByUndo')
/** What belongs to records that somebody deletes. */
export const ChildrenList = lazyPart(() => import('./bin/ChildrenList.tsx'), 'ChildrenList')
/** What was deleted and can come back. */
export const BinPage = lazyPart(() => import('./bin/BinPage.tsx'), 'BinPage')
