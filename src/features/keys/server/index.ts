import type { FastifyInstance } from 'fastify'
import type { Permission } from '#engine/policy/role.ts'
import { permissionsOf, type AuthParts } from '#platform/auth/gate.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { serve } from '#platform/http/serve.ts'
import { may } from '#platform/records/scope.ts'
import { keyManage, keyRoutes as routes } from '../contract.ts'
import { everybodysKeys, makeKey, myKeys, revokeKey } from './keys.ts'

/** Serves the keys of people: made, listed, revoked. */
export function registerKeyRoutes(app: FastifyInstance, { permissions }: AuthParts): void {
  const held = (ctx: Ctx) => new Set(permissionsOf(ctx.actor.role, permissions))
  serve(app, routes.mine, async (ctx) => ({ keys: await myKeys(ctx) }))
  serve(app, routes.everybodys, async (ctx) => ({ keys: await everybodysKeys(ctx) }))
  serve(app, routes.scopes, async (ctx) => scopesOf(ctx, permissions, held(ctx)))
  serve(app, routes.create, (ctx, { body }) => makeKey(ctx, body))
  serve(app, routes.revoke, (ctx, { params }) => revokeKey(ctx, params.id, { ofAnybody: held(ctx).has(keyManage) }))
}

function scopesOf(ctx: Ctx, permissions: readonly Permission[], held: ReadonlySet<string>) {
  return {
    objects: ctx.company.catalogue
      .all()
      .filter((object) => may(ctx, object, 'read'))
      .map((object) => ({ key: object.key, label: object.label, canWrite: may(ctx, object, 'update') })),
    permissions: permissions.filter(({ key }) => held.has(key)).map(({ key, label }) => ({ key, label: { ...label } })),
  }
}
