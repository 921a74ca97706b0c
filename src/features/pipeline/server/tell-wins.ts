import { sql } from 'kysely'
import { headsOf } from '#features/org/server/index.ts'
import type { Step } from '#platform/db/step.ts'
import { onEvents, type ToldEvent } from '#platform/events/handlers.ts'
import { notify, registerNotices, type NoticeKind } from '#platform/notify/index.ts'

const won: NoticeKind = {
  key: 'deal.won',
  group: 'targets',
  label: { zh: '我的团队赢得商机', en: 'My team wins a deal' },
  says: { zh: '{owner} 赢得商机“{title}”', en: '{owner} won the deal “{title}”' },
  saysMany: { zh: '您的团队赢得 {n} 个商机', en: 'Your team won {n} deals' },
  saysInGroup: { zh: '🎉 {owner} 赢得商机“{title}”', en: '🎉 {owner} won the deal “{title}”' },
  ways: { robot: true },
  page: '/pipeline',
}

/** Whoever leads a person is told of the deals that the person wins. */
export function registerWinNotices(): void {
  registerNotices(won)
  onEvents(tellWins)
}

async function tellWins(step: Step, events: readonly ToldEvent[]): Promise<void> {
  const moved = new Map(events.flatMap((event) => (isMoved(event) ? [[String(event.payload['id']), event]] : [])))
  if (moved.size === 0) return
  const wins = await winsAmong(step, [...moved.keys()])
  const heads = await headsOf(step, [...new Set(wins.map(({ ownerId }) => ownerId))])
  const acts = Map.groupBy(wins, ({ id, ownerId }) => `${moved.get(id)?.operationId} ${heads.get(ownerId) ?? ''}`)
  for (const [act, some] of acts) {
    const [first] = some
    const head = first && heads.get(first.ownerId)
    if (!first || !head) continue
    await notify(step, {
      kind: won.key,
      to: [head],
      key: act,
      params: { owner: first.ownerName },
      about: { object: 'opportunity', ...(some.length === 1 ? { recordId: first.id } : {}) },
      actorId: moved.get(first.id)?.personId ?? null,
      count: some.length,
    })
  }
}

/** By somebody: what the system itself writes is no news. */
function isMoved({ name, payload, personId }: ToldEvent): boolean {
  const { id, fields } = payload
  const isDeal = name === 'opportunity.updated' || name === 'opportunity.created'
  return isDeal && personId !== null && typeof id === 'string' && Array.isArray(fields) && fields.includes('status')
}

interface Win {
  readonly id: string
  readonly ownerId: string
  readonly ownerName: string
}

async function winsAmong({ tx, ctx }: Step, ids: readonly string[]): Promise<readonly Win[]> {
  const { rows } = await sql<Win>`
    select o.id, o.owner_id as "ownerId", p.name as "ownerName" from opportunity o
    join person p on p.company_id = o.company_id and p.id = o.owner_id
    where o.company_id = ${ctx.company.id} and o.id = any(${ids}::uuid[]) and o.status = 'won' and o.deleted_at is null
    order by o.id`.execute(tx)
  return rows
}
