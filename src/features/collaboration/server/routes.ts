import type { FastifyInstance } from 'fastify'
import type { Ctx } from '#platform/db/ctx.ts'
import { serve } from '#platform/http/serve.ts'
import { commentRoutes, mentionRoutes, type CommentView } from '../contract.ts'
import type { Comment } from './comment-store.ts'
import {
  changeComment,
  isOwn,
  listComments,
  mayRemove,
  removeComment,
  restoreComment,
  writeComment,
} from './comments.ts'
import { mentionsOfMe, readMentions, whoCannotSee } from './mentions.ts'

/** Comments on records, and who is mentioned in them. */
export function registerCommentRoutes(app: FastifyInstance): void {
  const placeOf = ({ object, id }: { object: string; id: string }) => ({ object, recordId: id })
  serve(app, commentRoutes.list, async (ctx, { params, query }) => {
    const { comments, hasMore } = await listComments(ctx, placeOf(params), query.before)
    return { comments: comments.map((comment) => viewOf(ctx, comment)), hasMore }
  })
  serve(app, commentRoutes.write, async (ctx, { params, body }) =>
    viewOf(ctx, await writeComment(ctx, placeOf(params), body)),
  )
  serve(app, commentRoutes.sight, async (ctx, { params, body }) => ({
    cannotSee: await whoCannotSee(ctx, placeOf(params), body.people),
  }))
  serve(app, commentRoutes.change, async (ctx, { params, body }) =>
    viewOf(ctx, await changeComment(ctx, params.id, body)),
  )
  serve(app, commentRoutes.remove, (ctx, { params }) => removeComment(ctx, params.id))
  serve(app, commentRoutes.restore, async (ctx, { params }) => viewOf(ctx, await restoreComment(ctx, params.id)))
  serve(app, mentionRoutes.list, async (ctx) => {
    const mentions = await mentionsOfMe(ctx)
    return {
      unread: mentions.filter(({ isRead }) => !isRead).length,
      mentions,
    }
  })
  serve(app, mentionRoutes.read, (ctx, { body }) => readMentions(ctx, body.comments))
}

function viewOf(ctx: Ctx, comment: Comment): CommentView {
  const { object: _object, recordId: _record, deletedAt: _gone, mentions, ...shown } = comment
  return { ...shown, mentions: [...mentions], canChange: isOwn(ctx, comment), canRemove: mayRemove(ctx, comment) }
}
