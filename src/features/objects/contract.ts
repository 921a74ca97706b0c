import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'
import { recordActions } from '#engine/model/object-type.ts'
import { buckets } from '#engine/query/bucket.ts'
import { aggregates, filterSchema } from '#engine/query/filter.ts'
import { longestText } from '#engine/query/text/longest-text.ts'

const object = z.string().max(60)
const ofObject = z.strictObject({ object })
const ofRecord = z.strictObject({ object, id: z.string().max(60) })
const label = z.object({ zh: z.string(), en: z.string() })

/** Field key → value: decimals as strings, dates as `YYYY-MM-DD`, references and owners as ids, empty as null. */
const values = z.record(z.string().max(100), z.unknown())

const row = z.looseObject({
  id: z.uuid(),
  /** Grows with every change; send it back with an update, so that nobody's change is overwritten unseen. */
  version: z.number().int(),
  createdAt: z.union([z.date(), z.string()]),
  updatedAt: z.union([z.date(), z.string()]),
  /** Names of the records and people that the row's fields point at, by field key. */
  names: z.record(z.string(), z.string().nullable()),
})

const field = z.object({
  key: z.string(),
  label,
  type: z.string(),
  help: label.optional(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  choices: z
    .array(z.object({ key: z.string(), label, color: z.string().optional(), retired: z.boolean().optional() }))
    .optional(),
  to: z.string().optional(),
  maxLength: z.number().optional(),
  min: z.string().optional(),
  whole: z.boolean().optional(),
  max: z.string().optional(),
  single: z.boolean().optional(),
  imagesOnly: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  /** Shown in part to whoever asks: filled where it is empty, shown whole by a reveal. */
  masked: z.boolean().optional(),
  inList: z.boolean().optional(),
  /** Added by the company. */
  custom: z.boolean().optional(),
  /** What formulas and roll-ups amount to; they are worked out, never set. */
  result: z.string().optional(),
  /** An amount in the base currency, whatever the currency of the record. */
  inBase: z.boolean().optional(),
  rollup: z.looseObject({ of: z.string(), via: z.string(), where: filterSchema.optional() }).optional(),
  /** The record's own values under which it must be filled, or is shown at all. */
  requiredIf: filterSchema.optional(),
  visibleIf: filterSchema.optional(),
  /** How the global search finds records by it; absent: not at all. */
  searched: z.string().optional(),
})

const layout = z.object({
  recordType: z.string().nullable(),
  sections: z.array(z.object({ label, fields: z.array(z.string()), columns: z.union([z.literal(1), z.literal(2)]) })),
})

/** A filter as text, met besides `filter`: `tier:S amount>10万 owner:me closed:this_quarter`. */
const filterText = z.string().max(longestText)

/** What of a text cannot be read: it stands in `[from, to)`, in UTF-16 units. */
const textFault = z.object({ from: z.number().int(), to: z.number().int(), code: z.string(), message: z.string() })

const sort = z.array(z.strictObject({ field: z.string().max(100), descending: z.boolean().optional() })).max(5)

const figures = {
  count: z.number(),
  sums: z.record(z.string(), z.string()),
  figures: z.array(z.string().nullable()),
}

const group = {
  /** Null where the field is empty; of dates the first day of the span, which ends before `to`. */
  value: z.string().nullable(),
  to: z.string().optional(),
  name: z.string().nullable(),
  ...figures,
}

/** The record may be there already (RECORD_DUPLICATE said so), and is meant all the same. */
const confirmed = z.boolean().optional()

const suspicion = z.object({
  /** Key of the first field that is compared. */
  field: z.string(),
  /** `duplicate`: it cannot be saved like this; `suspected`: it is asked whether that is meant. */
  code: z.enum(['duplicate', 'suspected']),
  message: z.string(),
  /** The record that is there: out of reach only whose it is. */
  suspect: z.object({ id: z.uuid().nullable(), title: z.string().nullable(), ownerName: z.string().nullable() }),
})

export const objectsRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/objects',
    forAnyKey: true,
    summary: { zh: '业务对象及其字段', en: 'The business objects and their fields' },
    access: 'signed-in',
    reply: z.object({
      objects: z.array(
        z.object({
          key: z.string(),
          label,
          labelOfMany: label,
          title: z.string(),
          titleEn: z.string().optional(),
          fields: z.array(field),
          custom: z.boolean().optional(),
          recordTypeField: z.string().optional(),
          layouts: z.array(layout).optional(),
          /** Keys of the fields by which duplicates are known. */
          compared: z.array(z.string()).optional(),
          /** Which of its records have made their result: these may change hands and leave it with who made it. */
          settled: filterSchema.optional(),
          defaultSort: sort,
          can: z.record(z.enum(recordActions), z.boolean()),
        }),
      ),
    }),
  }),
  query: defineRoute({
    method: 'POST',
    path: '/api/v1/records/:object/query',
    reads: true,
    summary: { zh: '查询记录', en: 'Query records by filter, in a stable order' },
    access: 'signed-in',
    params: ofObject,
    body: z.strictObject({
      filter: filterSchema.optional(),
      text: filterText.optional(),
      sort: sort.optional(),
      fields: z.array(z.string().max(100)).max(200).optional(),
      limit: z.number().int().min(1).max(200).optional(),
      cursor: z.string().max(4000).nullable().optional(),
      deleted: z.boolean().optional(),
    }),
    reply: z.object({ rows: z.array(row), cursor: z.string().nullable() }),
  }),
  totals: defineRoute({
    method: 'POST',
    path: '/api/v1/records/:object/totals',
    reads: true,
    summary: { zh: '记录的个数、合计与小计', en: 'Count, figures and subtotals of the records that a query lists' },
    access: 'signed-in',
    params: ofObject,
    body: z.strictObject({
      filter: filterSchema.optional(),
      text: filterText.optional(),
      sum: z.array(z.string().max(100)).max(20).optional(),
      /** Any figure over a field, answered in this order. */
      measures: z
        .array(z.strictObject({ aggregate: z.enum(aggregates), field: z.string().max(100) }))
        .max(40)
        .optional(),
      /** A field, or up to two levels; dates by day, week, month, fiscal quarter or fiscal year. */
      groupBy: z
        .union([
          z.string().max(100),
          z
            .array(z.strictObject({ field: z.string().max(100), by: z.enum(buckets).optional() }))
            .min(1)
            .max(2),
        ])
        .optional(),
    }),
    reply: z.object({
      ...figures,
      groups: z.array(z.object({ ...group, groups: z.array(z.object(group)).optional() })).optional(),
    }),
  }),
  page: defineRoute({
    method: 'GET',
    path: '/api/v1/records/:object',
    summary: { zh: '列出记录', en: 'List records' },
    access: 'signed-in',
    params: ofObject,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).optional(),
      cursor: z.string().max(4000).optional(),
      text: filterText.optional(),
    }),
    reply: z.object({ rows: z.array(row), cursor: z.string().nullable() }),
  }),
  get: defineRoute({
    method: 'GET',
    path: '/api/v1/records/:object/:id',
    tagged: true,
    summary: { zh: '查看一条记录', en: 'One record' },
    access: 'signed-in',
    params: ofRecord,
    reply: row,
  }),
  create: defineRoute({
    method: 'POST',
    path: '/api/v1/records/:object',
    summary: { zh: '新建记录', en: 'Create a record' },
    access: 'signed-in',
    params: ofObject,
    body: z.strictObject({ values, confirmed }),
    reply: row,
    success: 201,
  }),
  update: defineRoute({
    method: 'PATCH',
    path: '/api/v1/records/:object/:id',
    tagged: true,
    summary: { zh: '修改记录', en: 'Change a record' },
    access: 'signed-in',
    params: ofRecord,
    body: z.strictObject({
      version: z.number().int().optional(),
      values,
      confirmed,
      /** With a new owner: a result that was made stays credited to who made it; no unless told. */
      keepsCredit: z.boolean().optional(),
    }),
    reply: row,
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/v1/records/:object/:id',
    tagged: true,
    summary: { zh: '删除记录（进入回收站）', en: 'Put a record into the recycle bin' },
    access: 'signed-in',
    params: ofRecord,
    query: z.strictObject({
      version: z.coerce.number().int().optional(),
      /** `along`: what is a part of it goes too, and what is a part of that; else it stays while others refer to it. */
      children: z.enum(['along']).optional(),
      /** How many of each the caller was shown, as `contact:2,order:1`; more than these do not go along, none unless told. */
      confirmed: z
        .string()
        .max(2000)
        .regex(/^\w+:\d+(,\w+:\d+)*$/)
        .optional(),
    }),
  }),
  children: defineRoute({
    method: 'GET',
    path: '/api/v1/records/:object/:id/children',
    summary: {
      zh: '删除前：哪些记录会随它一起删除',
      en: 'Before deleting: what would go along, and what stands against it',
    },
    access: 'signed-in',
    params: ofRecord,
    reply: z.object({
      /** Per object: how many the caller sees, and how many of these may go along. */
      children: z.array(z.object({ object: z.string(), seen: z.number(), deletable: z.number() })),
      /** Objects of records that would keep it even then: out of reach, not to be deleted, or only naming it. */
      keptBy: z.array(z.string()),
    }),
  }),
  restore: defineRoute({
    method: 'POST',
    path: '/api/v1/records/:object/:id/restore',
    summary: {
      zh: '恢复记录及随它一起删除的记录',
      en: 'Bring a record back from the recycle bin, with what went there with it',
    },
    access: 'signed-in',
    params: ofRecord,
    reply: row,
  }),
  duplicates: defineRoute({
    method: 'POST',
    path: '/api/v1/records/:object/duplicates',
    reads: true,
    summary: { zh: '这些内容是否已有记录', en: 'Whether a record with these values may be there already' },
    access: 'signed-in',
    params: ofObject,
    body: z.strictObject({ id: z.string().max(60).optional(), values }),
    reply: z.object({ suspicions: z.array(suspicion) }),
  }),
  history: defineRoute({
    method: 'GET',
    path: '/api/v1/records/:object/:id/history',
    summary: { zh: '修改历史', en: 'What happened to a record, newest first' },
    access: 'signed-in',
    params: ofRecord,
    reply: z.object({
      entries: z.array(
        z.object({
          id: z.uuid(),
          at: z.union([z.date(), z.string()]),
          action: z.string(),
          personId: z.uuid().nullable(),
          personName: z.string().nullable(),
          before: z.record(z.string(), z.unknown()).nullable(),
          after: z.record(z.string(), z.unknown()).nullable(),
          /** Fields whose values were personal and are erased; such a change cannot be undone. */
          erased: z.array(z.string()),
          operationId: z.uuid(),
          /** What kind of act it was part of: `record.update`, `import`, `bulk.update`, `undo` … */
          kind: z.string(),
          /** From a signed-in person's page, or by an API key; null: the system, or not known. */
          via: z.enum(['page', 'key']).nullable(),
          /** The operation over many records that it was part of or that it undid, if the caller may see that. */
          run: z.object({ kind: z.string(), id: z.uuid(), operationId: z.uuid() }).nullable(),
        }),
      ),
      /** Older ones than the newest 200 are left out. */
      hasMore: z.boolean(),
    }),
  }),
}

