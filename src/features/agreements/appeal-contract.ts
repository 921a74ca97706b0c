import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { amendmentPreviewShape, carries, planMonthShape, planRead, planShape } from '#features/targets/contract.ts'
import { amount, comment, nodeId, reason, version, whom } from './contract-shapes.ts'

export const appealStates = ['open', 'granted', 'partly', 'refused', 'withdrawn'] as const
export type AppealState = (typeof appealStates)[number]

const appeal = z.object({
  id: z.string(),
  plan: planShape.pick({
    id: true,
    metric: true,
    metricLabel: true,
    measure: true,
    unit: true,
    rule: true,
    year: true,
    yearLabel: true,
  }),
  node: nodeId,
  /** Whose target it is. */
  name: z.string(),
  unitName: z.string(),
  appellant: z.object({ id: z.string(), name: z.string() }),
  /** The first period that it asks to change. */
  from: z.number(),
  fromLabel: planMonthShape.shape.label,
  fromDay: z.string(),
  /** What this period and those after it came to, should come to, and were granted. */
  standing: z.string(),
  asked: z.string(),
  granted: z.string().nullable(),
  state: z.enum(appealStates),
  decideBy: z.string(),
  isOverdue: z.boolean(),
  /** Who decides now; null: those who make plans. */
  decider: whom,
  decidedBy: whom,
  decidedAt: z.string().nullable(),
  createdAt: z.string(),
  version: z.number(),
  can: z.object({ decide: z.boolean(), escalate: z.boolean(), withdraw: z.boolean() }),
})
export type Appeal = z.infer<typeof appeal>

const evidence = z.object({
  year: z.number(),
  periods: z.array(z.object({ key: z.string(), target: z.string().nullable(), actual: z.string().nullable() })),
})
export type Evidence = z.infer<typeof evidence>

export const listAppealsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/appeals',
  summary: { zh: '申诉：我提出的、等我决定的、全部', en: 'Appeals: the own, those to decide, all in reach' },
  access: { permission: planRead },
  query: z.object({
    list: z.enum(['mine', 'decide', 'all']).default('mine'),
    /** Where the page before ended: its `next`. */
    before: z.uuid().optional(),
  }),
  reply: z.object({
    appeals: z.array(appeal),
    /** What to ask for as `before` to read on; null: these were all. */
    next: z.string().nullable(),
  }),
})

export const lodgeAppealRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/appeals',
  summary: { zh: '对目标提出申诉', en: 'Appeal against a target' },
  access: { permission: planRead },
  body: z.object({
    planId: z.uuid(),
    node: nodeId,
    /** The first period that should change, counted from 1. */
    from: z.number().int().min(1).max(60),
    /** What this period and those after it should come to together. */
    asked: amount,
    reasons: z.string().trim().min(1).max(2000),
    /** Attach the own history: targets and results of these fiscal years. */
    evidence: z.array(z.number().int().min(1990).max(2100)).max(5).default([]),
  }),
  reply: z.object({ appeal }),
  success: 201,
})

const appealParams = z.object({ id: z.uuid() })

export const showAppealRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/appeals/:id',
  summary: { zh: '一个申诉，依据与经过', en: 'An appeal with its evidence and what happened' },
  access: { permission: planRead },
  params: appealParams,
  reply: z.object({
    appeal,
    reasons: z.string(),
    decision: z.string().nullable(),
    evidence: z.array(evidence),
    steps: z.array(
      z.object({
        kind: z.enum(['lodged', 'escalated', 'granted', 'partly', 'refused', 'withdrawn']),
        by: whom,
        at: z.string(),
        comment: z.string().nullable(),
      }),
    ),
  }),
})

export const previewDecisionRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/appeals/:id/preview',
  reads: true,
  summary: { zh: '决定之前先看谁承担差额', en: 'Who would carry the difference, before deciding' },
  access: { permission: planRead },
  params: appealParams,
  /** Who carries the difference: the first who can unless told. */
  body: z.object({ total: amount, carry: z.enum(carries).optional() }),
  /** Its version of the plan is what the decision has to name. */
  reply: amendmentPreviewShape,
})

export const decideAppealRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/appeals/:id/decide',
  summary: { zh: '同意、部分同意或驳回申诉', en: 'Grant an appeal whole or in part, or refuse it' },
  access: { permission: planRead },
  params: appealParams,
  body: z.object({
    version,
    verdict: z.enum(['granted', 'partly', 'refused']),
    /** What is granted, of an appeal that is granted in part. */
    total: amount.optional(),
    /** Who carries the difference; the siblings unless told. */
    carry: z.enum(carries).default('siblings'),
    /** The plan's version of the preview; needed unless refused. */
    planVersion: version.optional(),
    reason,
  }),
  reply: z.object({ appeal }),
})

export const escalateAppealRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/appeals/:id/escalate',
  summary: { zh: '转交上一级决定', en: 'Hand an appeal to the tier above' },
  access: { permission: planRead },
  params: appealParams,
  body: z.object({ version, comment: reason }),
  reply: z.object({ appeal }),
})

export const withdrawAppealRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/appeals/:id/withdraw',
  summary: { zh: '撤回申诉', en: 'Withdraw an appeal' },
  access: { permission: planRead },
  params: appealParams,
  body: z.object({ version, comment: comment.optional() }),
  reply: z.object({ appeal }),
})
