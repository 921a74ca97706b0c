import type { FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { today } from '#engine/calendar/day.ts'
import { workCalendarOf } from '#engine/calendar/workday.ts'
import { beginSecondFactorRoute, confirmSecondFactorRoute, securityRoute } from '#engine/contract/security.ts'
import { changePasswordRoute, meRoute, signOutRoute } from '#engine/contract/sign-in.ts'
import { viewAs, viewAsRoutes } from '#engine/contract/view-as.ts'
import { inWords } from '#base/label.ts'
import { holds, roleOf, type CompanyRole } from '#engine/policy/company-role.ts'
import { roleOfKey } from '#engine/policy/key-role.ts'
import type { Permission } from '#engine/policy/role.ts'
import type { Db } from '#platform/db/connect.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { contextOfPerson } from '#platform/db/system.ts'
import { companyShape, inRole } from '#platform/records/company-shape.ts'
import { languageOf } from '#platform/http/problem.ts'
import { originOf } from '#platform/http/origin-of.ts'
import { httpErrors, type Gate } from '#platform/http/serve.ts'
import { admitKey } from './admit-key.ts'
import { knownCallers, type KnownCallers } from './callers.ts'
import { apiKeyOf, sessionTokenOf } from './cookie.ts'
import { authErrors } from './errors.ts'
import { actingPerson, touchSession, type ActingPerson } from './session-store.ts'
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
/** Served before a second factor that the company asks for was set up. */
const factorDoors = new Set([
  ...openDoors,
  ...[securityRoute.path, beginSecondFactorRoute.path, confirmSecondFactorRoute.path],
])

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
    async prepare(ctx) {
      await parts.prepare?.(ctx)
    },
    allow(ctx, key) {
      const permission = known.get(key)
      if (!permission) throw new Error(`no room declares the permission ${key}`)
      if (holds(ctx.actor.role, permission)) return
      throw httpErrors.PERMISSION_MISSING({ permission: inWords(permission.label, ctx.language) }, [], {
        permission: key,
      })
    },
  }
}

/** The keys of what a role may do. */
export function permissionsOf(role: CompanyRole, permissions: readonly Permission[]): string[] {
  return permissions.filter((permission) => holds(role, permission)).map((permission) => permission.key)
}

async function enter(parts: AuthParts, request: FastifyRequest, callers: KnownCallers): Promise<Ctx> {
  const apiKey = apiKeyOf(request)
  const session = apiKey ? undefined : sessionTokenOf(request, parts.settings)
  if (!apiKey && !session) throw httpErrors.SIGN_IN_NEEDED()
  const acting = await actingPerson(parts.db, { session, apiKey })
  if (!acting) throw httpErrors.SIGN_IN_NEEDED()
  if (acting.mustChange && !openDoors.has(request.routeOptions.url ?? '')) throw authErrors.PASSWORD_CHANGE_NEEDED()
  if (acting.secondFactorDue && !factorDoors.has(request.routeOptions.url ?? ''))
    throw authErrors.SECOND_FACTOR_NEEDED()
  if (session && isStale(acting)) await touchSession(parts.db, session, request.ip)
  request.acting = acting
  const key = apiKey ? await admitKey(parts.db, apiKey, request) : undefined
  callers.remember(request, key ? `key:${key.id}` : `person:${acting.personId}`)
  const ctx: Ctx = { ...(await contextFor(parts, acting, request, key?.scopes)), via: key ? 'key' : 'page' }
  const { viewingAs } = acting
  return viewingAs && !ownEyes.has(request.routeOptions.url ?? '') ? asSeenBy(ctx, viewingAs) : ctx
}

/** Served to whoever looks with the eyes of another person as to themselves. */
const ownEyes = new Set([viewAsRoutes.end.path, signOutRoute.path, securityRoute.path])

/** With the eyes of another person, if that may be: to see what they see, not to act in their name. */
async function asSeenBy(ctx: Ctx, personId: string): Promise<Ctx> {
  const { actor } = ctx
  const person = holds(actor.role, viewAs) ? await contextOfPerson(ctx, personId) : undefined
  if (!person || actor.personId === null || !mayLookAs(actor.role, person.actor.role)) return ctx
  return { ...person, viewedBy: { personId: actor.personId, name: actor.name } }
}

/** Nobody gets to see more than administrators let them by looking as one. */
export function mayLookAs(viewer: CompanyRole, viewed: CompanyRole): boolean {
  return viewer.key === 'administrator' || viewed.basis !== 'administrator'
}

/** The context of a person, also used right after signing in; of a program within the scopes of its key. */
export async function contextFor(
  parts: AuthParts,
  acting: ActingPerson,
  request: FastifyRequest,
  scopes?: readonly string[],
): Promise<Ctx> {
  const language = acting.language ?? languageOf(request)
  request.language = language
  const now = parts.now?.() ?? new Date()
  const shape = await companyShape(parts.db, { id: acting.companyId, shapeVersion: acting.shapeVersion })
  const whole = roleOf(shape.roles, acting.role)
  const role = scopes ? roleOfKey(whole, scopes, { ...parts, catalogue: shape.wholeCatalogue }) : whole
  return {
    db: parts.db,
    company: {
      id: acting.companyId,
      slug: acting.slug,
      name: acting.companyName,
      currency: acting.currency,
      zone: acting.zone,
      calendar: acting.calendar,
      workCalendar: workCalendarOf(acting.zone, acting.workExceptions),
      language: acting.companyLanguage,
      demo: acting.demo,
      orgVersion: acting.orgVersion,
      ...shape,
      ...inRole(shape, role),
    },
    actor: { personId: acting.personId, loginId: acting.loginId, name: acting.personName, role },
    language,
    now,
    today: today(acting.zone, now),
    requestId: request.id,
    ...originOf(request),
    log: parts.log.child({ company: acting.slug, person: acting.personId, requestId: request.id }),
  }
}

const touchedEveryMs = 300_000

/** A busy page does not write with every request. */
function isStale({ seenAt }: ActingPerson): boolean {
  return seenAt !== null && Date.now() - seenAt.getTime() > touchedEveryMs
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the gate let somebody in. */
    acting?: ActingPerson
  }
}
