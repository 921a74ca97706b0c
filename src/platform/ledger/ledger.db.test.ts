import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import { rewriteCreditSpans } from '#features/org/server/credit-span-store.ts'
import { openOrg } from '#features/org/server/structure-store.ts'
import { findNode } from '#engine/metrics/find-node.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import { figureOf } from '#engine/metrics/metric.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { removeRecord } from '#platform/records/remove.ts'
import { restoreRecord } from '#platform/records/restore.ts'
import { creditAnew } from '#testing/credit-anew.ts'
import { movePerson, smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { readFigure, readRecordsBehind, readTree, rebuildLedger, standardMetrics, verifyLedger } from './index.ts'

const database = await testDatabase()
const year = { from: '2026-01-01', to: '2027-01-01' }
let company: SmallCompany

beforeAll(async () => {
  arrangeHouse()
  company = await smallCompany(database, { now: new Date('2026-12-15T04:00:00Z') })
})

async function figures(key: string, span = year): Promise<Record<string, string | null>> {
  const metric = standardMetrics().find(key)
  if (!metric) throw new Error(key)
  const { tree } = await inView(company.ctx, (tx) => readTree(tx, company.ctx, metric, span))
  const names = { ...invert(company.units), ...invert(company.people) }
  const found: Record<string, string | null> = {}
  const walk = (node: typeof tree, path: string) => {
    const name = names[node.personId ?? node.unitId ?? ''] ?? node.id
    const here = path === '' ? name : `${path}/${name}`
    found[here] = figureOf(metric, node.numerator, node.denominator)
    node.children.forEach((child) => walk(child, here))
  }
  walk(tree, '')
  return found
}

const invert = (record: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(record).map(([name, id]) => [id, name]))

const person = (name: string): string => company.people[name] ?? ''
const stage = (name: string): string => company.stages[name] ?? ''

describe('a figure over a span', () => {
  it('is the sum of the records of its days, in part of a month, in a year and across years', async () => {
    const days = ['2024-11-30', '2024-12-01', '2024-12-31', '2025-01-01', '2025-03-09', '2025-03-10', '2025-12-31', '2026-01-01', '2026-02-15', '2026-12-01'] // prettier-ignore
    // Each subset of them has another sum.
    const deals = days.map((closedOn, at) => ({ closedOn, amount: 2 ** at }))
    const made: string[] = []
    for (const { closedOn, amount } of deals) {
      const values = { name: closedOn, stage: stage('Won'), amount: String(amount), closedOn, ownerId: person('甲') }
      made.push((await createRecord(company.ctx, 'opportunity', values)).id)
    }
    for (const span of spansBetween(['2024-01-01', ...days.slice(1), '2027-01-01', '2028-05-20'])) {
      const inside = deals.filter(({ closedOn }) => closedOn >= span.from && closedOn < span.to)
      const sum = inside.reduce((total, { amount }) => total + amount, 0)
      const where = `${span.from} to ${span.to}`
      expect((await figures('signed_amount', span))['公司'], where).toBe(String(sum))
      expect((await figures('win_rate', span))['公司'], where).toBe(inside.length > 0 ? '1' : null)
      expect(await figure('signed_amount', span), where).toBe(String(sum))
    }
    for (const id of made) await removeRecord(company.ctx, 'opportunity', id)
  })
})

function spansBetween(days: readonly string[]): readonly { readonly from: string; readonly to: string }[] {
  return days.flatMap((from, at) => days.slice(at + 1).map((to) => ({ from, to })))
}

async function figure(key: string, span: { readonly from: string; readonly to: string }): Promise<string | null> {
  const metric = standardMetrics().find(key)
  if (!metric) throw new Error(key)
  return inView(company.ctx, (tx) => readFigure(tx, company.ctx, metric, null, span))
}

describe('what a won deal adds', () => {
  it('rolls up from the person to the company, and leaves again when the deal is lost', async () => {
    const deal = await createRecord(company.ctx, 'opportunity', {
      name: '收割机', stage: stage('Won'), amount: '1200.50', closedOn: '2026-03-05', ownerId: person('甲'),
    }) // prettier-ignore
    const won = await figures('signed_amount')
    expect(won['公司']).toBe('1200.5')
    expect(won['公司/东区/东一队/甲']).toBe('1200.5')
    expect(won['公司/西区']).toBe('0')
    expect((await figures('win_rate'))['公司/东区']).toBe('1')

    await updateRecord(company.ctx, 'opportunity', deal.id, { values: { stage: stage('Lost') } })
    expect((await figures('signed_amount'))['公司']).toBe('0')
    expect((await figures('win_rate'))['公司/东区']).toBe('0')
    await removeRecord(company.ctx, 'opportunity', deal.id)
    expect((await figures('win_rate'))['公司/东区']).toBeNull()
  })

  it('is shared to the last ten-thousandth when thirds share a deal', async () => {
    const deal = await createRecord(company.ctx, 'opportunity', {
      name: '联合', stage: stage('Won'), amount: '100', closedOn: '2026-03-05', ownerId: person('甲'),
      credits: [
        { person: person('甲'), percent: '33.3333' },
        { person: person('丙'), percent: '33.3333' },
        { person: person('丁'), percent: '33.3334' },
      ],
    }) // prettier-ignore
    const shared = await figures('signed_amount')
    expect(shared['公司']).toBe('100')
    expect(shared['公司/东区/东一队/甲']).toBe('33.3333')
    expect(shared['公司/西区/西一队/丁']).toBe('33.3334')
    expect((await figures('won_deals'))['公司']).toBe('1')
    await removeRecord(company.ctx, 'opportunity', deal.id)
  })

  it('stays where its owner stood on its day when she moves', async () => {
    const before = await createRecord(company.ctx, 'opportunity', {
      name: '搬家前', stage: stage('Won'), amount: '10', closedOn: '2026-03-31', ownerId: person('乙'),
    }) // prettier-ignore
    const after = await createRecord(company.ctx, 'opportunity', {
      name: '搬家后', stage: stage('Won'), amount: '7', closedOn: '2026-04-01', ownerId: person('乙'),
    }) // prettier-ignore
    await movePerson(company.ctx, person('乙'), company.units['西一队'] ?? '', '2026-04-01')
    await creditAnew(company.ctx, [person('乙')], '2026-04-01')
    const moved = await figures('signed_amount')
    expect(moved['公司/东区/东一队/乙']).toBe('10')
    expect(moved['公司/西区/西一队/乙']).toBe('7')
    expect(moved['公司']).toBe('17')
    expect((await figures('signed_amount', { from: '2026-01-01', to: '2026-04-01' }))['公司']).toBe('10')
    for (const { id } of [before, after]) await removeRecord(company.ctx, 'opportunity', id)
    expect(await verifyLedger(company.ctx)).toEqual([])
  })

  it('stands in the unassigned node when nobody owns it', async () => {
    const deal = await createRecord(company.ctx, 'opportunity', {
      name: '无主', stage: stage('Won'), amount: '5', closedOn: '2026-05-05', ownerId: null,
    }) // prettier-ignore
    const found = await figures('signed_amount')
    expect(found['公司']).toBe('5')
    expect(found['公司/unassigned']).toBe('5')
    await removeRecord(company.ctx, 'opportunity', deal.id)
  })
})

describe('a save during a change of the org', () => {
  it('waits for it, and is credited by the org that follows', async () => {
    const { ctx } = company
    const values = { name: '等', stage: stage('Won'), amount: '3', closedOn: '2026-05-05', ownerId: person('丙') }
    const deal = await createRecord(ctx, 'opportunity', values)
    const changed = Promise.withResolvers<undefined>()
    const mayEnd = Promise.withResolvers<undefined>()
    const moving = inStep(ctx, async (step) => {
      await openOrg(step)
      await sql`update assignment set unit_id = ${company.units['西一队']} where person_id = ${person('丙')}`.execute(
        step.tx,
      )
      await rewriteCreditSpans(step, [person('丙')])
      changed.resolve(undefined)
      await mayEnd.promise
    })
    await changed.promise
    const saving = updateRecord(ctx, 'opportunity', deal.id, { values: { amount: '4' } })
    await expect.poll(isSomebodyWaiting, { timeout: 10_000 }).toBe(true)
    mayEnd.resolve(undefined)
    await Promise.all([moving, saving])
    expect(await verifyLedger(ctx)).toEqual([])
    await removeRecord(ctx, 'opportunity', deal.id)
    await movePerson(ctx, person('丙'), company.units['东二队'] ?? '', '2020-01-01')
  })
})

async function isSomebodyWaiting(): Promise<boolean> {
  const { rows } = await sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
    database.owner,
  )
  return rows.length > 0
}

