import type { FastifyInstance } from 'fastify'
import { AppError } from '#base/errors.ts'
import { noticeRoutes } from '#engine/contract/notices.ts'
import { serve } from '#platform/http/serve.ts'
import { changeChoices, showChoices } from './choices.ts'
import { askGate } from './kinds.ts'
import { countUnread, listNotices, readNotices } from './read-notices.ts'

/** What a person is told, and by which ways. */
export function registerNoticeRoutes(app: FastifyInstance): void {
  askGate((ctx, permission) => {
    try {
      app.gate.allow(ctx, permission)
      return true
    } catch (error) {
      if (error instanceof AppError) return false
      throw error
    }
  })
  serve(app, noticeRoutes.list, async (ctx, { query }) => {
    const { notices, hasMore } = await listNotices(ctx, { before: query.before, unreadOnly: query.unread === 'true' })
    return { notices, hasMore, unread: await countUnread(ctx) }
  })
  serve(app, noticeRoutes.read, (ctx, { body }) => readNotices(ctx, body.ids))
  serve(app, noticeRoutes.choices, (ctx) => showChoices(ctx, 'mine'))
  serve(app, noticeRoutes.choose, (ctx, { body }) => changeChoices(ctx, 'mine', body))
  serve(app, noticeRoutes.defaults, (ctx) => showChoices(ctx, 'company'))
  serve(app, noticeRoutes.setDefaults, (ctx, { body }) => changeChoices(ctx, 'company', body))
}
