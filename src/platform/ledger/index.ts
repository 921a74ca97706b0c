/** The door of the ledger: how rooms read figures. */
export { standardMetrics } from './registry.ts'
export { broughtOver, replayed, type BroughtOver, type Replay } from './read-replayed.ts'
export { daysOfLevel, daysOfPart } from './days-read.ts'
export { figureReach, metricsInSight } from './in-sight.ts'
export { defaultStructure, orgShape } from './org-shape.ts'
export { readTree, readWholeTree, seenPart, type TreeOfMetric } from './read-tree.ts'
export { readRecordsBehind, titlesOf, type RecordBehind } from './read-records.ts'
export { readFigure } from './read-figure.ts'
export { readSeries, readSumsOver, type SeenNode } from './read-series.ts'
export { rewriteRows } from './refresh.ts'
export { rolledUp } from './rolled-up.ts'
export { rebuildLedger, verifyLedger, type Difference } from './verify.ts'
export {
  askToRecredit,
  recreditProgress,
  registerRecrediting,
  resumeRecrediting,
  retryRecrediting,
  runRecredit,
} from './recredit.ts'
export { creditingAnew } from './recredit-store.ts'
export { isValuedIn, lackedRate, revalue, type ValuedSpan } from './valued.ts'
export { asOfNow, shapeVersionIn } from './as-of-now.ts'
export { holdStill } from './standstill.ts'
export { clearNoted, isAllNoted, notedRecordsSql, watchOnly, watchRows, type RowsOf } from './watch.ts'
export { askToClear, askToFill, fillMetric, fillOf, registerFilling, resumeFilling } from './fill-metric.ts'
export {
  formerVersions,
  growVersion,
  insertOwnMetric,
  keepVersion,
  ownMetricKeys,
  ownMetrics,
  writeOwnMetric,
  type OwnMetricRow,
} from './own-metric-store.ts'
export { tryMetric } from './try-metric.ts'
export { fillIfNew, fillNewMetrics, registerFillingNew } from './fill-new-metrics.ts'
export { keepWrittenBy } from './written-by.ts'
export { registerGiven, type GivenReader } from './given.ts'
