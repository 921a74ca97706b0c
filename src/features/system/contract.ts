import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import type { Permission } from '#engine/policy/role.ts'

export const systemPermissions = [
  {
    key: 'system.manage',
    label: { zh: '查看系统状态、备份与校验', en: 'See the state of the system, back it up and check it' },
    roles: ['administrator'],
  },
] as const satisfies readonly Permission[]

export const systemManage = systemPermissions[0].key

const access = { permission: systemManage }
const instant = z.union([z.date(), z.string()])
const label = z.object({ zh: z.string(), en: z.string() })

const backup = z.object({
  id: z.string(),
  reason: z.enum(['asked', 'scheduled', 'command']),
  state: z.enum(['running', 'done', 'failed']),
  /** Path on the machine `host`. */
  file: z.string(),
  host: z.string(),
  /** How far it is, from 0 to 1. */
  share: z.number(),
  bytes: z.number().nullable(),
  /** Contents of files that should have been there and were not. */
  lostCount: z.number().nullable(),
  problem: z.string().nullable(),
  startedAt: instant,
  finishedAt: instant.nullable(),
})
export type BackupView = z.infer<typeof backup>

const check = z.object({
  id: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed']),
  /** What was compared so far, and how many differences that has. */
  found: z.array(z.object({ key: z.string(), label, differences: z.number() })),
  askedAt: instant,
  finishedAt: instant.nullable(),
})
export type CheckView = z.infer<typeof check>

export const systemRoutes = {
  show: defineRoute({
    method: 'GET',
    path: '/api/v1/system',
    summary: {
      zh: '系统状态：版本、数据库、备份、校验',
      en: 'How the system is: version, database, backups, last check',
    },
    access,
    reply: z.object({
      version: z.string(),
      /** What concerns the whole installation; null where several companies share it. */
      installation: z
        .object({
          databaseBytes: z.number(),
          eventsWaiting: z.number(),
          eventsParked: z.number(),
          jobsWaiting: z.number(),
          jobsRunning: z.number(),
          jobsFailed: z.number(),
          /** When a backup is taken by itself, `HH:MM` in UTC; null: never. */
          backupAt: z.string().nullable(),
          lastBackup: instant.nullable(),
          lastFailure: instant.nullable(),
          backups: z.array(backup),
        })
        .nullable(),
      check: check.nullable(),
    }),
  }),
  backUp: defineRoute({
    method: 'POST',
    path: '/api/v1/system/backups',
    summary: { zh: '立即备份，在后台进行', en: 'Back up now, in the background' },
    access,
  }),
  check: defineRoute({
    method: 'POST',
    path: '/api/v1/system/checks',
    summary: {
      zh: '立即校验：数字与记录是否一致，在后台进行',
      en: 'Check now whether figures agree with the records, in the background',
    },
    access,
    success: 202,
    reply: check,
  }),
}
