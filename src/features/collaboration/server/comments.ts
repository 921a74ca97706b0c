import type { Ctx } from '#platform/db/ctx.ts'
import { isId, newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Step, type Tx } from '#platform/db/step.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { findRecord } from '#platform/records/read.ts'
import { mayAct, may, objectFor } from '#platform/records/scope.ts'
import type { CommentDraft } from '../contract.ts'
import { mentionedIn } from '../mentioned.ts'
import {
  activePeople,
  commentById,
  commentsOf,
  insertComment,
  setRemoved,
  writeMentions,
  writeText,
  type Comment,
  type Mentioned,
} from './comment-store.ts'
import { commentErrors } from './errors.ts'
import { moderate } from '../permissions.ts'

interface RecordPlace {
  readonly object: string
  readonly recordId: string
}

const portion = 30

/** The comments on a record in reach, newest first. */
export async function listComments(
  ctx: Ctx,
  place: RecordPlace,
  before: string | undefined,
): Promise<{ readonly comments: readonly Comment[]; readonly hasMore: boolean }> {
  const found = await inView(ctx, async (tx) => {
    await mustSee(tx, ctx, place)
    return commentsOf(tx, ctx, place, { before, limit: portion + 1 })
  })
  return { comments: found.slice(0, portion), hasMore: found.length > portion }
}

/** Whoever sees a record may say something about it. */
export async function writeComment(ctx: Ctx, place: RecordPlace, draft: CommentDraft): Promise<Comment> {
  return inStep(
    ctx,
    async (step) => {
      await mustSee(step.tx, ctx, place)
      const id = newId()
      const mentioned = await mentionedBy(step, draft, [])
      await insertComment(step, { id, ...place, text: draft.text })
      await writeMentions(step, id, mentioned)
      step.audit({
        object: 'comment',
        recordId: id,
        action: 'created',
        before: null,
        after: { ...place, text: draft.text },
      })
      step.tell({ name: 'comment.created', payload: { id, ...place } })
      tellMentioned(step, { id, ...place }, mentioned)
      return written(step, id)
    },
    { kind: 'comment.write' },
  )
}

/** Changes the words of an own comment; it shows from then on that it was edited. */
export async function changeComment(ctx: Ctx, id: string, draft: CommentDraft): Promise<Comment> {
  return inStep(
    ctx,
    async (step) => {
      const before = await commentInReach(step.tx, ctx, id)
      if (!isOwn(ctx, before)) throw commentErrors.COMMENT_NOT_YOURS()
      const mentioned = await mentionedBy(step, draft, before.mentions)
      if (draft.text !== before.text) {
        await writeText(step, id, draft.text)
        const change = { before: { text: before.text }, after: { text: draft.text } }
        step.audit({ object: 'comment', recordId: id, action: 'updated', ...change })
        step.tell({ name: 'comment.changed', payload: placeOf(before) })
      }
      await writeMentions(step, id, mentioned)
      const known = new Set(before.mentions.map((person) => person.id))
      tellMentioned(
        step,
        before,
        mentioned.filter((person) => !known.has(person.id)),
      )
      return written(step, id)
    },
    { kind: 'comment.change' },
  )
}

/** Takes a comment away: one's own, or as an administrator anybody's. */
export async function removeComment(ctx: Ctx, id: string): Promise<void> {
  await move(ctx, id, true)
}

/** Brings a comment back: who took it away, or an administrator. */
export async function restoreComment(ctx: Ctx, id: string): Promise<Comment> {
  return move(ctx, id, false)
}

