import { z } from 'zod'
import { defineRoute } from './route.ts'

/**
 * What happens, as it happens (server-sent events). `notice`: a notice came, as the list of notices shows it; its id is
 * its number. `unread`: how many are unread now. `progress`: how far a long job is. `ended`: the session is over.
 * Whoever comes back with `Last-Event-ID`, or `after`, gets the notices since. Who does not accept
 * `text/event-stream` gets what happened since and nothing further.
 */
export const liveRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/live',
  summary: { zh: '实时消息：通知与后台任务的进度', en: 'Live: notices and the progress of long jobs' },
  access: 'signed-in',
  query: z.strictObject({
    /** Number of the last notice that arrived; the header `Last-Event-ID` says the same. */
    after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  }),
  files: ['text/event-stream'],
})

/** Kinds of long jobs that tell how far they are. */
export const progressKinds = ['import', 'bulk', 'undo', 'scan'] as const
export type ProgressKind = (typeof progressKinds)[number]

export const progressShape = z.object({
  kind: z.enum(progressKinds),
  /** Of the import, the bulk edit or the scan; of an undo that of the operation. */
  id: z.string(),
  state: z.string(),
  done: z.number(),
  /** Null: not known yet. */
  total: z.number().nullable(),
})
export type Progress = z.infer<typeof progressShape>
