import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { onEvent } from '#platform/events/handlers.ts'
import { notify, registerNotices, type Notice, type NoticeKind } from '#platform/notify/index.ts'
import { findRecord } from '#platform/records/read.ts'
import { talkPart } from '../contract.ts'
import { commentById } from './comment-store.ts'

const longestQuote = 300

const mentioned: NoticeKind = {
  key: 'comment.mentioned',
  group: 'talk',
  label: { zh: '有人在评论里提到我', en: 'Somebody mentions me in a comment' },
  says: { zh: '{actor} 在“{title}”提到您', en: '{actor} mentioned you on “{title}”' },
  saysInGroup: { zh: '{actor} 在“{title}”提到 {people}', en: '{actor} mentioned {people} on “{title}”' },
  part: talkPart,
  quote: quotesOf,
}

const commented: NoticeKind = {
  key: 'comment.written',
  group: 'talk',
  label: { zh: '有人评论我的记录', en: 'Somebody comments on a record of mine' },
  says: { zh: '{actor} 评论了您的{object}“{title}”', en: '{actor} commented on your {object} “{title}”' },
  saysInGroup: {
    zh: '{actor} 评论了{object}“{title}”（{people}）',
    en: '{actor} commented on {object} “{title}” ({people})',
  },
  part: talkPart,
  quote: quotesOf,
}

const written = z.object({ id: z.string(), object: z.string(), recordId: z.string() })
const mention = written.extend({ personId: z.string() })

/** Whoever is mentioned is told, and whose record somebody comments on. */
export function registerCommentNotices(): void {
  registerNotices(mentioned, commented)
  onEvent('comment.mentioned', async (step, { payload, personId: actorId }) => {
    const { id, object, recordId, personId } = mention.parse(payload)
    const about = { object, recordId }
    await notify(step, { kind: mentioned.key, to: [personId], key: id, params: { comment: id }, about, actorId })
  })
  onEvent('comment.created', async (step, { payload, personId: actorId }) => {
    const { id, object: key, recordId } = written.parse(payload)
    const comment = await commentById(step.tx, step.ctx, id)
    const object = step.ctx.company.wholeCatalogue.find(key)
    const record = object && (await findRecord(step.tx, step.ctx, object, recordId))
    const owner = record?.['ownerId']
    // Who is mentioned is told that.
    if (!comment || typeof owner !== 'string' || comment.mentions.some((one) => one.id === owner)) return
    const about = { object: key, recordId }
    await notify(step, { kind: commented.key, to: [owner], key: id, params: { comment: id }, about, actorId })
  })
}

/** What the comments say now; nothing of those that were deleted. */
async function quotesOf(ctx: Ctx, notices: readonly Notice[]): Promise<ReadonlyMap<string, string>> {
  const ids = notices.map(({ params }) => String(params['comment']))
  const { rows } = await inView(ctx, (tx) =>
    sql<{ id: string; text: string }>`
      select id, left(text, ${longestQuote}) as text from comment
      where company_id = ${ctx.company.id} and id = any(${ids}::uuid[]) and deleted_at is null`.execute(tx),
  )
  const texts = new Map(rows.map(({ id, text }) => [id, text]))
  return new Map(
    notices.flatMap(({ id, params }) => {
      const text = texts.get(String(params['comment']))
      return text === undefined ? [] : [[id, text] as const]
    }),
  )
}
