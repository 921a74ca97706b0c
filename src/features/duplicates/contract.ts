import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { duplicateActions, duplicateWays } from '#engine/model/duplicate-rule.ts'

export { duplicatePermissions } from './permissions.ts'
/** Told when records became part of another. */
export const recordsMerged = 'records.merged'

const manage = { permission: 'duplicates.manage' } as const
const object = z.string().max(60)
const recordId = z.string().max(60)
const instant = z.union([z.date(), z.string()])
const label = z.strictObject({ zh: z.string().max(60), en: z.string().max(60) })
const byId = z.strictObject({ id: z.string().max(60) })

const compares = z
  .array(z.strictObject({ field: z.string().max(60), way: z.enum(duplicateWays) }))
  .min(1)
  .max(5)

const rule = z.strictObject({
  /** Stays for good; made if not given. */
  id: z.string().max(60).optional(),
  name: label,
  /** All of them must be the same; an empty field is like nothing. */
  compares,
  action: z.enum(duplicateActions),
  isOn: z.boolean(),
})
export type RuleDraft = z.infer<typeof rule>

const shownRule = rule.extend({
  id: z.string(),
  /** `building`: records that were there before are still being read; so far compared: `indexed` of them. */
  index: z.enum(['none', 'building', 'ready']),
  indexed: z.number(),
})

const scan = z.object({
  id: z.uuid(),
  object: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed']),
  /** Keys to compare, and those compared so far; of a scan that is done, the rest was left out: too many nearly share them. */
  total: z.number(),
  done: z.number(),
  groups: z.number(),
  createdAt: instant,
  finishedAt: instant.nullable(),
})

/** The same as it is shown beside groups: its sums, over the whole company, only to those who manage duplicates. */
const shownScan = scan.partial({ total: true, done: true, groups: true })
export type ScanView = z.infer<typeof shownScan>

/** A record as the objects' own routes show it. */
const row = z.looseObject({
  id: z.uuid(),
  version: z.number().int(),
  createdAt: instant,
  updatedAt: instant,
  names: z.record(z.string(), z.string().nullable()),
})

const moved = z.array(z.object({ object: z.string(), count: z.number() }))

const merge = z.object({
  id: z.uuid(),
  object: z.string(),
  winnerId: z.uuid(),
  /** Null where the record is out of reach. */
  winnerTitle: z.string().nullable(),
  losers: z.array(z.object({ id: z.uuid(), title: z.string().nullable() })),
  /** Records that were moved to the winner. */
  moved,
  mergedByName: z.string().nullable(),
  mergedAt: instant,
  /** Null: it was undone. */
  undoableUntil: instant.nullable(),
  undo: z
    .object({
      state: z.enum(['queued', 'running', 'done', 'failed']),
      restored: z.number(),
      /** Records that stayed as they are, because others have changed them since. */
      skipped: z.number(),
    })
    .nullable(),
})
export type MergeView = z.infer<typeof merge>

const fault = z.object({ field: z.string(), code: z.string(), message: z.string() })

export const duplicateRoutes = {
  rules: defineRoute({
    method: 'GET',
    path: '/api/v1/duplicates/rules',
    summary: { zh: '各对象的查重规则', en: 'By what duplicates are known, object by object' },
    access: manage,
    reply: z.object({ objects: z.array(z.object({ object: z.string(), rules: z.array(shownRule) })) }),
  }),
  saveRules: defineRoute({
    method: 'PUT',
    path: '/api/v1/duplicates/rules/:object',
    summary: { zh: '修改一个对象的查重规则', en: 'Change by what duplicates of an object are known' },
    access: manage,
    params: z.strictObject({ object }),
    body: z.strictObject({ rules: z.array(rule).max(20) }),
    reply: z.object({ object: z.string(), rules: z.array(shownRule) }),
  }),
  startScan: defineRoute({
    method: 'POST',
    path: '/api/v1/duplicates/scans',
    summary: { zh: '全库查重', en: 'Look for duplicates among all records of an object, in the background' },
    access: manage,
    body: z.strictObject({ object }),
    reply: scan,
    success: 202,
  }),
  groups: defineRoute({
    method: 'GET',
    path: '/api/v1/duplicates/groups',
    summary: { zh: '疑似重复的记录', en: 'Groups of records in reach that may be one, from the newest scan' },
    access: 'signed-in',
    query: z.strictObject({ object, from: z.coerce.number().int().min(0).max(2_000_000_000).optional() }),
    reply: z.object({
      /** The scan that was asked for last. */
      scan: shownScan.nullable(),
      groups: z.array(
        z.object({
          place: z.number(),
          /** Names of the rules that connect them. */
          reasons: z.array(z.string()),
          /** Of its records in reach those to decide about first. */
          rows: z.array(row),
          /** All of its records in reach. */
          size: z.number(),
        }),
      ),
      /** Where the next groups begin; null at the end. */
      next: z.number().nullable(),
    }),
  }),
  keepApart: defineRoute({
    method: 'POST',
    path: '/api/v1/duplicates/apart',
    summary: { zh: '这些记录不是重复', en: 'Remember that no two of these records are the same' },
    access: 'signed-in',
    body: z.strictObject({ object, ids: z.array(recordId).min(2).max(50) }),
  }),
}

