import type { Ctx } from '#platform/db/ctx.ts'
import { duplicatePermissions } from '../permissions.ts'

const [manage] = duplicatePermissions

/** Does the actor see and decide about the duplicates of the whole company? */
export function mayManage({ actor }: Ctx): boolean {
  return manage.roles.some((role) => role === actor.role)
}
