import { z } from 'zod'
import type { Label } from '#base/label.ts'
import { isDay } from '#engine/calendar/day.ts'
import { defineRoute } from '#engine/contract/route.ts'
import type { Permission } from '#engine/policy/role.ts'

export const personalErase = 'personal.erase'
export const personalExport = 'personal.export'

export const privacyPermissions: readonly Permission[] = [
  { key: personalExport, label: { zh: '导出个人信息', en: 'Export personal data' }, roles: ['administrator'] },
  { key: personalErase, label: { zh: '删除个人信息', en: 'Erase personal data' }, roles: ['administrator'] },
]

/** Told in the transaction in which what a person said is recorded. */
export const consentEvents = ['consent.given', 'consent.withdrawn'] as const

/** The object key of colleagues, beside the business objects that have personal fields. */
export const colleague = 'person'

export const consentKinds = ['calls', 'messages', 'email', 'sharing', 'profiling'] as const
export type ConsentKind = (typeof consentKinds)[number]
export const consentKindLabels: Readonly<Record<ConsentKind, Label>> = {
  calls: { zh: '营销电话', en: 'Marketing calls' },
  messages: { zh: '短信与微信', en: 'Messages' },
  email: { zh: '营销邮件', en: 'Marketing e-mails' },
  sharing: { zh: '提供给合作伙伴', en: 'Sharing with partners' },
  profiling: { zh: '自动化分析', en: 'Profiling' },
}

export const consentChannels = ['paper', 'web', 'phone', 'message', 'email', 'meeting', 'other'] as const
export type ConsentChannel = (typeof consentChannels)[number]
export const consentChannelLabels: Readonly<Record<ConsentChannel, Label>> = {
  paper: { zh: '纸质', en: 'On paper' },
  web: { zh: '网页', en: 'Web form' },
  phone: { zh: '电话', en: 'By phone' },
  message: { zh: '短信或微信', en: 'By message' },
  email: { zh: '邮件', en: 'By e-mail' },
  meeting: { zh: '当面', en: 'In person' },
  other: { zh: '其他', en: 'Otherwise' },
}

const ofRecord = z.strictObject({ object: z.string().max(60), id: z.string().max(60) })
const ofRun = z.strictObject({ id: z.string().max(60) })
const moment = z.union([z.date(), z.string()])
const day = z.string().refine(isDay, { error: 'not a date' })

const consent = z.object({
  id: z.uuid(),
  kind: z.enum(consentKinds),
  state: z.enum(['given', 'withdrawn']),
  /** The day on which the person said so. */
  saidOn: z.string(),
  channel: z.enum(consentChannels),
  /** Which text was agreed to, such as `2026-03`. */
  textVersion: z.string().nullable(),
  note: z.string().nullable(),
  recordedBy: z.string().nullable(),
  recordedAt: moment,
})
export type Consent = z.infer<typeof consent>

export const listConsentsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/personal/:object/:id/consents',
  summary: { zh: '一个人的同意记录，最新的在前', en: 'What a person agreed to, the newest first' },
  access: 'signed-in',
  params: ofRecord,
  reply: z.object({
    /** The newest 200. */
    consents: z.array(consent),
    /** Kinds that the person withdrew: do not do this. */
    withdrawn: z.array(z.enum(consentKinds)),
    canRecord: z.boolean(),
  }),
})

export const recordConsentRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/personal/:object/:id/consents',
  summary: { zh: '登记同意或撤回', en: 'Record that a person gave or withdrew consent' },
  access: 'signed-in',
  params: ofRecord,
  body: z.strictObject({
    kind: z.enum(consentKinds),
    state: z.enum(['given', 'withdrawn']),
    saidOn: day,
    channel: z.enum(consentChannels),
    textVersion: z.string().max(100).optional(),
    note: z.string().max(500).optional(),
  }),
  reply: consent,
  success: 201,
})
export type ConsentSaid = z.output<NonNullable<typeof recordConsentRoute.body>>

const counts = z.record(z.string(), z.number())

export const previewErasureRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/personal/:object/:id/erasure',
  summary: { zh: '删除个人信息会涉及什么', en: 'What an erasure of a person would touch' },
  access: { permission: personalErase },
  params: ofRecord,
  reply: z.object({
    /** What must be typed to confirm. */
    name: z.string(),
    fields: z.array(z.string()),
    /** Records, texts of others, files, imports, history entries. */
    counts,
  }),
})

const run = z.object({
  id: z.uuid(),
  act: z.enum(['export', 'erasure']),
  object: z.string(),
  recordId: z.uuid(),
  state: z.enum(['queued', 'running', 'done', 'failed']),
  partsDone: z.number(),
  partsTotal: z.number(),
  counts,
  createdAt: moment,
  createdBy: z.string().nullable(),
  finishedAt: moment.nullable(),
  /** The archive can be downloaded until then. */
  expiresAt: moment.nullable(),
})
export type PersonalRun = z.infer<typeof run>

export const eraseRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/personal/:object/:id/erasure',
  summary: { zh: '删除一个人的个人信息，不能撤销', en: 'Erase what is known of a person; it cannot be undone' },
  access: { permission: personalErase },
  params: ofRecord,
  body: z.strictObject({
    reason: z.string().trim().min(1).max(500),
    /** The name of the person, typed again. */
    confirm: z.string().max(300),
  }),
  reply: run,
  success: 202,
})

export const exportPersonRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/personal/:object/:id/export',
  summary: { zh: '导出一个人的全部个人信息', en: 'Export everything about a person as one archive' },
  access: { permission: personalExport },
  params: ofRecord,
  body: z.strictObject({ reason: z.string().trim().max(500).optional() }),
  reply: run,
  success: 202,
})

export const listRunsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/personal/:object/:id/runs',
  summary: { zh: '一个人的导出与删除', en: 'Exports and erasures of a person' },
  access: { permission: personalExport },
  params: ofRecord,
  reply: z.object({ runs: z.array(run) }),
})

export const showRunRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/personal-runs/:id',
  summary: { zh: '一次导出或删除的进度', en: 'How far an export or an erasure has come' },
  access: { permission: personalExport },
  params: ofRun,
  reply: run,
})

export const downloadRunRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/personal-runs/:id/archive',
  summary: { zh: '下载导出的个人信息', en: 'The archive of an export of personal data' },
  access: { permission: personalExport },
  params: ofRun,
  files: ['application/gzip'],
})
