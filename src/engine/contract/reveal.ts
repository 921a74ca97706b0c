import { z } from 'zod'
import { defineRoute } from './route.ts'

/** Asked by whatever shows a record; served by the room of access. */
export const revealRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/records/:object/:id/reveal',
  summary: { zh: '查看脱敏字段的完整内容，会记录在案', en: 'See what a masked field holds; that is put on record' },
  access: 'signed-in',
  params: z.strictObject({ object: z.string().max(60), id: z.string().max(60) }),
  body: z.strictObject({ field: z.string().max(100), reason: z.string().trim().max(200).optional() }),
  reply: z.object({ value: z.string().nullable() }),
})
