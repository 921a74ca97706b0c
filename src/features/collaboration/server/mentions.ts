import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { contextOfPerson } from '#platform/db/system.ts'
import { oneOf } from '#engine/query/filter.ts'
import { findRecord, queryRecords } from '#platform/records/read.ts'
import { may, objectFor } from '#platform/records/scope.ts'
import { sightOf } from '#platform/records/sight.ts'
import { activePeople, markRead, mentionsOf, type Mentioned, type MentionOfMe } from './comment-store.ts'
import { mustSee } from './comments.ts'

const mostShown = 50
/** Beyond it "many" is said. */
const mostCounted = 100
const portion = 100

/** A mention of me, with what the record is called. */
export interface ShownMention extends MentionOfMe {
  readonly title: string | null
}

/** The newest comments that mention the actor, on records that the actor sees, and how many are unread, up to 100. */
export async function mentionsOfMe(
  ctx: Ctx,
): Promise<{ readonly unread: number; readonly mentions: readonly ShownMention[] }> {
  const { personId } = ctx.actor
  if (personId === null) return { unread: 0, mentions: [] }
  const mentions: ShownMention[] = []
  let unread = 0
  for await (const mention of mentionsSeen(ctx, personId, () => mentions.length >= mostShown)) {
    if (mentions.length < mostShown) mentions.push(mention)
    if (!mention.isRead) unread += 1
    if (mentions.length >= mostShown && unread >= mostCounted) break
  }
  return { unread, mentions }
}

/** Mentions on records that the actor sees, newest first; once enough are shown, those that are unread alone. */
async function* mentionsSeen(
  ctx: Ctx,
  personId: string,
  isEnough: () => boolean,
): AsyncGenerator<ShownMention, void, void> {
  for (let before: string | undefined; ;) {
    const asked = { before, unreadOnly: isEnough(), limit: portion }
    const page = await inView(ctx, (tx) => mentionsOf(tx, ctx, personId, asked))
    yield* await withTitles(ctx, page)
    before = page.at(-1)?.commentId
    if (page.length < portion) return
  }
}

async function withTitles(ctx: Ctx, mentions: readonly MentionOfMe[]): Promise<readonly ShownMention[]> {
  const titles = new Map<string, string | null>()
  for (const [key, some] of Map.groupBy(mentions, ({ object }) => object)) {
    for (const [id, title] of await titlesSeen(ctx, key, some)) titles.set(id, title)
  }
  return mentions.flatMap((mention) => {
    const title = titles.get(mention.recordId)
    return title === undefined ? [] : [{ ...mention, title }]
  })
}

/** What the records of one object are called, those out of reach left out. */
async function titlesSeen(
  ctx: Ctx,
  key: string,
  mentions: readonly MentionOfMe[],
): Promise<readonly (readonly [string, string | null])[]> {
  const object = ctx.company.catalogue.find(key)
  if (!object || !may(ctx, object, 'read')) return []
  const title = ctx.language === 'en' && object.titleEn ? object.titleEn : object.title
  const ids = [...new Set(mentions.map(({ recordId }) => recordId))]
  const { rows } = await queryRecords(ctx, key, { filter: oneOf('id', ids), fields: [title], limit: portion })
  return rows.map((row) => [row.id, typeof row[title] === 'string' ? row[title] : null] as const)
}

export async function readMentions(ctx: Ctx, comments: readonly string[] | undefined): Promise<void> {
  const { personId } = ctx.actor
  if (personId !== null) await inStep(ctx, (step) => markRead(step, personId, comments), { kind: 'mention.read' })
}

/** Those of these people who cannot see a record: a mention would not reach them. */
export async function whoCannotSee(
  ctx: Ctx,
  place: { readonly object: string; readonly recordId: string },
  ids: readonly string[],
): Promise<readonly Mentioned[]> {
  const object = objectFor(ctx, place.object, 'read')
  const people = await inView(ctx, async (tx) => {
    await mustSee(tx, ctx, place)
    return activePeople(tx, ctx, ids)
  })
  const blind: Mentioned[] = []
  for (const person of people) {
    const theirs = await contextOfPerson(ctx, person.id)
    // Asked before the view is open, which would hold one connection and wait for another.
    if (theirs) await sightOf(theirs)
    const sees =
      theirs &&
      may(theirs, object, 'read') &&
      (await inView(theirs, (tx) => findRecord(tx, theirs, object, place.recordId)))
    if (!sees) blind.push(person)
  }
  return blind
}
