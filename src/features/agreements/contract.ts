import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import {
  carries,
  mismatchShape,
  planEdit,
  planManage,
  planMonthShape,
  planRead,
  planRowShape,
  planShape,
} from '#features/targets/contract.ts'

const planParams = z.object({ planId: z.uuid() })
const nodeId = planRowShape.shape.id
const unitId = z.uuid()
const amount = mismatchShape.shape.own.regex(/^\d{1,16}(\.\d{1,4})?$/)
const version = z.number().int().min(1).max(2_147_483_647)
const comment = z.string().trim().max(500)
const reason = comment.min(1)
const whom = z.object({ id: z.string(), name: z.string() }).nullable()

/** Told when a number was proposed or adjusted, or a unit handed up or sent back: `{planId, node, kind, comment}`. */
export const proposalChanged = 'proposal.changed'
/** Told when something happened to an appeal: `{appealId, kind}`. */
export const appealMoved = 'appeal.moved'

const proposal = z.object({
  periods: z.array(z.string()),
  /** Of the year. */
  total: z.string(),
  version: z.number(),
  by: whom,
  at: z.string(),
})

const proposalRow = z.object({
  node: nodeId,
  kind: z.enum(['unit', 'person']),
  name: z.string(),
  tier: z.string().nullable(),
  parentId: nodeId.nullable(),
  /**
   * The year as planned from above, as proposed from below, and what is missing from below; null: nothing proposed, or a
   * draft that is not the reader's to see.
   */
  topDown: z.string().nullable(),
  bottomUp: z.string().nullable(),
  gap: z.string().nullable(),
  /** Rows below that propose, and how many have not yet. */
  rows: z.number(),
  missing: z.number(),
  proposal: proposal.nullable(),
  /** Whether the unit was handed to the tier above, or sent back. */
  submission: z
    .object({ state: z.enum(['submitted', 'sent-back']), by: whom, at: z.string(), comment: z.string().nullable() })
    .nullable(),
  can: z.object({ propose: z.boolean(), submit: z.boolean(), sendBack: z.boolean() }),
})
export type ProposalRow = z.infer<typeof proposalRow>

export const listProposalsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/proposals',
  summary: { zh: '逐级上报：自上而下、自下而上与差距', en: 'Top-down, bottom-up and the gap, tier by tier' },
  access: { permission: planRead },
  params: planParams,
  reply: z.object({
    plan: planShape,
    /** Why nothing can be proposed now; null: it can. */
    closed: z.string().nullable(),
    until: z.string().nullable(),
    rows: z.array(proposalRow),
  }),
})

export const showProposalRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/proposals/:node',
  summary: { zh: '一行的上报与历史', en: 'A proposal with its history' },
  access: { permission: planRead },
  params: planParams.extend({ node: nodeId }),
  reply: z.object({
    name: z.string(),
    periods: z.array(planMonthShape),
    /** Null: a draft that is not the reader's to see. */
    topDown: z.array(z.string()).nullable(),
    proposal: proposal.nullable(),
    history: z.array(
      proposal.omit({ periods: true }).extend({
        kind: z.enum(['proposed', 'adjusted']),
        comment: z.string().nullable(),
      }),
    ),
    can: z.object({ propose: z.boolean() }),
  }),
})

export const proposeRoute = defineRoute({
  method: 'PUT',
  path: '/api/v1/plans/:planId/proposals/:node',
  summary: { zh: '上报自己的数，或调整下级的上报', en: 'Propose the own number, or adjust that of somebody below' },
  access: { permission: planRead },
  params: planParams.extend({ node: nodeId }),
  body: z.object({
    /** One number for the year, one for each quarter or one for each period; spread by the season of the plan. */
    parts: z.array(amount).min(1).max(60),
    /** The version that was seen; null: nothing was proposed yet. */
    version: version.nullable(),
    /** Needed to adjust a proposal of somebody else. */
    comment: comment.optional(),
  }),
  reply: z.object({ proposal }),
})

export const submitUnitRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans/:planId/proposals/submit',
  summary: { zh: '把本单位的上报提交给上级', en: 'Hand the proposals of a unit to the tier above' },
  access: { permission: planEdit },
  params: planParams,
  body: z.object({ unit: unitId, comment: comment.optional() }),
})

export const sendBackUnitRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans/:planId/proposals/send-back',
  summary: { zh: '退回下级单位的上报', en: 'Send the proposals of a unit back' },
  access: { permission: planEdit },
  params: planParams,
  body: z.object({ unit: unitId, comment: reason }),
})

export const takeOverRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans/:planId/proposals/take-over',
  summary: { zh: '把上报采用到计划里', en: 'Take proposals over into the plan' },
  access: { permission: planManage },
  params: planParams,
  body: z.object({
    version,
    /** Units with all below them, or single rows; all unless told. */
    nodes: z.array(nodeId).max(2000).optional(),
    reason,
  }),
  reply: z.object({
    plan: planShape,
    /** Rows whose proposals count now, and cells that stayed because they are locked. */
    taken: z.number(),
    kept: z.number(),
  }),
})

const ownRow = z.object({
  plan: planShape,
  node: nodeId,
  name: z.string(),
  kind: z.enum(['unit', 'person']),
  periods: z.array(planMonthShape),
})

const ownProposal = ownRow.extend({
  proposal: proposal.nullable(),
  /** Why nothing can be proposed now; null: it can. */
  proposeClosed: z.string().nullable(),
  /** The last day on which one may. */
  proposalsUntil: z.string().nullable(),
})
export type OwnProposal = z.infer<typeof ownProposal>

const ownTarget = ownRow.extend({
  months: z.array(z.string()),
  /** How it was amended, the newest first; the earlier figures stay readable. */
  amendments: z.array(
    z.object({
      id: z.string(),
      fromDay: z.string(),
      before: z.array(z.string()),
      after: z.array(z.string()),
      reason: z.string(),
      by: whom,
      at: z.string(),
    }),
  ),
  /** Why nothing can be appealed against now; null: it can. */
  appealClosed: z.string().nullable(),
  /** The first period that has not ended, counted from 1; null: the year is over. */
  firstOpen: z.number().nullable(),
  /** The last day on which one may. */
  appealsUntil: z.string().nullable(),
})
export type OwnTarget = z.infer<typeof ownTarget>

export const myTargetsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/my-targets',
  summary: { zh: '我的目标、上报与申诉', en: 'The own targets, with what may be proposed or appealed against' },
  access: { permission: planRead },
  query: z.object({ year: z.coerce.number().int().min(1990).max(2100).optional() }),
  reply: z.object({
    /** Of plans in force. */
    targets: z.array(ownTarget),
    /** Where a number is asked for: rows of drafts, which bind nobody and are told without their figures. */
    proposals: z.array(ownProposal),
  }),
})

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
  body: z.object({ total: amount, carry: z.enum(carries) }),
  reply: z.object({
    /** The plan's version that the decision has to name. */
    version: z.number(),
    rows: z.array(
      z.object({
        node: nodeId,
        name: z.string(),
        kind: z.enum(['unit', 'person']),
        before: z.string(),
        after: z.string(),
        restBefore: z.string(),
        restAfter: z.string(),
      }),
    ),
    /** What the buffer of the unit above still holds from then on, whoever carries the difference; null: it has none. */
    buffer: z.object({ node: nodeId, name: z.string(), before: z.string(), after: z.string() }).nullable(),
  }),
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
