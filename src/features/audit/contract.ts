import { z } from 'zod'
import { isDay } from '#engine/calendar/day.ts'
import { keptSeal } from '#engine/contract/kept-seal.ts'
import { defineRoute, tableFiles } from '#engine/contract/route.ts'
import type { Permission } from '#engine/policy/role.ts'

export const auditRead = 'audit.read'

export const auditPermissions: readonly Permission[] = [
  { key: auditRead, label: { zh: '查看审计日志', en: 'Read the audit log' }, roles: ['administrator'] },
]

const access = { permission: auditRead }
const day = z.string().refine(isDay, { error: 'not a date' })
const moment = z.union([z.date(), z.string()])

/** From where acts come: a page, a program with a key, or the system itself. */
export const origins = ['page', 'key', 'system'] as const

const narrowed = {
  /** Key of the person who acted. */
  person: z.uuid().optional(),
  /** What it was done to: an object such as `contact`, or `session`, `person`, `plan` … */
  object: z.string().max(60).optional(),
  /** Key of the record; with its object. */
  record: z.uuid().optional(),
  action: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional(),
  origin: z.enum(origins).optional(),
  /** The first and the last day, in the company's zone. */
  from: day.optional(),
  to: day.optional(),
}
const narrowing = z.object(narrowed)
export type AuditNarrowing = z.output<typeof narrowing>

const listed = z.strictObject({
  ...narrowed,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** The entry with which the page before ended. */
  after: z.uuid().optional(),
})
export type AuditAsked = z.output<typeof listed>

const change = z.object({
  field: z.string(),
  label: z.string(),
  /** In the reader's words; null: empty. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** What stood there was personal and is erased. */
  isErased: z.boolean(),
})

const entry = z.object({
  id: z.uuid(),
  at: moment,
  object: z.string(),
  objectLabel: z.string(),
  action: z.string(),
  actionLabel: z.string(),
  recordId: z.uuid(),
  /** What the record is called, if the reader reaches it. */
  title: z.string().nullable(),
  /** It is there, and the reader may open it. */
  canOpen: z.boolean(),
  /** Null: the system. */
  personId: z.uuid().nullable(),
  personName: z.string().nullable(),
  origin: z.enum(origins),
  address: z.string().nullable(),
  /** Kind of browser and system, or the program. */
  agent: z.string().nullable(),
  reason: z.string().nullable(),
  /** Place of its step in the chain; null: not sealed yet. */
  seal: z.string().nullable(),
  changes: z.array(change),
})
export type AuditEntryView = z.infer<typeof entry>

export const listAuditRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/audit',
  summary: { zh: '审计日志，最新的在前', en: 'The audit log, the newest first' },
  access,
  query: listed,
  reply: z.object({ entries: z.array(entry), after: z.uuid().nullable() }),
})

export const exportAuditRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/audit/export',
  summary: { zh: '导出筛选后的审计日志', en: 'The audit log as a file, narrowed like the list' },
  access,
  query: z.strictObject({ ...narrowed, format: z.enum(['csv', 'xlsx']).default('xlsx') }),
  files: tableFiles,
})

export const auditSealRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/audit/seal',
  summary: {
    zh: '审计链的末端，供管理员另处保存，terrace verify --seals 据此核对',
    en: 'The end of the audit chain, to be kept elsewhere; `terrace verify --seals` compares with it',
  },
  access,
  reply: z.object({ seal: keptSeal.nullable(), /** Entries that wait for their seal. */ open: z.number() }),
})
