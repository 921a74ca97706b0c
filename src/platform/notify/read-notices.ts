import { inWords, type LabelParams } from '#base/label.ts'
import type { NoticeView } from '#engine/contract/notices.ts'
import { fieldOf } from '#engine/model/column.ts'
import { oneOf } from '#engine/query/filter.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { queryRecords } from '#platform/records/read.ts'
import { may } from '#platform/records/scope.ts'
import { mayBeTold, noticeKind, type NoticeKind } from './kinds.ts'
import { lastNumberOf, markNoticesRead, noticesBefore, noticesById, noticesSince, type Notice } from './notice-store.ts'

const pageSize = 30
/** Beyond it "many" is said. */
const mostCounted = 100
const portion = 100
const mostAtOnce = 200

interface Asked {
  readonly before?: number | undefined
  readonly unreadOnly?: boolean
}

/** A page of the actor's notices, newest first: those about what the actor may see now. */
export async function listNotices(
  ctx: Ctx,
  asked: Asked,
): Promise<{ readonly notices: readonly NoticeView[]; readonly hasMore: boolean }> {
  const notices: NoticeView[] = []
  for await (const notice of noticesSeen(ctx, asked)) {
    if (notices.length === pageSize) return { notices, hasMore: true }
    notices.push(notice)
  }
  return { notices, hasMore: false }
}

/** How many the actor has not read, up to 100. */
export async function countUnread(ctx: Ctx): Promise<number> {
  let count = 0
  for await (const _notice of noticesSeen(ctx, { unreadOnly: true })) {
    count += 1
    if (count === mostCounted) break
  }
  return count
}

/** The actor's notices after a number, oldest first, up to 200 at once; `last` is where to go on. */
export async function noticesAfter(
  ctx: Ctx,
  number: number,
): Promise<{ readonly notices: readonly NoticeView[]; readonly last: number; readonly hasMore: boolean }> {
  if (ctx.actor.personId === null) return { notices: [], last: number, hasMore: false }
  const some = await inView(ctx, (tx) => noticesSince(tx, ctx, number, mostAtOnce))
  const notices = await inReadersWords(ctx, some)
  return { notices, last: some.at(-1)?.number ?? number, hasMore: some.length === mostAtOnce }
}

/** The number of the actor's newest notice. */
export async function newestNumber(ctx: Ctx): Promise<number> {
  return ctx.actor.personId === null ? 0 : inView(ctx, (tx) => lastNumberOf(tx, ctx))
}

/** Notices of the actor by id, in words; those that the actor may not be told now are left out. */
export async function noticesInWords(ctx: Ctx, ids: readonly string[]): Promise<readonly NoticeView[]> {
  return inReadersWords(ctx, await inView(ctx, (tx) => noticesById(tx, ctx, ids)))
}

export async function readNotices(ctx: Ctx, ids: readonly string[] | undefined): Promise<void> {
  if (ctx.actor.personId !== null) await inStep(ctx, (step) => markNoticesRead(step, ids), { kind: 'notice.read' })
}

async function* noticesSeen(ctx: Ctx, asked: Asked): AsyncGenerator<NoticeView, void, void> {
  if (ctx.actor.personId === null) return
  const unreadOnly = asked.unreadOnly === true
  for (let { before } = asked; ;) {
    const page = await inView(ctx, (tx) => noticesBefore(tx, ctx, { before, unreadOnly, limit: portion }))
    yield* await inReadersWords(ctx, page)
    before = page.at(-1)?.number
    if (page.length < portion) return
  }
}

/**
 * Notices as the reader reads them, with the rights of now: records are called as the reader sees them, and what is
 * about one out of reach is left out.
 */
export async function inReadersWords(
  ctx: Ctx,
  notices: readonly Notice[],
  { inGroup = false }: { readonly inGroup?: boolean } = {},
): Promise<readonly NoticeView[]> {
  const told = notices.flatMap((notice) => {
    const kind = noticeKind(notice.kind)
    return kind && mayBeTold(ctx, kind) ? [{ notice, kind }] : []
  })
  const titles = await titlesOf(ctx, notices)
  const quotes = await quotesOf(ctx, told)
  return told.flatMap(({ notice, kind }) => {
    const title = notice.recordId === null ? '' : titles.get(`${notice.object} ${notice.recordId}`)
    const quote = kind.quote ? quotes.get(notice.id) : null
    if (title === undefined || quote === undefined) return []
    const { id, number, actorName, object, recordId, at, isRead } = notice
    return [
      {
        ...{ id, number, kind: kind.key, quote, actorName, object, recordId, at, isRead },
        text: textOf(ctx, inGroup ? groupWords(kind) : kind, notice, title),
        part: kind.part ?? null,
        page: recordId === null && kind.page ? filledPath(kind.page, notice.params) : null,
      },
    ]
  })
}

/** As it is said to many. */
const groupWords = ({ says, saysInGroup }: NoticeKind): Pick<NoticeKind, 'says' | 'saysMany'> => ({
  says: saysInGroup ?? says,
})

function textOf(ctx: Ctx, kind: Pick<NoticeKind, 'says' | 'saysMany'>, notice: Notice, title: string): string {
  const { language, company } = ctx
  const { params, object, count, actorName } = notice
  const known = object === null ? undefined : company.catalogue.find(object)
  const metric = company.metrics.find(String(params['metric']))
  const words: LabelParams = {
    ...params,
    actor: actorName ?? (language === 'zh' ? '系统' : 'Terrace'),
    title: title === '' ? '—' : title,
    n: count,
    ...(known ? { object: inWords(known.label, language), objects: inWords(known.labelOfMany, language) } : {}),
    ...(metric ? { metric: inWords(metric.label, language) } : {}),
  }
  return inWords(count > 1 && kind.saysMany ? kind.saysMany : kind.says, language, words)
}

const filledPath = (path: string, params: LabelParams) =>
  path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(String(params[name] ?? '')))

/** What records in reach are called, by object and key; nothing for those out of reach. */
async function titlesOf(ctx: Ctx, notices: readonly Notice[]): Promise<ReadonlyMap<string, string>> {
  const titles = new Map<string, string>()
  const about = notices.filter(({ recordId }) => recordId !== null)
  for (const [key, some] of Map.groupBy(about, ({ object }) => object ?? '')) {
    const object = ctx.company.catalogue.find(key)
    if (!object || !may(ctx, object, 'read')) continue
    const field = ctx.language === 'en' && object.titleEn ? object.titleEn : object.title
    const ids = [...new Set(some.flatMap(({ recordId }) => recordId ?? []))]
    for (let at = 0; at < ids.length; at += portion) {
      const filter = oneOf('id', ids.slice(at, at + portion))
      // Who may not read how records are called is told of them without their names.
      const fields = fieldOf(object, field) ? [field] : []
      const { rows } = await queryRecords(ctx, key, { filter, fields, limit: portion })
      for (const row of rows) titles.set(`${key} ${row.id}`, typeof row[field] === 'string' ? row[field] : '—')
    }
  }
  return titles
}

async function quotesOf(
  ctx: Ctx,
  told: readonly { readonly notice: Notice; readonly kind: NoticeKind }[],
): Promise<ReadonlyMap<string, string | null>> {
  const quotes = new Map<string, string | null>()
  for (const [kind, some] of Map.groupBy(told, (one) => one.kind)) {
    const found = await kind.quote?.(
      ctx,
      some.map(({ notice }) => notice),
    )
    for (const [id, quote] of found ?? []) quotes.set(id, quote)
  }
  return quotes
}