export const mergeRoutes = {
  preview: defineRoute({
    method: 'POST',
    path: '/api/v1/merges/preview',
    reads: true,
    summary: { zh: '合并前对照', en: 'Records side by side before they are merged' },
    access: 'signed-in',
    body: z.strictObject({ object, ids: z.array(recordId).min(2).max(5) }),
    reply: z.object({
      /** Fields whose value may come from any of the records. */
      fields: z.array(z.string()),
      records: z.array(
        z.object({
          row,
          /** Why it cannot be merged away; null: it can. */
          protection: z.object({ reason: z.string(), byName: z.string().nullable() }).nullable(),
          /** What refers to it, whoever sees it: all of this is moved. */
          uses: moved,
        }),
      ),
      canProtect: z.boolean(),
    }),
  }),
  merge: defineRoute({
    method: 'POST',
    path: '/api/v1/merges',
    summary: { zh: '合并记录（30 天内可撤销）', en: 'Make several records one; it can be undone for 30 days' },
    access: 'signed-in',
    body: z.strictObject({
      object,
      /** The record that stays. */
      winnerId: recordId,
      /** Records that become part of it and go to the recycle bin. */
      loserIds: z.array(recordId).min(1).max(4),
      /** Field key → id of the record whose value is kept; of the winner unless told. */
      take: z.record(z.string().max(100), recordId).optional(),
      /** The versions that were compared, by id; a newer one refuses the merge. */
      versions: z.record(recordId, z.number().int()).optional(),
    }),
    reply: merge,
  }),
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/merges',
    summary: { zh: '最近的合并', en: 'The newest merges' },
    access: 'signed-in',
    query: z.strictObject({ before: z.uuid().optional() }),
    reply: z.object({
      merges: z.array(merge),
      /** What to ask for as `before` to have the next; null at the end. */
      next: z.uuid().nullable(),
    }),
  }),
  show: defineRoute({
    method: 'GET',
    path: '/api/v1/merges/:id',
    summary: { zh: '一次合并与撤销的进度', en: 'A merge, how far its undo is, and what the undo left as it is' },
    access: 'signed-in',
    params: byId,
    reply: z.object({
      merge,
      skipped: z.array(
        z.object({ object: z.string(), id: z.string(), title: z.string().nullable(), faults: z.array(fault) }),
      ),
    }),
  }),
  undo: defineRoute({
    method: 'POST',
    path: '/api/v1/merges/:id/undo',
    summary: { zh: '撤销合并', en: 'Undo a merge in the background; what others changed since stays' },
    access: 'signed-in',
    params: byId,
    reply: merge,
  }),
  protect: defineRoute({
    method: 'PUT',
    path: '/api/v1/records/:object/:id/protection',
    summary: { zh: '保护记录，使其不被合并掉', en: 'Protect a record from being merged away' },
    access: manage,
    params: z.strictObject({ object, id: recordId }),
    body: z.strictObject({ reason: z.string().trim().min(1).max(200) }),
  }),
  release: defineRoute({
    method: 'DELETE',
    path: '/api/v1/records/:object/:id/protection',
    summary: { zh: '取消保护', en: 'Take the protection of a record away' },
    access: manage,
    params: z.strictObject({ object, id: recordId }),
  }),
}