describe('the first order of an account', () => {
  it('makes one new customer, on the day of whichever order is the first now', async () => {
    const account = await createRecord(company.ctx, 'account', { name: '新客户' })
    const order = (code: string, orderedOn: string, ownerId: string) =>
      createRecord(company.ctx, 'order', { code, account: account.id, amount: '1', orderedOn, ownerId })
    const second = await order('N2', '2026-05-02', person('丁'))
    expect((await figures('new_customers'))['公司/西区']).toBe('1')
    const first = await order('N1', '2026-05-01', person('甲'))
    expect(await figures('new_customers')).toMatchObject({ 公司: '1', '公司/东区': '1', '公司/西区': '0' })
    await updateRecord(company.ctx, 'order', first.id, { values: { status: 'cancelled' } })
    expect(await figures('new_customers')).toMatchObject({ 公司: '1', '公司/西区': '1' })
    for (const { id } of [first, second]) await removeRecord(company.ctx, 'order', id)
    expect((await figures('new_customers'))['公司']).toBe('0')
    expect(await verifyLedger(company.ctx)).toEqual([])
  })
})

describe('orders of one account that come at once', () => {
  it('make one new customer, and none waits for another in a circle', async () => {
    const account = await createRecord(company.ctx, 'account', { name: '同时下单' })
    const orders = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        createRecord(company.ctx, 'order', {
          code: `S${at}`, account: account.id, amount: '1', orderedOn: `2026-05-0${8 - at}`, ownerId: person('甲'),
        }),
      ),
    ) // prettier-ignore
    expect((await figures('new_customers'))['公司']).toBe('1')
    await Promise.all(
      orders.map(({ id }, at) =>
        updateRecord(company.ctx, 'order', id, { values: { orderedOn: `2026-05-${10 + at}` } }),
      ),
    )
    expect((await figures('new_customers'))['公司']).toBe('1')
    expect(await verifyLedger(company.ctx)).toEqual([])
    for (const { id } of orders) await removeRecord(company.ctx, 'order', id)
  })
})

