/** The door of the search. */
export { findRecords } from './find.ts'
export { keepSearch } from './keep.ts'
export { registerSearched, type FoundRecord, type IndexedRecord, type SearchedKind } from './kind.ts'
export { rebuildSearch, verifySearch } from './rebuild.ts'
export { searchedKinds } from './record-kind.ts'
export { registerSearchRoutes } from './routes.ts'
