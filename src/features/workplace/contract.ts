import { z } from 'zod'
import { roleKey } from '#engine/contract/role-key.ts'
import { defineRoute } from '#engine/contract/route.ts'
import { workplaceBrands } from '#engine/contract/workplace.ts'
import type { Permission } from '#engine/policy/role.ts'

export const workplacePermissions = [
  {
    key: 'workplace.manage',
    label: {
      zh: '连接企业微信、钉钉、飞书并同步组织',
      en: 'Connect WeCom, DingTalk or Feishu and keep the organisation in step',
    },
    roles: ['administrator'],
  },
] as const satisfies readonly Permission[]

export const workplaceManage = workplacePermissions[0].key

/** The page to which the brand sends people back after they scanned. */
export const backPath = '/sign-in/workplace'

const access = { permission: workplaceManage } as const
const instant = z.union([z.date(), z.string()])
const brand = z.enum(workplaceBrands)
const byBrand = z.strictObject({ brand })
const words = z.object({ zh: z.string(), en: z.string() })
const externalId = z.string().trim().min(1).max(100)

/** What a run would change, or has changed. */
const counts = z.object({
  departmentsRead: z.number(),
  peopleRead: z.number(),
  unitsAdded: z.number(),
  unitsRenamed: z.number(),
  unitsMoved: z.number(),
  unitsClosed: z.number(),
  peopleAdded: z.number(),
  /** People of the company recognised by phone, e-mail or employee number, now linked. */
  peopleLinked: z.number(),
  peopleChanged: z.number(),
  peopleMoved: z.number(),
  peopleDeactivated: z.number(),
  /** Lines that could not be done; each is among the run's changes, with its reason. */
  failed: z.number(),
})
export type SyncCounts = z.infer<typeof counts>

const run = z.object({
  id: z.uuid(),
  brand,
  /** A preview changes nothing. */
  isPreview: z.boolean(),
  startedBy: z.enum(['person', 'schedule']),
  /**
   * `held`: it would deactivate or close more than people expect, nothing was changed, and an administrator decides.
   * `failed`: nothing was changed, or not everything; `problem` says why. `partly`: some lines failed.
   */
  state: z.enum(['queued', 'running', 'done', 'partly', 'held', 'failed']),
  counts,
  /** In words, for administrators; null where all went well. */
  problem: words.nullable(),
  /** Their own code and words. */
  detail: z.string().nullable(),
  startedAt: instant,
  finishedAt: instant.nullable(),
})
export type SyncRun = z.infer<typeof run>

const change = z.object({
  kind: z.enum([
    'unit-added',
    /** It was there already: of the same name at the same place. */
    'unit-linked',
    'unit-renamed',
    'unit-moved',
    'unit-closed',
    'person-added',
    'person-linked',
    'person-changed',
    'person-moved',
    'head-changed',
    'person-deactivated',
  ]),
  /** Name of the unit or person. */
  name: z.string(),
  /** Where it has a page here. */
  unitId: z.uuid().nullable(),
  personId: z.uuid().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Why it was not done; null: done, or in a preview would be. */
  problem: words.nullable(),
})
export type SyncChange = z.infer<typeof change>

const connection = z.object({
  brand,
  isConnected: z.boolean(),
  corpId: z.string().nullable(),
  appId: z.string().nullable(),
  /** The secret is kept sealed and never shown. */
  hasSecret: z.boolean(),
  server: z.string().nullable(),
  /** The button on the sign-in page. */
  isSignInOn: z.boolean(),
  /** Every night, and whenever somebody asks. */
  isSyncOn: z.boolean(),
  /** Department there that the sync begins at; null: everything that the app may see. */
  rootDepartment: z.string().nullable(),
  /** Unit here below which their departments stand; null: the company. */
  unitId: z.uuid().nullable(),
  /** What new people become. */
  role: roleKey,
  /** To be registered there as the trusted address of sign-in. */
  backUrl: z.string(),
  lastSuccessAt: instant.nullable(),
  lastFailureAt: instant.nullable(),
  lastFailure: words.nullable(),
  lastFailureDetail: z.string().nullable(),
  linkedPeople: z.number(),
  linkedUnits: z.number(),
  version: z.number(),
})
export type Connection = z.infer<typeof connection>

