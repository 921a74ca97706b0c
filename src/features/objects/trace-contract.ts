import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { undoProgress } from '#engine/contract/undo-progress.ts'
import type { Permission } from '#engine/policy/role.ts'

const ofRecord = z.strictObject({ object: z.string().max(60), id: z.string().max(60) })
const instant = z.union([z.date(), z.string()])

export const recordExplain = 'record.explain'

export const objectsPermissions: readonly Permission[] = [
  {
    key: recordExplain,
    label: { zh: '查看别人为什么能看到一条记录', en: 'Ask why others see a record' },
    roles: ['administrator'],
  },
]

const reasons = z.array(
  z.object({ kind: z.enum(['everybody', 'role', 'own', 'unit', 'rule', 'share']), words: z.string() }),
)

const row = z.looseObject({
  id: z.uuid(),
  version: z.number().int(),
  createdAt: instant,
  updatedAt: instant,
  names: z.record(z.string(), z.string().nullable()),
})

const operation = z.object({
  id: z.uuid(),
  run: z.object({ kind: z.string(), id: z.uuid() }),
  at: instant,
  personName: z.string().nullable(),
  /** Records that it changed. */
  records: z.number(),
  undo: undoProgress.nullable(),
})
export type OperationView = z.infer<typeof operation>

/** What happened to a record, back again, and who sees it why. */
export const traceRoutes = {
  undoChange: defineRoute({
    method: 'POST',
    path: '/api/v1/records/:object/:id/history/:entryId/undo',
    summary: { zh: '撤销一次修改', en: 'Set the fields of one change back' },
    access: 'signed-in',
    params: ofRecord.extend({ entryId: z.string().max(60) }),
    body: z.strictObject({
      version: z.number().int().optional(),
      /** Only these, whatever stands there now; absent: all, if they are as the change left them. */
      fields: z.array(z.string().max(100)).min(1).max(200).optional(),
      /** The record may be there already (RECORD_DUPLICATE said so), and is meant all the same. */
      confirmed: z.boolean().optional(),
    }),
    reply: row,
  }),
  operation: defineRoute({
    method: 'GET',
    path: '/api/v1/operations/:id',
    summary: { zh: '一次批量操作或导入', en: 'An operation over many records: a bulk edit or an import' },
    access: 'signed-in',
    params: z.strictObject({ id: z.uuid() }),
    reply: operation,
  }),
  undoOfOperation: defineRoute({
    method: 'GET',
    path: '/api/v1/operations/:id/undo',
    summary: { zh: '撤销进行到哪里', en: 'How far the undo of an operation has come' },
    access: 'signed-in',
    params: z.strictObject({ id: z.uuid() }),
    reply: z.object({
      undo: undoProgress.nullable(),
      /** Once it is over: the first 200 records that stayed as they are, and why. */
      skipped: z.array(
        z.object({
          object: z.string(),
          id: z.uuid(),
          /** Null where it is out of reach. */
          title: z.string().nullable(),
          faults: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })),
        }),
      ),
    }),
  }),
  undoOperation: defineRoute({
    method: 'POST',
    path: '/api/v1/operations/:id/undo',
    summary: { zh: '撤销整次操作', en: 'Undo the whole operation, in the background' },
    access: 'signed-in',
    params: z.strictObject({ id: z.uuid() }),
    reply: operation,
  }),
  why: defineRoute({
    method: 'GET',
    path: '/api/v1/records/:object/:id/access',
    summary: { zh: '我为什么能看到这条记录', en: 'Why I see a record' },
    access: 'signed-in',
    params: ofRecord,
    reply: z.object({ reasons }),
  }),
  whyOf: defineRoute({
    method: 'GET',
    path: '/api/v1/records/:object/:id/access/:personId',
    summary: { zh: '某人为什么能或不能看到这条记录', en: 'Why somebody sees a record, or why not' },
    access: { permission: recordExplain },
    params: ofRecord.extend({ personId: z.uuid() }),
    reply: z.object({
      person: z.object({ id: z.uuid(), name: z.string() }),
      /** Empty: the person does not see it. */
      reasons,
      obstacle: z.string().nullable(),
    }),
  }),
}
