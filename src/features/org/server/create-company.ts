import { monthsFrom } from '#engine/calendar/fiscal-calendar.ts'
import { fiscalYearOf } from '#engine/calendar/period.ts'
import { workCalendarOf } from '#engine/calendar/workday.ts'
import { authErrors } from '#platform/auth/errors.ts'
import { readIdentifier, type Identifier } from '#platform/auth/identifier.ts'
import { findLogin, insertLogin } from '#platform/auth/login-store.ts'
import { requireGoodPassword } from '#platform/auth/new-password.ts'
import { hashPassword, isPassword } from '#platform/auth/secret.ts'
import type { Language } from '#base/label.ts'
import type { Company } from '#platform/db/ctx.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { standardShape } from '#platform/records/company-shape.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { orgErrors, refuse } from '../errors.ts'
import { beginning, end } from '../span.ts'
import { insertAssignment } from './assignment-store.ts'
import { insertCompany } from './company-store.ts'
import { createTop } from './change-units.ts'
import { rewriteCreditSpans } from './credit-span-store.ts'
import { tellCompanyCreated } from './hooks.ts'
import { ensurePeriods } from './period-store.ts'
import { insertPerson } from './person-store.ts'
import { insertStructures, structureOf } from './structure-store.ts'

/** What a company is made with: no company exists yet, so there is no context. */
export type House = Parameters<typeof systemContext>[0]

export interface NewCompany {
  readonly name: string
  readonly slug: string
  readonly currency?: string | undefined
  readonly zone?: string | undefined
  readonly fiscalStart?: number | undefined
  readonly language?: Language | undefined
  /** Names of the tiers from the top. */
  readonly tiers?: readonly string[] | undefined
  readonly demo?: boolean | undefined
  /** Absent for the demo, whose people sign in by one click. */
  readonly admin?: Administrator | undefined
}

export interface Administrator {
  readonly name: string
  /** E-mail or phone. */
  readonly identifier: string
  readonly password: string
}

export interface CreatedCompany {
  readonly company: Company
  /** The top of the default structure. */
  readonly unitId: string
  readonly admin: { readonly personId: string; readonly loginId: string } | undefined
}

const defaultTiers: Readonly<Record<Language, readonly string[]>> = {
  zh: ['公司', '大区', '团队'],
  en: ['Company', 'Region', 'Team'],
}

/** Fiscal years that exist from the start, around the current one; others are added when something needs them. */
const yearsBefore = 4
const yearsAfter = 2

/**
 * Creates a sealed company: structures, the top unit, fiscal periods, its administrator, and what the rooms above lay
 * out. An existing login may administrate another company if its password is right.
 */
export async function createCompany(parts: House, wanted: NewCompany): Promise<CreatedCompany> {
  const company = companyFrom(wanted)
  const credentials = wanted.admin && (await checkAdministrator(parts, wanted.admin))
  if (await findCompany(parts.db, { slug: company.slug })) throw slugTaken(company.slug)
  const tiers = wanted.tiers?.length ? wanted.tiers : defaultTiers[company.language]
  const ctx = systemContext(parts, company)
  return inStep(
    ctx,
    async (step) => {
      await insertCompany(step.tx, company, tiers)
      await insertStructures(step)
      const structure = await structureOf(step.tx)
      const unitId = await createTop(step, structure.id, company.name, tiers[0] ?? null)
      const year = fiscalYearOf(ctx.today, company.calendar)
      await ensurePeriods(step, year - yearsBefore, year + yearsAfter)
      const admin = wanted.admin && credentials && (await addAdministrator(step, wanted.admin, credentials, unitId))
      await tellCompanyCreated(step)
      step.audit({ object: 'company', recordId: company.id, action: 'created', before: null, after: company })
      step.tell({ name: 'org.company.created', payload: { slug: company.slug } })
      return { company, unitId, admin }
    },
    { kind: 'org.company.create' },
  )
}