describe('the pipeline as a level', () => {
  it('holds what is open at the end of the period and moves with its owner', async () => {
    const deal = await createRecord(company.ctx, 'opportunity', {
      name: '在谈', stage: stage('Proposal'), amount: '50', engagedOn: '2026-02-01', ownerId: person('丙'),
    }) // prettier-ignore
    expect((await figures('pipeline_value', { from: '2026-02-01', to: '2026-03-01' }))['公司/东区']).toBe('50')
    expect((await figures('pipeline_value', { from: '2026-01-01', to: '2026-02-01' }))['公司']).toBe('0')
    await updateRecord(company.ctx, 'opportunity', deal.id, { values: { stage: stage('Won'), closedOn: '2026-03-10' } })
    expect((await figures('pipeline_value', { from: '2026-03-01', to: '2026-04-01' }))['公司']).toBe('0')
    expect((await figures('pipeline_value', { from: '2026-02-01', to: '2026-03-01' }))['公司']).toBe('50')
    await removeRecord(company.ctx, 'opportunity', deal.id)
  })
})

type Act =
  | { readonly act: 'create'; readonly object: 'opportunity' | 'order'; readonly owner: number; readonly cents: number; readonly day: number; readonly won: boolean; readonly split: boolean }
  | { readonly act: 'edit' | 'reassign' | 'split' | 'delete' | 'restore'; readonly at: number; readonly owner: number; readonly cents: number }
  | { readonly act: 'move'; readonly owner: number; readonly unit: number; readonly day: number } // prettier-ignore

const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('create' as const), object: fc.constantFrom('opportunity' as const, 'order' as const), owner: fc.nat(3), cents: fc.nat(1_000_000), day: fc.nat(300), won: fc.boolean(), split: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ act: fc.constantFrom('edit' as const, 'reassign' as const, 'split' as const, 'delete' as const, 'restore' as const), at: fc.nat(50), owner: fc.nat(3), cents: fc.nat(1_000_000) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('move' as const), owner: fc.nat(3), unit: fc.nat(2), day: fc.nat(300) }) },
) // prettier-ignore

const dayOf = (number: number): string => new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10)

describe('after any sequence of acts', () => {
  it(
    'the ledger is what direct SQL over the records says, and opens to records of that sum',
    { timeout: 240_000 },
    async () => {
      for (const name of ['客户一', '客户二']) accounts.push((await createRecord(company.ctx, 'account', { name })).id)
      await fc.assert(
        fc.asyncProperty(fc.array(acts, { minLength: 5, maxLength: 25 }), async (sequence) => {
          const made: { id: string; object: string; deleted: boolean }[] = []
          for (const one of sequence) await perform(one, made)
          expect(await verifyLedger(company.ctx)).toEqual([])
          await compareWithSql()
          await compareNodes('signed_amount')
          await compareNodes('win_rate')
          await compareNodes('new_customers')
          await compareNodes('pipeline_value')
          for (const one of made) if (!one.deleted) await removeRecord(company.ctx, one.object, one.id)
        }),
        { numRuns: 25 },
      )
    },
  )

  it('a rebuild changes nothing', async () => {
    const values = { name: '重算', stage: stage('Won'), amount: '8.25', closedOn: '2026-03-31', ownerId: person('丁') }
    const deal = await createRecord(company.ctx, 'opportunity', values)
    const before = await figures('signed_amount')
    await rebuildLedger(company.ctx)
    expect(await figures('signed_amount')).toEqual(before)
    expect(before['公司']).toBe('8.25')
    expect(await verifyLedger(company.ctx)).toEqual([])
    await removeRecord(company.ctx, 'opportunity', deal.id)
  })
})