export const workplaceRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/workplaces',
    summary: {
      zh: '企业微信、钉钉、飞书的连接及其状态',
      en: 'Connections to WeCom, DingTalk, Feishu and how they fare',
    },
    access,
    reply: z.object({ connections: z.array(connection) }),
  }),
  save: defineRoute({
    method: 'PUT',
    path: '/api/v1/workplaces/:brand',
    summary: { zh: '保存连接', en: 'Save a connection' },
    access,
    byPeopleOnly: true,
    params: byBrand,
    body: z.strictObject({
      /** 0 where there is none yet. */
      version: z.number().int().min(0).max(2_147_483_647),
      corpId: z.string().trim().max(100).nullable(),
      appId: z.string().trim().min(1).max(100),
      /** Absent: as it was. */
      secret: z.string().trim().min(1).max(300).optional(),
      server: z.string().trim().max(300).nullable(),
      isSignInOn: z.boolean(),
      isSyncOn: z.boolean(),
      rootDepartment: externalId.nullable(),
      unitId: z.uuid().nullable(),
      role: roleKey,
    }),
    reply: connection,
  }),
  disconnect: defineRoute({
    method: 'DELETE',
    path: '/api/v1/workplaces/:brand',
    summary: {
      zh: '断开连接：人员与单元保留，不再同步、不能再扫码登录',
      en: 'Disconnect: people and units stay, nothing is kept in step, nobody signs in by it',
    },
    access,
    byPeopleOnly: true,
    params: byBrand,
  }),
  test: defineRoute({
    method: 'POST',
    path: '/api/v1/workplaces/:brand/test',
    summary: {
      zh: '测试连接，立即告知能看到多少部门和人员',
      en: 'Try the connection: how many departments and people it sees',
    },
    access,
    params: byBrand,
    reply: z.object({
      isReached: z.boolean(),
      departments: z.number(),
      people: z.number(),
      /** Their top departments, to choose where to begin. */
      top: z.array(z.object({ id: z.string(), name: z.string() })),
      problem: words.nullable(),
      detail: z.string().nullable(),
    }),
  }),
  sync: defineRoute({
    method: 'POST',
    path: '/api/v1/workplaces/:brand/runs',
    summary: { zh: '同步组织，或先预览', en: 'Bring the organisation in step, or preview it' },
    access,
    params: byBrand,
    body: z.strictObject({
      isPreview: z.boolean(),
      /** Also where it deactivates or closes more than people expect; given after looking at a run that was held. */
      confirm: z.boolean().optional(),
    }),
    success: 202,
    reply: run,
  }),
  runs: defineRoute({
    method: 'GET',
    path: '/api/v1/workplaces/:brand/runs',
    summary: { zh: '最近的同步，最新的在前', en: 'Latest runs of the sync, newest first' },
    access,
    params: byBrand,
    reply: z.object({ runs: z.array(run) }),
  }),
  run: defineRoute({
    method: 'GET',
    path: '/api/v1/workplaces/:brand/runs/:id',
    summary: { zh: '一次同步的每项变化', en: 'A run of the sync with each of its changes' },
    access,
    params: z.strictObject({ brand, id: z.uuid() }),
    query: z.strictObject({ after: z.coerce.number().int().min(0).max(1_000_000).optional() }),
    reply: z.object({
      run,
      /** Up to 200. */
      changes: z.array(change),
      /** Give it back as `after`; null: that was all. */
      next: z.number().nullable(),
    }),
  }),
  offered: defineRoute({
    method: 'GET',
    path: '/api/v1/auth/workplaces',
    summary: { zh: '登录页可用的扫码登录', en: 'By which of them people can sign in' },
    access: 'public',
    query: z.object({
      /** Short name; without it the only company of the server is meant, if there is just one. */
      company: z.string().max(63).optional(),
    }),
    reply: z.object({ company: z.string().nullable(), brands: z.array(brand) }),
  }),
  begin: defineRoute({
    method: 'POST',
    path: '/api/v1/auth/workplace/begin',
    summary: { zh: '开始扫码登录', en: 'Begin to sign in by scanning' },
    access: 'public',
    body: z.strictObject({ company: z.string().max(63), brand, next: z.string().max(2000).optional() }),
    reply: z.object({ url: z.string() }),
  }),
  finish: defineRoute({
    method: 'POST',
    path: '/api/v1/auth/workplace/finish',
    summary: { zh: '完成扫码登录', en: 'Finish signing in by scanning' },
    access: 'public',
    /** What the brand put behind the `?` of the address. */
    body: z.strictObject({ answer: z.string().max(8000) }),
    reply: z.object({ next: z.string() }),
  }),
}