const words = {
  zone: { zh: '不认识这个时区', en: 'There is no such time zone' },
  currency: { zh: '不认识这个货币', en: 'There is no such currency' },
  slug: { zh: '只能用小写字母、数字和连字符', en: 'Use small letters, digits and hyphens only' },
  fiscalStart: { zh: '月份是 1 到 12', en: 'A month is a number from 1 to 12' },
  slugTaken: { zh: '已被使用', en: 'It is taken' },
  identifier: { zh: '请填写邮箱或手机号', en: 'Give an e-mail or a phone number' },
} as const

function companyFrom(wanted: NewCompany): Company {
  const currency = wanted.currency ?? 'CNY'
  const zone = wanted.zone ?? 'Asia/Shanghai'
  const fiscalStart = wanted.fiscalStart ?? 1
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(wanted.slug)) throw refuse('COMPANY_REFUSED', 'slug', 'malformed', words.slug)
  if (!Intl.supportedValuesOf('currency').includes(currency)) {
    throw refuse('COMPANY_REFUSED', 'currency', 'unknown', words.currency)
  }
  if (!isZone(zone)) throw refuse('COMPANY_REFUSED', 'zone', 'unknown', words.zone)
  if (!Number.isInteger(fiscalStart) || fiscalStart < 1 || fiscalStart > 12) {
    throw refuse('COMPANY_REFUSED', 'fiscalStart', 'out_of_range', words.fiscalStart)
  }
  return {
    id: newId(),
    slug: wanted.slug,
    name: wanted.name.trim(),
    currency,
    zone,
    calendar: monthsFrom(fiscalStart),
    workCalendar: workCalendarOf(zone),
    language: wanted.language ?? 'zh',
    demo: wanted.demo ?? false,
    orgVersion: '1',
    ...standardShape(),
    catalogue: standardShape().wholeCatalogue,
  }
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function slugTaken(slug: string) {
  return orgErrors.SLUG_TAKEN({ slug }, [{ field: 'slug', code: 'taken', label: words.slugTaken }])
}

interface ProvenLogin {
  readonly identifier: Identifier
  /** An existing login whose password was right, or the hash for a new one. */
  readonly loginId: string | undefined
  readonly passwordHash: string
}

/** Before the transaction, because hashing takes its time. */
async function checkAdministrator(parts: House, admin: Administrator): Promise<ProvenLogin> {
  const identifier = readIdentifier(admin.identifier)
  if (!identifier) throw refuse('COMPANY_REFUSED', 'admin.identifier', 'malformed', words.identifier)
  const login = await findLogin(parts.db, identifier)
  if (login) {
    if (await isPassword(admin.password, login.passwordHash)) {
      return { identifier, loginId: login.id, passwordHash: login.passwordHash }
    }
    const label = { zh: '这个账号已存在，密码不对', en: 'This login exists with another password' }
    throw authErrors.LOGIN_TAKEN({ identifier: identifier.value }, [{ field: 'admin.password', code: 'wrong', label }])
  }
  await requireGoodPassword(admin.password, 'admin.password', { known: [identifier.value, admin.name] })
  return { identifier, loginId: undefined, passwordHash: await hashPassword(admin.password) }
}

async function addAdministrator(step: Step, admin: Administrator, proven: ProvenLogin, unitId: string) {
  const { kind, value } = proven.identifier
  const contacts = { email: kind === 'email' ? value : null, phone: kind === 'phone' ? value : null }
  const { passwordHash } = proven
  const loginId = proven.loginId ?? (await insertLogin(step.tx, { ...contacts, passwordHash, mustChange: false }))
  const row = { loginId, name: admin.name.trim(), employeeNo: null, ...contacts, role: 'administrator' } as const
  const personId = await insertPerson(step, row)
  const structure = await structureOf(step.tx)
  await insertAssignment(step, {
    structureId: structure.id,
    personId,
    unitId,
    position: null,
    repTier: null,
    share: '100',
    isMain: true,
    from: beginning,
    to: end,
  })
  await rewriteCreditSpans(step, [personId])
  step.audit({ object: 'person', recordId: personId, action: 'created', before: null, after: row })
  step.tell({ name: 'org.person.added', payload: { personId } })
  return { personId, loginId }
}
