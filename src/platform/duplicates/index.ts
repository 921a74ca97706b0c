export { findDuplicates } from './find-duplicates.ts'
export {
  askToIndexDuplicates,
  indexDuplicates,
  indexDuplicatesIfNew,
  keepDuplicatesAsTheyAre,
  rebuildDuplicates,
  registerDuplicateIndexing,
} from './index-job.ts'
export { indexesOf, type ComparisonIndex } from './index-store.ts'
export { verifyDuplicates } from './verify.ts'
export { registerDuplicateScan, resumeScans, scanDuplicates, startScan } from './scan.ts'
export { keepApart, newestScan, suspectsFrom } from './scan-store.ts'