export { binRoutes } from './bin-contract.ts'
export { traceRoutes, objectsPermissions, recordExplain } from './trace-contract.ts'

export const filterRoutes = {
  read: defineRoute({
    method: 'POST',
    path: '/api/v1/filters/read',
    reads: true,
    summary: {
      zh: '读懂一个筛选：文字与条件互换，并用一句话说明',
      en: 'Read a filter: from text to conditions and back, and in words',
    },
    access: 'signed-in',
    body: z.strictObject({
      object: object,
      /** Read this text … */
      text: filterText.optional(),
      /** … or write this filter as text. */
      filter: filterSchema.optional(),
    }),
    reply: z.object({
      /** Null where the text cannot be read. */
      filter: filterSchema.nullable(),
      faults: z.array(textFault),
      /** The filter as text; a text that cannot be read comes back as it is. */
      text: z.string(),
      /** The filter in a sentence, in the reader's language. */
      words: z.string(),
      /** Names of the people, units, records and regions that it names, by id or code; those out of reach are left out. */
      names: z.record(z.string(), z.string()),
    }),
  }),
  complete: defineRoute({
    method: 'POST',
    path: '/api/v1/filters/complete',
    reads: true,
    summary: { zh: '筛选文字的补全', en: 'What may follow at a place of a filter that is being written' },
    access: 'signed-in',
    body: z.strictObject({ object: object, text: filterText, cursor: z.number().int().min(0).max(longestText) }),
    reply: z.object({
      from: z.number().int(),
      to: z.number().int(),
      /** Each goes in the place of `[from, to)`. */
      options: z.array(
        z.object({
          kind: z.enum(['field', 'operator', 'value', 'word']),
          insert: z.string(),
          label: z.string(),
          detail: z.string().optional(),
        }),
      ),
    }),
  }),
}
