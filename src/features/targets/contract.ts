export { attainmentSettingsShape, type AttainmentSettings } from './attainment-settings.ts'
export { targetErrors } from './errors.ts'
export { editPlans, managePlans, planEdit, planManage, planRead, targetPermissions } from './permissions.ts'
export { isInForce, type PlanState } from './plan-path.ts'
export { carries, type Carry } from './carry.ts'
export * from './attainment-contract.ts'
export * from './cascade-contract.ts'
export * from './change-contract.ts'
export { label, metricKey, metricNodeId, periodKey } from './contract-shapes.ts'
export * from './history-contract.ts'
export * from './plan-contract.ts'
export { amendmentPreviewShape, type AmendmentPreview } from './path-contract.ts'
export * from './sheet-contract.ts'

/** Told when targets changed: `{planId, metric, year, version}`. */
export const planChanged = 'plan.changed'

/** Told when a plan moved along its path: `{planId, metric, year, act, comment}`. */
export const planMoved = 'plan.moved'
