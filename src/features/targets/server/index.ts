export { registerTargetRoutes } from './routes.ts'
export { createPlan } from './create-plan.ts'
export { publishPlan } from './publish-plan.ts'
export { savePlan } from './save-plan.ts'
