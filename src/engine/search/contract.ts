import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'

const object = z.string().min(1).max(60)

const hit = z.object({
  object: z.string(),
  id: z.uuid(),
  title: z.string().nullable(),
  /** What tells it from others of that name: its account, its trade and place. */
  subtitle: z.string().nullable(),
  ownerName: z.string().nullable(),
  /** What it stands in, where that is needed to go there: the unit of a person. */
  withinId: z.uuid().nullable(),
  /** Where the words were found; `ranges` are the parts to highlight, from and to in UTF-16 units. */
  matched: z.array(
    z.object({
      field: z.string(),
      text: z.string(),
      isTitle: z.boolean(),
      ranges: z.array(z.tuple([z.number().int(), z.number().int()])),
    }),
  ),
})
export type SearchHit = z.infer<typeof hit>

export const searchRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/search',
  summary: {
    zh: '搜索所有对象：中文、拼音、首字母、电话、编号',
    en: 'Search all objects: Chinese, pinyin, initials, phones, codes',
  },
  access: 'signed-in',
  query: z.strictObject({
    q: z.string().trim().min(1).max(200),
    /** Only this object. */
    object: object.optional(),
    /** Most hits of each object. */
    limit: z.coerce.number().int().min(1).max(50).optional(),
  }),
  reply: z.object({
    /** The best hits of each object; objects in the order of their best hit. */
    groups: z.array(z.object({ object: z.string(), hits: z.array(hit), hasMore: z.boolean() })),
  }),
})

const keptRecord = z.strictObject({ object, id: z.uuid() })

export const keptRecordsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/search/kept',
  summary: { zh: '我最近打开和收藏的记录', en: 'The records I opened lately and starred' },
  access: 'signed-in',
  reply: z.object({ recent: z.array(hit), starred: z.array(hit) }),
})

export const openedRecordRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/search/opened',
  summary: { zh: '记下我打开了一条记录', en: 'Remember that I opened a record' },
  access: 'signed-in',
  body: keptRecord,
})

export const starRecordRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/search/starred',
  summary: { zh: '收藏或取消收藏一条记录', en: 'Star a record or take the star away' },
  access: 'signed-in',
  body: keptRecord.extend({ starred: z.boolean() }),
})
