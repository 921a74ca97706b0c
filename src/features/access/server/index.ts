import { registerBelonging } from '#platform/merge/belongings.ts'

export { whenRoleGoes } from './belongings-of-role.ts'
export { registerAccessRoutes } from './routes.ts'

/** With whom records are shared goes with them when they are merged. Called once when the app is put together. */
export function registerAccess(): void {
  registerBelonging('record_share')
}
