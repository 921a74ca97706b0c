import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'

const ofRecord = z.strictObject({ object: z.string().max(60), id: z.string().max(60) })
const ofComment = z.strictObject({ id: z.string().max(60) })
const moment = z.union([z.date(), z.string()])

/** UTF-16 units; longer than any note, shorter than a document. */
export const longestComment = 4000
export const mostMentions = 20

/** Key of the timeline among the parts of a record's page. */
export const talkPart = 'talk'

/** Events of the room besides those of its records, told in the transaction of the change. */
export const commentEvents = ['comment.created', 'comment.changed', 'comment.removed', 'comment.mentioned'] as const

const text = z.string().trim().min(1).max(longestComment)
/** Ids of people. One is mentioned where the text says `@` and the name. */
const mentions = z.array(z.uuid()).max(mostMentions).optional()
const words = z.strictObject({ text, mentions })
export type CommentDraft = z.infer<typeof words>

const comment = z.object({
  id: z.uuid(),
  text: z.string(),
  /** The people whom the text mentions, as it calls them. */
  mentions: z.array(z.object({ id: z.uuid(), name: z.string() })),
  personId: z.uuid().nullable(),
  personName: z.string().nullable(),
  createdAt: moment,
  editedAt: moment.nullable(),
  canChange: z.boolean(),
  canRemove: z.boolean(),
})
export type CommentView = z.infer<typeof comment>

export const commentRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/records/:object/:id/comments',
    summary: { zh: '一条记录的评论，最新的在前', en: 'The comments on a record, newest first' },
    access: 'signed-in',
    params: ofRecord,
    query: z.strictObject({
      /** Id of the last comment that was seen: those before it follow. */
      before: z.uuid().optional(),
    }),
    reply: z.object({ comments: z.array(comment), hasMore: z.boolean() }),
  }),
  write: defineRoute({
    method: 'POST',
    path: '/api/v1/records/:object/:id/comments',
    summary: { zh: '写评论，可以用 @ 提到同事', en: 'Comment on a record; colleagues can be mentioned' },
    access: 'signed-in',
    params: ofRecord,
    body: words,
    success: 201,
    reply: comment,
  }),
  sight: defineRoute({
    method: 'POST',
    path: '/api/v1/records/:object/:id/comments/sight',
    reads: true,
    summary: { zh: '这些人里谁看不到这条记录', en: 'Which of these people cannot see the record' },
    access: 'signed-in',
    params: ofRecord,
    body: z.strictObject({ people: z.array(z.uuid()).max(mostMentions) }),
    reply: z.object({ cannotSee: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
  }),
  change: defineRoute({
    method: 'PATCH',
    path: '/api/v1/comments/:id',
    summary: { zh: '修改自己的评论', en: 'Change an own comment' },
    access: 'signed-in',
    params: ofComment,
    /** Without `mentions` those who are mentioned stay, as far as the text still names them. */
    body: words,
    reply: comment,
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/v1/comments/:id',
    summary: { zh: '删除评论（30 天内可恢复）', en: 'Delete a comment; it can come back for 30 days' },
    access: 'signed-in',
    params: ofComment,
  }),
  restore: defineRoute({
    method: 'POST',
    path: '/api/v1/comments/:id/restore',
    summary: { zh: '恢复评论', en: 'Bring a comment back' },
    access: 'signed-in',
    params: ofComment,
    reply: comment,
  }),
}

export const mentionRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/mentions',
    summary: { zh: '提到我的评论', en: 'The newest comments that mention me, on records that I see' },
    access: 'signed-in',
    reply: z.object({
      /** Of all, up to 100. */
      unread: z.number(),
      mentions: z.array(
        z.object({
          commentId: z.uuid(),
          object: z.string(),
          recordId: z.uuid(),
          title: z.string().nullable(),
          text: z.string(),
          personName: z.string().nullable(),
          createdAt: moment,
          isRead: z.boolean(),
        }),
      ),
    }),
  }),
  read: defineRoute({
    method: 'POST',
    path: '/api/v1/mentions/read',
    summary: { zh: '把提到我的评论标为已读', en: 'Mark mentions of me as read: those of these comments, or all' },
    access: 'signed-in',
    body: z.strictObject({ comments: z.array(z.uuid()).max(200).optional() }),
  }),
}

export { commentPermissions } from './permissions.ts'
