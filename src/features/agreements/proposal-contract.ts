import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { planEdit, planManage, planMonthShape, planRead, planShape } from '#features/targets/contract.ts'
import { amount, comment, nodeId, planParams, reason, version, whom } from './contract-shapes.ts'

const unitId = z.uuid()

/** The number of a row as it was proposed. */
export const proposalShape = z.object({
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
  proposal: proposalShape.nullable(),
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
    measure: planShape.shape.measure,
    /** What the row attained in the year before; null: nothing is known. */
    lastYear: z.string().nullable(),
    proposal: proposalShape.nullable(),
    history: z.array(
      proposalShape.omit({ periods: true }).extend({
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
  reply: z.object({ proposal: proposalShape }),
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
