import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { byId, day, id, openDay, share, shortText } from './contract-shapes.ts'

const newAssignment = z
  .object({
    personId: id,
    unitId: id,
    /** First day; null: since before all time. A day in the past re-credits the results since. */
    from: openDay,
    /** The day after the last; then the former main assignment goes on. */
    to: openDay.optional(),
    position: shortText.optional(),
    repTier: shortText.optional(),
    share: share.optional(),
    /** Results are credited to the unit of the main assignment. */
    isMain: z.boolean().optional(),
    /** What becomes of main assignments that begin later; asked when there are any. */
    later: z.enum(['keep', 'replace']).optional(),
  })
  .strict()
export type NewAssignment = z.infer<typeof newAssignment>

export const assignRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/assignments',
  summary: { zh: '从某天起任职或调动', en: 'Assign or move a person, from a day on' },
  access: { permission: 'org.people' },
  body: newAssignment,
  reply: z.object({ id: z.string() }),
})

const assignmentChange = z
  .object({
    position: shortText.optional(),
    repTier: shortText.optional(),
    share: share.optional(),
  })
  .strict()
export type AssignmentChange = z.infer<typeof assignmentChange>

export const changeAssignmentRoute = defineRoute({
  method: 'PATCH',
  path: '/api/v1/org/assignments/:id',
  summary: { zh: '修改职位、级别或工时比例', en: 'Change position, tier or share of time' },
  access: { permission: 'org.people' },
  params: byId,
  body: assignmentChange,
})

export const endAssignmentRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/assignments/:id/end',
  summary: { zh: '从某天起结束任职', en: 'End an assignment, from a day on' },
  access: { permission: 'org.people' },
  params: byId,
  body: z.object({ on: day }).strict(),
})

const shareDone = { /** Part that is done, 0–1; null while it is not known. */ share: z.number().nullable() }

export const recreditingRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/org/recrediting',
  summary: {
    zh: '倒签调动之后，业绩重新归属的进度',
    en: 'How far results are credited anew after backdated moves',
  },
  access: { permission: 'org.read' },
  reply: z.object({
    /** Null: figures are at rest. */
    underWay: z.object(shareDone).nullable(),
    /** Null: nothing failed that waits for a retry. */
    failed: z.object({ ...shareDone, at: z.union([z.date(), z.string()]) }).nullable(),
  }),
})

export const retryRecreditingRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/org/recrediting/retry',
  summary: { zh: '从中断处继续重新归属业绩', en: 'Go on crediting anew where it failed' },
  access: { permission: 'org.people' },
})
