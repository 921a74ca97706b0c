import { z } from 'zod'
import { isDay } from '#engine/calendar/day.ts'
import { defineRoute } from '#engine/contract/route.ts'
import { carries } from './carry.ts'
import { amount, levelShape, nodeId, planParams, seenVersion, whom } from './contract-shapes.ts'
import { revisionShape } from './history-contract.ts'
import { planManage, planRead } from './permissions.ts'
import { planShape } from './plan-contract.ts'
import { pathActs } from './plan-path.ts'

const day = z.string().refine(isDay, { error: 'not a date' })
const comment = z.string().trim().max(500)

const options = z.object({
  /** The plan is submitted, reviewed and approved before it is published. */
  asksReview: z.boolean(),
  /** People propose their own numbers while it is a draft. */
  asksProposals: z.boolean(),
  /** The last day on which they may. */
  proposalsUntil: day.nullable(),
  /** The last day on which people may appeal; null: as long as the year runs. */
  appealsUntil: day.nullable(),
  /** Within how many days an appeal is to be decided. */
  appealDays: z.number().int().min(1).max(90),
})
export type PlanOptions = z.infer<typeof options>

export const showPathRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/path',
  summary: { zh: '计划走到哪一步，下一步可以做什么', en: 'Where a plan stands on its path, and what may be done next' },
  access: { permission: planRead },
  params: planParams,
  reply: z.object({
    plan: planShape,
    options,
    /** What the reader may do now, and why the rest may not be done. */
    acts: z.array(z.object({ act: z.enum(pathActs), may: z.boolean(), why: z.string().nullable() })),
    /** The last step on the path, with what was said. */
    last: revisionShape.nullable(),
    /** The version that was published last; null: none yet. */
    publishedVersion: z.number().nullable(),
  }),
})

export const showPathDifferencesRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/path/differences',
  summary: { zh: '与上次发布相比的差异', en: 'Differences to what was published last' },
  access: { permission: planRead },
  params: planParams,
  reply: z.object({
    /** Null: nothing was published yet, everything is new. */
    since: z.number().nullable(),
    rows: z.array(
      z.object({
        node: nodeId,
        level: levelShape,
        name: z.string(),
        parentId: z.string().nullable(),
        /** Totals of the year. */
        before: z.string(),
        after: z.string(),
        periods: z.array(z.object({ key: z.string(), before: z.string(), after: z.string() })),
      }),
    ),
  }),
})

export const movePlanRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans/:planId/path',
  summary: {
    zh: '推进计划：送审、撤回、通过、退回、发布、重新打开、锁定',
    en: 'Move a plan along its path: submit, withdraw, approve, send back, publish, reopen, lock',
  },
  access: { permission: planRead },
  params: planParams,
  body: z.object({
    version: seenVersion,
    act: z.enum(pathActs),
    /** Needed to send back and to reopen. */
    comment: comment.optional(),
  }),
  reply: z.object({ plan: planShape }),
})

export const setPathRoute = defineRoute({
  method: 'PATCH',
  path: '/api/v1/plans/:planId/path',
  summary: { zh: '设置审核、上报与申诉期限', en: 'Set review, proposals and the terms of appeals' },
  access: { permission: planManage },
  params: planParams,
  body: options.partial(),
  reply: z.object({ plan: planShape, options }),
})

const amendment = z.object({
  node: nodeId,
  /** The first period that changes, counted from 1. */
  from: z.number().int().min(1).max(60),
  /** What this period and those after it come to together. */
  total: amount,
  /** Who carries the difference: the siblings, the totals above, or the buffer of the unit above. */
  carry: z.enum(carries),
})

const effect = z.object({
  node: nodeId,
  name: z.string(),
  kind: z.enum(['unit', 'person']),
  /** Totals of the year. */
  before: z.string(),
  after: z.string(),
  /** From the first period that changes on. */
  restBefore: z.string(),
  restAfter: z.string(),
})
export type AmendmentEffect = z.infer<typeof effect>

export const amendmentPreviewShape = z.object({
  version: z.number(),
  /** Who carries the difference in this preview: as asked for, else the first who can. */
  carry: z.enum(carries),
  /** Who cannot carry it, and why; empty where targets do not add up and nobody carries anything. */
  refused: z.array(z.object({ carry: z.enum(carries), reason: z.string() })),
  /** Every row whose figures change, as far as the reader sees them. */
  rows: z.array(effect),
  /** What the buffer of the unit above still holds from then on, whoever carries the difference; null: it has none. */
  buffer: z.object({ node: nodeId, name: z.string(), before: z.string(), after: z.string() }).nullable(),
})

export type AmendmentPreview = z.infer<typeof amendmentPreviewShape>

export const previewAmendmentRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans/:planId/amendments/preview',
  reads: true,
  summary: { zh: '预览修正：谁承担差额', en: 'Preview an amendment: who carries the difference' },
  access: { permission: planManage },
  params: planParams,
  body: amendment.partial({ carry: true }),
  reply: amendmentPreviewShape,
})

export const amendPlanRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans/:planId/amendments',
  summary: { zh: '从某一期起修正目标', en: 'Amend a target from a period on' },
  access: { permission: planManage },
  params: planParams,
  body: amendment.extend({ version: seenVersion, reason: comment.min(1) }),
  reply: z.object({ plan: planShape }),
})

export const amendmentShape = z.object({
  id: z.string(),
  /** The version of the plan that it made. */
  version: z.number(),
  node: nodeId,
  name: z.string(),
  /** The first period that is another one, and its first day. */
  from: z.number(),
  fromDay: z.string(),
  carry: z.enum(carries),
  before: z.array(z.string()),
  after: z.array(z.string()),
  reason: z.string(),
  appealId: z.string().nullable(),
  by: whom,
  at: z.string(),
})
export type Amendment = z.infer<typeof amendmentShape>

export const listAmendmentsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/amendments',
  summary: { zh: '目标的历次修正', en: 'Amendments of a plan, the newest first' },
  access: { permission: planRead },
  params: planParams,
  query: z.object({
    node: nodeId.optional(),
    /** Of those before a version; the newest 100 unless told. */
    before: z.coerce.number().pipe(seenVersion).optional(),
  }),
  reply: z.object({
    amendments: z.array(amendmentShape),
    /** What to ask for as `before` to read on; null: these were all. */
    next: z.number().nullable(),
  }),
})
