import type { Ctx } from '#platform/db/ctx.ts'
import { mayAct } from '#platform/records/scope.ts'
import { duplicatePermissions } from '../permissions.ts'

const [manage] = duplicatePermissions

/** Does the actor see and decide about the duplicates of the whole company? */
export function mayManage(ctx: Ctx): boolean {
  return mayAct(ctx, manage)
}