async function move(ctx: Ctx, id: string, isRemoved: boolean): Promise<Comment> {
  return inStep(
    ctx,
    async (step) => {
      const comment = await commentInReach(step.tx, ctx, id, { removed: !isRemoved })
      if (isRemoved && !mayRemove(ctx, comment)) throw commentErrors.COMMENT_NOT_YOURS()
      if (!isRemoved && !mayRestore(ctx, comment)) throw commentErrors.COMMENT_TAKEN_AWAY()
      if (!(await setRemoved(step, id, isRemoved))) throw commentErrors.COMMENT_NOT_FOUND()
      const { text } = comment
      const change = isRemoved ? { before: { text }, after: null } : { before: null, after: { text } }
      step.audit({ object: 'comment', recordId: id, action: isRemoved ? 'deleted' : 'restored', ...change })
      step.tell({ name: isRemoved ? 'comment.removed' : 'comment.changed', payload: placeOf(comment) })
      return { ...comment, deletedAt: null, deletedBy: null }
    },
    { kind: isRemoved ? 'comment.remove' : 'comment.restore' },
  )
}

export const isOwn = (ctx: Ctx, { personId }: Comment): boolean => personId !== null && personId === ctx.actor.personId

export const mayRemove = (ctx: Ctx, comment: Comment): boolean => isOwn(ctx, comment) || mayAct(ctx, moderate)

/** What a moderator took away, its writer does not bring back. */
const mayRestore = (ctx: Ctx, { deletedBy }: Comment): boolean =>
  mayAct(ctx, moderate) || (deletedBy !== null && deletedBy === ctx.actor.personId)

export async function mustSee(tx: Tx, ctx: Ctx, { object: key, recordId }: RecordPlace): Promise<void> {
  const object = objectFor(ctx, key, 'read')
  if (!(await findRecord(tx, ctx, object, recordId))) throw recordErrors.RECORD_NOT_FOUND()
}

/** A comment on a record that the actor sees; COMMENT_NOT_FOUND otherwise, as for one that never was. */
async function commentInReach(tx: Tx, ctx: Ctx, id: string, { removed = false } = {}): Promise<Comment> {
  const comment = isId(id) ? await commentById(tx, ctx, id) : undefined
  const object = comment && ctx.company.catalogue.find(comment.object)
  const isSeen =
    comment &&
    object &&
    (comment.deletedAt !== null) === removed &&
    may(ctx, object, 'read') &&
    (await findRecord(tx, ctx, object, comment.recordId))
  if (!comment || !isSeen) throw commentErrors.COMMENT_NOT_FOUND()
  return comment
}

/**
 * Those whom a text mentions: of those who stood there already, by the name that it calls them, whatever became of them
 * since; of those who are added, who work here now. A draft that names nobody leaves those who stood there.
 */
async function mentionedBy(
  step: Step,
  { text, mentions }: CommentDraft,
  before: readonly Mentioned[],
): Promise<readonly Mentioned[]> {
  const kept = mentionedIn(
    text,
    before.filter(({ id }) => mentions?.includes(id) ?? true),
  )
  const others = (mentions ?? []).filter((id) => !kept.some((person) => person.id === id))
  const people = others.length > 0 ? await activePeople(step.tx, step.ctx, others) : []
  const known = new Set([...before, ...people].map(({ id }) => id))
  if (others.some((id) => !known.has(id))) {
    const label = { zh: '公司里没有这个人，或已离职', en: 'Nobody of the company, or somebody who left' }
    throw commentErrors.MENTION_INVALID({}, [{ field: 'mentions', code: 'person', label }])
  }
  return mentionedIn(text, [...kept, ...people])
}

function tellMentioned(step: Step, comment: Pick<Comment, 'id' | 'object' | 'recordId'>, people: readonly Mentioned[]) {
  for (const { id: personId } of people) {
    // Whoever mentions himself knows it.
    if (personId === step.ctx.actor.personId) continue
    step.tell({ name: 'comment.mentioned', payload: { ...placeOf(comment), personId } })
  }
}

const placeOf = ({ id, object, recordId }: Pick<Comment, 'id' | 'object' | 'recordId'>) => ({ id, object, recordId })

async function written({ tx, ctx }: Step, id: string): Promise<Comment> {
  const comment = await commentById(tx, ctx, id)
  if (!comment) throw commentErrors.COMMENT_NOT_FOUND()
  return comment
}
