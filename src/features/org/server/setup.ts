import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Label } from '#base/label.ts'
import type { createCompanyRoute, SetupState } from '#engine/contract/setup.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { isOnThisMachine, isSecure } from '#platform/auth/settings.ts'
import { openDoor, type SignInReply } from '#platform/auth/sign-in.ts'
import { languageOf } from '#platform/http/problem.ts'
import { orgErrors } from '../errors.ts'
import { allCompanies } from './company-store.ts'
import { createCompany } from './create-company.ts'

/** A person of the demo whom one click signs in. */
export interface DemoPersona {
  readonly key: string
  readonly name: string
  readonly title: Label
  readonly role: string
  readonly companyId: string
  readonly personId: string
}

/** The demo company as the app brings it: loaded once, with people to try it as. */
export interface Demo {
  /** Empty until the demo is loaded. */
  personas(): Promise<readonly DemoPersona[]>
  load(report: (progress: number, words: Label) => void): Promise<void>
}

let demo: Demo | undefined

export function registerDemo(door: Demo): void {
  demo = door
}

let token: string | undefined

/** The token that the console prints and that setup from another machine asks for; new with every start. */
export function setupToken(): string {
  token ??= randomBytes(9).toString('base64url')
  return token
}

/** What the setup and sign-in pages offer to this caller. */
export async function showSetup(parts: AuthParts, request: FastifyRequest): Promise<SetupState> {
  const companies = await allCompanies(parts.db)
  const isLocal = isOnThisMachine(request, parts.settings)
  const personas = isLocal && demo ? await demo.personas() : []
  return {
    needed: companies.length === 0,
    canCreate: companies.every((company) => company.demo),
    tokenNeeded: !isLocal,
    demoAllowed: isLocal && demo !== undefined,
    ...(personas.length > 0
      ? { demoPersonas: personas.map(({ key, name, title, role }) => ({ key, name, title, role })) }
      : {}),
    ...(isLocal && loading ? { demoLoading: loading } : {}),
  }
}

type CompanyForm = z.output<NonNullable<typeof createCompanyRoute.body>>

/** Creates the first company and signs its administrator in. */
export async function setUpCompany(
  parts: AuthParts,
  form: CompanyForm,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignInReply> {
  isSecure(request, parts.settings)
  if (!isOnThisMachine(request, parts.settings)) requireToken(form.token)
  const { token: _, ...wanted } = form
  const language = languageOf(request)
  await refuseSecond(parts)
  const { company, admin } = await oneAtATime(parts, async () => {
    await refuseSecond(parts)
    return createCompany(parts, { ...wanted, language })
  })
  if (!admin) throw new Error('a company set up by the page has an administrator')
  return openDoor(parts, { ...admin, companyId: company.id }, request, reply)
}

async function refuseSecond(parts: AuthParts): Promise<void> {
  const companies = await allCompanies(parts.db)
  if (companies.some((one) => !one.demo)) throw orgErrors.SETUP_DONE()
}

let loading: NonNullable<SetupState['demoLoading']> | undefined

/** Starts loading the demo company; how far it is, `showSetup` tells. A second click changes nothing. */
export async function loadDemo(parts: AuthParts, request: FastifyRequest): Promise<void> {
  if (!demo || !isOnThisMachine(request, parts.settings)) throw orgErrors.DEMO_NOT_ALLOWED()
  if ((await demo.personas()).length > 0) return
  if (loading && !loading.failed) return
  loading = { progress: 0, words: { zh: '正在准备演示公司', en: 'Preparing the demo company' }, failed: false }
  void runDemo(demo, parts)
}

/** Signs in as a person of the demo: only on this machine, through no proxy. */
export async function signInToDemo(
  parts: AuthParts,
  persona: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignInReply> {
  if (!demo || !isOnThisMachine(request, parts.settings)) throw orgErrors.DEMO_NOT_ALLOWED()
  const found = (await demo.personas()).find((one) => one.key === persona)
  if (!found) throw orgErrors.DEMO_PERSONA_UNKNOWN()
  return openDoor(
    parts,
    { loginId: null, companyId: found.companyId, personId: found.personId, way: 'demo' },
    request,
    reply,
  )
}

async function runDemo(door: Demo, parts: AuthParts): Promise<void> {
  try {
    await door.load((progress, words) => {
      loading = { progress: Math.min(1, Math.max(0, progress)), words, failed: false }
    })
    loading = undefined
  } catch (error) {
    parts.log.error({ err: error }, 'the demo company could not be loaded')
    const words = {
      zh: '演示公司没有载入成功，请再试一次',
      en: 'The demo company could not be loaded; please try again',
    }
    loading = { progress: 0, words, failed: true }
  }
}

function requireToken(given: string | undefined): void {
  const wanted = Buffer.from(setupToken())
  const found = Buffer.from(given?.trim() ?? '')
  if (wanted.length === found.length && timingSafeEqual(wanted, found)) return
  const label = { zh: '设置口令不对', en: 'This is not the setup token' }
  throw orgErrors.SETUP_TOKEN_WRONG({}, [{ field: 'token', code: 'wrong', label }])
}

/** Any number: two who set up at once take turns, also over several app processes. */
const setupLock = 7_425_302

async function oneAtATime<T>(parts: AuthParts, act: () => Promise<T>): Promise<T> {
  return parts.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${setupLock})`.execute(tx)
    return act()
  })
}
