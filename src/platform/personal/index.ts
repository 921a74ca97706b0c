/** The door of the rights of natural persons. */
export { erase, erasedMark, erasureParts, type ErasureCounts } from './erase.ts'
export { identifiersIn, withoutAny } from './identifiers.ts'
export { previewErasure } from './preview.ts'
export { subjectOf, type Subject } from './subject.ts'
export { sweepAudit } from './sweep-audit.ts'
export { sweepRecords } from './sweep-records.ts'
export { sweepTables } from './sweep-tables.ts'