let codes = 0
/** Random orders fall on two accounts, or on none. */
const accounts: string[] = []

async function perform(one: Act, made: { id: string; object: string; deleted: boolean }[]): Promise<void> {
  const names = Object.values(company.people)
  const owner = names[one.owner] ?? ''
  if (one.act === 'move') {
    const unit = ['东一队', '东二队', '西一队'][one.unit] ?? ''
    await movePerson(company.ctx, owner, company.units[unit] ?? '', dayOf(one.day))
    await creditAnew(company.ctx, [owner], dayOf(one.day))
    return
  }
  if (one.act === 'create') {
    const amount = (one.cents / 100).toFixed(2)
    const common = { amount, ownerId: owner, ...(one.split ? { credits: halves(owner) } : {}) }
    const values =
      one.object === 'order'
        ? { ...common, code: `P${++codes}`, orderedOn: dayOf(one.day), account: accounts[one.cents % 3] ?? null }
        : {
            ...common,
            name: '随机',
            stage: stage(one.won ? 'Won' : 'Lost'),
            engagedOn: '2026-01-01',
            closedOn: dayOf(one.day),
          }
    made.push({ id: (await createRecord(company.ctx, one.object, values)).id, object: one.object, deleted: false })
    return
  }
  const target = made[one.at % Math.max(made.length, 1)]
  if (!target) return
  if (one.act === 'restore') {
    if (target.deleted) await restoreRecord(company.ctx, target.object, target.id)
    target.deleted = false
  } else if (target.deleted) {
    return
  } else if (one.act === 'delete') {
    await removeRecord(company.ctx, target.object, target.id)
    target.deleted = true
  } else {
    const values =
      one.act === 'edit'
        ? { amount: (one.cents / 100).toFixed(2) }
        : one.act === 'split'
          ? { credits: halves(owner) }
          : { ownerId: owner, credits: null }
    await updateRecord(company.ctx, target.object, target.id, { values })
  }
}

function halves(owner: string) {
  const other = Object.values(company.people).find((id) => id !== owner) ?? ''
  return [
    { person: owner, percent: '33.3333' },
    { person: other, percent: '66.6667' },
  ]
}

/** The same figure straight from the tables, as somebody would write it who has never heard of the ledger. */
async function compareWithSql(): Promise<void> {
  const metric = standardMetrics().find('signed_amount')
  if (!metric) throw new Error('signed_amount')
  await inView(company.ctx, async (tx) => {
    const read = await readTree(tx, company.ctx, metric, year)
    const { rows } = await sql<{ sum: string | null; count: string }>`
      select trim_scale(coalesce(sum(amount), 0))::text as sum, count(*) as count from opportunity
      where status = 'won' and deleted_at is null and closed_on >= '2026-01-01' and closed_on < '2027-01-01'`.execute(
      tx,
    )
    expect(figureOf(metric, read.tree.numerator, 0n)).toBe(rows[0]?.sum)
    for (const unit of ['东区', '西一队']) {
      const node = findNode(read.tree, company.units[unit] ?? '')
      if (!node) continue
      const behind = await readRecordsBehind(tx, company.ctx, metric, read, node, { limit: 200 })
      expect(behind.total).toBe(figureOf(metric, node.numerator, 0n))
    }
  })
}

/** A figure read alone is the one that the tree shows, at every node. */
async function compareNodes(key: string): Promise<void> {
  const metric = standardMetrics().find(key)
  if (!metric) throw new Error(key)
  await inView(company.ctx, async (tx) => {
    for (const span of [year, { from: '2026-04-01', to: '2026-07-01' }]) {
      const { tree } = await readTree(tx, company.ctx, metric, span)
      for (const node of nodesOf(tree)) {
        const alone = await readFigure(tx, company.ctx, metric, node.id, span)
        expect(alone, node.id).toBe(figureOf(metric, node.numerator, node.denominator))
      }
      expect(await readFigure(tx, company.ctx, metric, 'nowhere', span)).toBeNull()
      expect(await readFigure(tx, company.ctx, metric, 'unassigned.nobody', span)).toBeNull()
    }
  })
}

const nodesOf = (node: TierNode): readonly TierNode[] => [node, ...node.children.flatMap(nodesOf)]
