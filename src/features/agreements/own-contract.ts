import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { planMonthShape, planRead, planShape } from '#features/targets/contract.ts'
import { nodeId, whom } from './contract-shapes.ts'
import { proposalShape } from './proposal-contract.ts'

const ownRow = z.object({
  plan: planShape,
  node: nodeId,
  name: z.string(),
  kind: z.enum(['unit', 'person']),
  periods: z.array(planMonthShape),
})

const ownProposal = ownRow.extend({
  proposal: proposalShape.nullable(),
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
