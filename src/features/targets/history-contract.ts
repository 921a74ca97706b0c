import { z } from 'zod'
import { defineRoute, tableFiles } from '#engine/contract/route.ts'
import {
  figure,
  label,
  levelShape,
  monthNumber,
  nodeId,
  periodKey,
  planParams,
  seenVersion,
  whom,
} from './contract-shapes.ts'
import { planRead } from './permissions.ts'

/** Who and why are not for the reader: it is about a row out of sight. */
const isHidden = z.boolean()

export const planChangesRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/changes',
  summary: { zh: '计划变更记录（可筛选、可导出）', en: 'Change log of a plan, filtered, as rows or a file' },
  access: { permission: planRead },
  params: planParams,
  query: z.object({
    /** Changes of this row; with everything below it where it is a unit. */
    node: nodeId.optional(),
    /** Changes that this person made. */
    by: z.uuid().optional(),
    /** A period of the plan's year: a month, a quarter. */
    period: periodKey.optional(),
    /** Where the page before ended: its `next`. */
    cursor: z
      .string()
      .regex(/^\d{1,10}\.\d{1,10}$/)
      .optional(),
    format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  }),
  reply: z.object({
    changes: z.array(
      z.object({
        version: z.number(),
        at: z.string(),
        by: whom,
        reason: z.string().nullable(),
        isHidden,
        node: nodeId,
        name: z.string(),
        level: levelShape,
        month: monthNumber,
        monthLabel: label,
        before: figure,
        after: figure,
      }),
    ),
    /** What to ask for as `cursor` to read on; null: these were all. A file has the newest 200,000. */
    next: z.string().nullable(),
  }),
  files: tableFiles,
})

/** What made a version of a plan: a change of its cells, or a step on its path. */
export const revisionKinds = [
  'created',
  'changed',
  'refreshed',
  'published',
  'submitted',
  'withdrawn',
  'sent-back',
  'approved',
  'reopened',
  'locked',
  'amended',
  'taken-over',
] as const
export type RevisionKind = (typeof revisionKinds)[number]

export const revisionShape = z.object({
  version: z.number(),
  kind: z.enum(revisionKinds),
  by: whom,
  at: z.string(),
  reason: z.string().nullable(),
  isHidden,
  /** Rows that it changed. */
  rows: z.number(),
})
export type Revision = z.infer<typeof revisionShape>

export const listRevisionsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/revisions',
  summary: { zh: '修订历史', en: 'Revisions of a plan' },
  access: { permission: planRead },
  params: planParams,
  /** Of those before a version; the newest 500 unless told. */
  query: z.object({ before: z.coerce.number().pipe(seenVersion).optional() }),
  reply: z.object({
    revisions: z.array(revisionShape),
    /** What to ask for as `before` to read on; null: these were all. */
    next: z.number().nullable(),
  }),
})

export const showRevisionRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/revisions/:version',
  summary: { zh: '一次修订的前后对照', en: 'A revision, before and after' },
  access: { permission: planRead },
  params: planParams.extend({ version: z.coerce.number().pipe(seenVersion) }),
  reply: z.object({
    revision: revisionShape,
    rows: z.array(
      z.object({
        node: nodeId,
        name: z.string(),
        before: z.array(z.string()),
        after: z.array(z.string()),
        lockedBefore: z.array(z.boolean()).nullable(),
        lockedAfter: z.array(z.boolean()).nullable(),
      }),
    ),
  }),
})
