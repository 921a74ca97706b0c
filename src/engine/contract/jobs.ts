import { z } from 'zod'
import type { Permission } from '#engine/policy/role.ts'
import { defineRoute } from './route.ts'

export const jobsManage = 'jobs.manage'

export const jobPermissions = [
  { key: jobsManage, label: { zh: '查看与处理后台任务', en: 'Look after background jobs' }, roles: ['administrator'] },
] as const satisfies readonly Permission[]

const access = { permission: jobsManage } as const
const instant = z.union([z.date(), z.string()])
const byId = z.strictObject({ id: z.string().max(30) })

export const jobStates = ['queued', 'running', 'failed', 'scheduled'] as const

const job = z.object({
  id: z.string(),
  task: z.string(),
  state: z.enum(jobStates),
  runAt: instant,
  createdAt: instant,
  tries: z.number(),
  mostTries: z.number(),
  /** What the last try came to, as a programmer reads it. */
  problem: z.string().nullable(),
  startedAt: instant.nullable(),
})
export type JobView = z.infer<typeof job>

export const jobRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/jobs',
    summary: {
      zh: '公司的后台任务：排队、执行中、失败、定时',
      en: 'Jobs of the company: queued, running, failed, scheduled',
    },
    access,
    reply: z.object({
      jobs: z.array(job),
      /** What runs by the clock: when it last did. */
      schedule: z.array(z.object({ task: z.string(), lastAt: instant.nullable() })),
    }),
  }),
  retry: defineRoute({
    method: 'POST',
    path: '/api/v1/jobs/:id/retry',
    summary: { zh: '立即重试一个后台任务', en: 'Try a job again, now' },
    access,
    params: byId,
  }),
  cancel: defineRoute({
    method: 'POST',
    path: '/api/v1/jobs/:id/cancel',
    summary: { zh: '取消一个没有在执行的后台任务', en: 'Take a job that is not running out of the queue' },
    access,
    params: byId,
  }),
}
