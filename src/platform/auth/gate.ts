import type { FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { today } from '#engine/calendar/day.ts'
import { changePasswordRoute, meRoute } from '#engine/contract/sign-in.ts'
import { inWords } from '#base/label.ts'
import type { Permission, Role } from '#engine/policy/role.ts'
import type { Db } from '#platform/db/connect.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { companyShape } from '#platform/records/company-shape.ts'
import { languageOf } from '#platform/http/problem.ts'
import { httpErrors, type Gate } from '#platform/http/serve.ts'
import { admitKey, requireScope } from './admit-key.ts'
import { knownCallers, type KnownCallers } from './callers.ts'
import { apiKeyOf, sessionDays, sessionTokenOf } from './cookie.ts'
import { authErrors } from './errors.ts'
import { actingPerson, prolongSession, type ActingPerson } from './session-store.ts'
import type { AuthSettings } from './settings.ts'

/** What signing in needs to know of the house. */
export interface AuthParts {
  readonly db: Db
  readonly log: Logger
  readonly settings: AuthSettings
  /** Every room's permissions, gathered by the app. */
  readonly permissions: readonly Permission[]
  /** Tests stop the clock here. */
  readonly now?: () => Date
  /** What a person's acts ask again and again, asked once before their first transaction. */
  readonly prepare?: (ctx: Ctx) => Promise<void>
}

/** Served before a one-time password was changed. */
const openDoors = new Set([meRoute.path, changePasswordRoute.path])

/** The gate of the house: who a request stands for, and what their role may do. */
export function buildGate(parts: AuthParts): Gate {
  const known = new Map(parts.permissions.map((permission) => [permission.key, permission]))
  const seen = new WeakMap<FastifyRequest, Promise<Ctx>>()
  const callers = knownCallers(parts.settings)
  return {
    callerOf: callers.of,
    contextOf(request) {
      const asked = seen.get(request) ?? enter(parts, request, callers)
      seen.set(request, asked)
      return asked
    },
    allow(ctx, key) {
      const permission = known.get(key)
      if (!permission) throw new Error(`no room declares the permission ${key}`)
      if (permission.roles.includes(ctx.actor.role)) return requireScope(ctx, key)
      throw httpErrors.PERMISSION_MISSING({ permission: inWords(permission.label, ctx.language) }, [], {
        permission: key,
      })
    },
  }
}

/** The keys of what a role may do. */
export function permissionsOf(role: Role, permissions: readonly Permission[]): string[] {
  return permissions.filter((permission) => permission.roles.includes(role)).map((permission) => permission.key)
}

async function enter(parts: AuthParts, request: FastifyRequest, callers: KnownCallers): Promise<Ctx> {
  const apiKey = apiKeyOf(request)
  const session = apiKey ? undefined : sessionTokenOf(request, parts.settings)
  if (!apiKey && !session) throw httpErrors.SIGN_IN_NEEDED()
  const acting = await actingPerson(parts.db, { session, apiKey })
  if (!acting) throw httpErrors.SIGN_IN_NEEDED()
  if (acting.mustChange && !openDoors.has(request.routeOptions.url ?? '')) throw authErrors.PASSWORD_CHANGE_NEEDED()
  if (session && isAging(acting)) await prolongSession(parts.db, session)
  const key = apiKey ? await admitKey(parts.db, apiKey, request) : undefined
  callers.remember(request, key ? `key:${key.id}` : `person:${acting.personId}`)
  const ctx: Ctx = { ...(await contextFor(parts, acting, request)), via: key ? 'key' : 'page', key }
  await parts.prepare?.(ctx)
  return ctx
}

/** The context of a person, also used right after signing in. */
export async function contextFor(parts: AuthParts, acting: ActingPerson, request: FastifyRequest): Promise<Ctx> {
  const language = acting.language ?? languageOf(request)
  request.language = language
  const now = parts.now?.() ?? new Date()
  return {
    db: parts.db,
    company: {
      id: acting.companyId,
      slug: acting.slug,
      name: acting.companyName,
      currency: acting.currency,
      zone: acting.zone,
      fiscalStart: acting.fiscalStart,
      language: acting.companyLanguage,
      demo: acting.demo,
      orgVersion: acting.orgVersion,
      ...(await companyShape(parts.db, { id: acting.companyId, shapeVersion: acting.shapeVersion })),
    },
    actor: { personId: acting.personId, loginId: acting.loginId, name: acting.personName, role: acting.role },
    language,
    now,
    today: today(acting.zone, now),
    requestId: request.id,
    log: parts.log.child({ company: acting.slug, person: acting.personId, requestId: request.id }),
  }
}

/** Prolonged at most once a day. */
function isAging(acting: ActingPerson): boolean {
  if (!acting.expiresAt) return false
  return acting.expiresAt.getTime() - Date.now() < (sessionDays - 1) * 86_400_000
}
