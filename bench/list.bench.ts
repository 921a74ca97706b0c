import { sql, type RawBuilder } from 'kysely'
import { all, eq, type Filter } from '#engine/query/filter.ts'
import type { SortKey } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { orgView } from '#platform/records/reach.ts'
import { queryRecords } from '#platform/records/read.ts'
import { figure, type Figure, type Setting } from './figure.ts'
import { percentile, timeOf, timesInTurn } from './measure.ts'

interface Case {
  readonly name: string
  readonly filter: Filter
  readonly sort: SortKey
  /** The filter and the order as somebody writes them by hand. */
  readonly where: RawBuilder<unknown>
  readonly orderBy: RawBuilder<unknown>
}

const cases: readonly Case[] = [
  {
    name: 'by name (pinyin), one trade',
    filter: eq('industry', '医药'),
    sort: { field: 'name' },
    where: sql`a.industry = '医药'`,
    orderBy: sql`a.name collate "zh-x-icu", a.id`,
  },
  {
    name: 'by last change, one province',
    filter: eq('province', '杭州'),
    sort: { field: 'updatedAt', descending: true },
    where: sql`a.province = '杭州'`,
    orderBy: sql`a.updated_at desc, a.id desc`,
  },
  {
    name: 'by turnover, one trade and province',
    filter: all(eq('industry', '软件'), eq('province', '成都')),
    sort: { field: 'annualRevenue', descending: true },
    where: sql`a.industry = '软件' and a.province = '成都'`,
    orderBy: sql`a.annual_revenue_rank desc, a.id desc`,
  },
]

const fields = ['name', 'industry', 'province', 'city', 'annualRevenue', 'ownerId']

/** Fifty of a million accounts under a manager of 300 people, through the query engine and by hand. */
export async function bench({ seeded }: Setting): Promise<readonly Figure[]> {
  const { manager, accounts } = await seeded()
  await accounts()
  const figures: Figure[] = []
  for (const one of cases) figures.push(...(await compare(manager, one)))
  figures.push(await atTenConnections(manager))
  return figures
}

async function compare(manager: Ctx, one: Case): Promise<readonly Figure[]> {
  await mustAgree(manager, one)
  const times = await timesInTurn(
    { rounds: 100 },
    { engine: () => throughEngine(manager, one), hand: () => byHand(manager, one) },
  )
  const ratio = percentile(times.engine, 0.5) / percentile(times.hand, 0.5)
  return [
    figure(`list ${one.name}: p50`, percentile(times.engine, 0.5), 'ms'),
    figure(`list ${one.name}: p99`, percentile(times.engine, 0.99), 'ms'),
    figure(`list ${one.name}: hand-written SQL, p50`, percentile(times.hand, 0.5), 'ms'),
    figure(`list ${one.name}: engine ÷ hand, p50`, ratio, '×', { atMost: 1.5 }),
  ]
}

function throughEngine(ctx: Ctx, { filter, sort }: Case) {
  return queryRecords(ctx, 'account', { filter, sort: [sort], fields, limit: 50 })
}

/** The same rows in one statement, in the same kind of transaction: a read-only snapshot in the company. */
async function byHand(ctx: Ctx, { where, orderBy }: Case): Promise<readonly { readonly id: string }[]> {
  const people = await orgView().reach(ctx)
  return inView(ctx, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select a.id, a.version, a.created_at, a.updated_at, a.name, a.industry, a.province, a.city, a.annual_revenue, a.owner_id,
        (select p.name from person p where p.company_id = a.company_id and p.id = a.owner_id) as owner_name
      from account a
      where a.company_id = ${ctx.company.id} and a.deleted_at is null and a.owner_id = any(${people}::uuid[]) and ${where}
      order by ${orderBy} limit 50`.execute(tx)
    return rows
  })
}

async function mustAgree(ctx: Ctx, one: Case): Promise<void> {
  const { rows } = await throughEngine(ctx, one)
  const expected = await byHand(ctx, one)
  const same = rows.length === expected.length && rows.every(({ id }, place) => id === expected[place]?.id)
  if (!same || rows.length === 0) throw new Error(`${one.name}: the engine and the hand-written SQL differ`)
}

/** Ten people who page through lists at once, as fast as they can. */
async function atTenConnections(ctx: Ctx): Promise<Figure> {
  const times: number[] = []
  const browse = async (person: number) => {
    for (let round = 0; round < 30; round += 1) {
      const one = cases[(person + round) % cases.length]
      if (one) times.push(await timeOf(() => throughEngine(ctx, one)))
    }
  }
  await Promise.all(Array.from({ length: 10 }, (_, person) => browse(person)))
  return figure(
    'list at 10 connections: p99',
    percentile(
      times.sort((a, b) => a - b),
      0.99,
    ),
    'ms',
    { atMost: 60 },
  )
}
