import { z } from 'zod'
import { isDay } from '#engine/calendar/day.ts'
import { defineRoute, tableFiles } from '#engine/contract/route.ts'
import { draftStep } from './draft-step.ts'
import { effectsShape } from './effects-contract.ts'
import { healthShape } from './health-contract.ts'

export { reorganisationPermissions } from './permissions.ts'

/** Told when a draft is confirmed or revoked: `{reorganisationId, status}`. */
export const reorganised = 'org.reorganised'

const id = z.uuid()
const day = z.string().refine(isDay, { error: 'not a date' })
const name = z.string().trim().min(1).max(100)
const version = z.number().int().min(1).max(2_147_483_647)
const byId = z.object({ id })
const prepare = { permission: 'reorganisation.prepare' } as const
const confirm = { permission: 'reorganisation.confirm' } as const
const structureKey = z.string().max(40).optional()
const label = z.object({ zh: z.string(), en: z.string() })

const status = z.enum(['draft', 'confirmed', 'revoked'])

export const draftShape = z.object({
  id: z.string(),
  name: z.string(),
  structure: label,
  effectiveOn: z.string(),
  status,
  version: z.number(),
  steps: z.array(draftStep),
  changedBy: z.string().nullable(),
  changedAt: z.string(),
  confirmedBy: z.string().nullable(),
  confirmedAt: z.string().nullable(),
  can: z.object({ edit: z.boolean(), confirm: z.boolean(), revoke: z.boolean() }),
})
export type DraftShape = z.infer<typeof draftShape>

const drawnUnit = z.object({
  id: z.string(),
  name: z.string(),
  tier: z.string().nullable(),
  parentId: z.string().nullable(),
  headId: z.string().nullable(),
  /** What is other than before, or will be: a unit may be marked more than once. */
  marks: z.array(z.enum(['new', 'ends', 'moves', 'renamed', 'head', 'leave', 'come'])),
  people: z.array(
    z.object({ id: z.string(), share: z.string(), isMain: z.boolean(), mark: z.enum(['leaves', 'comes']).nullable() }),
  ),
})
export type DrawnUnitShape = z.infer<typeof drawnUnit>

export const drawnDraftShape = z.object({
  draft: draftShape,
  /** Units, parents first. */
  before: z.array(drawnUnit),
  after: z.array(drawnUnit),
  /** Everybody who stands in it before or after, by key. */
  people: z.record(z.string(), z.object({ name: z.string(), isActive: z.boolean() })),
  /** Steps that cannot be taken any more, by the organisation as it is set up now. */
  faults: z.array(z.object({ step: z.number(), field: z.string(), code: z.string(), message: z.string() })),
})
export type DrawnDraft = z.infer<typeof drawnDraftShape>

export const listDraftsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/reorganisations',
  summary: { zh: '组织调整方案列表', en: 'Prepared reorganisations' },
  access: prepare,
  reply: z.object({ drafts: z.array(draftShape.omit({ steps: true }).extend({ steps: z.number() })) }),
})

export const createDraftRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/reorganisations',
  summary: { zh: '新建组织调整方案', en: 'Prepare a reorganisation' },
  access: prepare,
  body: z
    .object({ name, effectiveOn: day, structure: structureKey, steps: z.array(draftStep).max(500).default([]) })
    .strict(),
  reply: draftShape,
})

export const splitDraftRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/reorganisations/split',
  summary: { zh: '如果拆分这个单元：提出一个两分方案', en: 'What if this unit splits: propose two halves' },
  access: prepare,
  body: z.object({ unitId: id, effectiveOn: day, by: z.enum(['results', 'headcount']).default('results') }).strict(),
  reply: draftShape,
})

export const showDraftRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/reorganisations/:id',
  summary: { zh: '方案的调整前后', en: 'A reorganisation, before and after' },
  access: prepare,
  params: byId,
  reply: drawnDraftShape,
})

export const saveDraftRoute = defineRoute({
  method: 'PUT',
  path: '/api/v1/reorganisations/:id',
  summary: { zh: '保存方案的步骤，逐步校验', en: 'Save the steps of a reorganisation; each is checked' },
  access: prepare,
  params: byId,
  body: z.object({ version, name, effectiveOn: day, steps: z.array(draftStep).max(500) }).strict(),
  reply: draftShape,
})

export const deleteDraftRoute = defineRoute({
  method: 'DELETE',
  path: '/api/v1/reorganisations/:id',
  summary: { zh: '删除未确认的方案', en: 'Delete a reorganisation that is not confirmed' },
  access: prepare,
  params: byId,
})

export const confirmDraftRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/reorganisations/:id/confirm',
  summary: { zh: '确认方案：写成从生效日起的组织', en: 'Confirm: write it as the organisation from its day on' },
  access: confirm,
  params: byId,
  body: z.object({ version }).strict(),
  reply: draftShape,
})

export const revokeDraftRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/reorganisations/:id/revoke',
  summary: { zh: '在生效日前撤销已确认的方案', en: 'Revoke a confirmed reorganisation before its day' },
  access: confirm,
  params: byId,
  body: z.object({ version }).strict(),
  reply: draftShape,
})

export const draftRevisionsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/reorganisations/:id/revisions',
  summary: { zh: '方案的修订历史', en: 'Revisions of a reorganisation' },
  access: prepare,
  params: byId,
  reply: z.object({
    revisions: z.array(
      z.object({
        version: z.number(),
        kind: z.enum(['created', 'changed', 'confirmed', 'revoked']),
        name: z.string(),
        effectiveOn: z.string(),
        steps: z.array(draftStep),
        by: z.string().nullable(),
        at: z.string(),
      }),
    ),
  }),
})

export const draftEffectsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/reorganisations/:id/effects',
  summary: { zh: '模拟方案的影响：目标、达成、审批、可见范围、交接', en: 'What a reorganisation would do' },
  access: prepare,
  params: byId,
  query: z.object({ metric: z.string().max(60).optional(), period: z.string().max(20).optional() }),
  reply: effectsShape,
})

export const healthRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/org/health',
  summary: { zh: '层级健康：管理幅度、层数、空缺、负荷', en: 'Health of the tiers: span, layers, vacancies, load' },
  access: prepare,
  query: z.object({ structure: structureKey }),
  reply: healthShape,
})

export const exportHealthRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/org/health/export',
  summary: { zh: '导出层级健康', en: 'Export the health of the tiers' },
  access: { permission: 'org.export' },
  query: z.object({ structure: structureKey, format: z.enum(['csv', 'xlsx']).default('xlsx') }),
  files: tableFiles,
})
