export { attainedTree, attainmentOver, attainmentTree } from './attainment.ts'
export { attainmentSettings, keepAttainmentSettings } from './attainment-settings.ts'
export { readPlannedTree } from './planned-tree.ts'
export { type TargetOfRow } from './target-store.ts'
export { registerTargetRoutes } from './routes.ts'
export { registerTargetImport } from './import-targets.ts'
export { registerPlannedYears } from './years-planned.ts'
export { createPlan } from './create-plan.ts'
export { elapsedOf, metricAsked, nodeUnknown, periodAsked } from './period-asked.ts'
export { planAfterMoves, type PlannedMoves } from '../plan-after-moves.ts'
export { plannedYears, yearsInForce } from './planned-years.ts'
export { readLevels, type LevelsOfRow } from './level-store.ts'
export { amendInStep } from './amend-plan.ts'
export { refusePeriodOver } from './open-amendment.ts'
export { previewAmendment } from './preview-amendment.ts'
export { amendmentStore, type StoredAmendment } from './amendment-store.ts'
export { monthlySeries } from './behind-figure.ts'
export { planAtVersion } from './delete-plan.ts'
export { movePlan } from './move-plan.ts'
export { withLevels } from './follow-levels.ts'
export { leavesOf } from './plan-year.ts'
export { readyReach } from './plan-reach.ts'
export { listRampCurves } from './curve-store.ts'
export { planStore, type StoredPlan } from './plan-store.ts'
export { type StoredRow } from './stored-row.ts'
export { refuseTotalTooHigh } from './refuse-wrong-cells.ts'
export { refuseSettled, revisePlan, withSums } from './revise-plan.ts'
export { savePlan } from './save-plan.ts'
export {
  findDraft,
  findPlan,
  inForce,
  listPlans,
  monthsOfPlan,
  openDraft,
  openPlan,
  showPlan,
  summaryOf,
  type OpenPlan,
} from './show-plan.ts'
export { proposalsNotSummed, setPath } from './show-path.ts'
export { registerPathNotices } from './tell-path.ts'
export { registerPlanNotices } from './tell-plans.ts'
export { verifyPlans } from './verify-plans.ts'
export { nodeIdOf, readNodeId } from '../node-id.ts'
