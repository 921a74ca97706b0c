import { isAdministrative } from '#engine/policy/company-role.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { orgErrors } from '../errors.ts'

/**
 * How an administrator signs in is changed by administrators only: whoever else looks after access could otherwise come in as
 * one, by a new password, a link or another e-mail.
 */
export function guardAdministrator(ctx: Ctx, person: { readonly role: string }): void {
  if (!isAdministrative(ctx.company.roles, person.role) || ctx.actor.role.key === 'administrator') return
  throw orgErrors.ADMINISTRATOR_ONLY()
}
