import fc from 'fast-check'
import { pino } from 'pino'
import { AppError } from '#base/errors.ts'
import { addDays } from '#engine/calendar/day.ts'
import { sumOf } from '#engine/money/decimal.ts'
import { recordsAt } from '#features/attainment/server/changed-records.ts'
import { byReason, changedAt, readComparison, type Comparison } from '#features/attainment/server/changes.ts'
import { closePeriod, takeNight, treeAsShown } from '#features/attainment/server/index.ts'
import { moveUnit } from '#features/org/server/index.ts'
import { keepRate } from '#features/rates/server/keep-rate.ts'
import type { AttainmentNode } from '#features/targets/contract.ts'
import { attainmentTree, createPlan, movePlan } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { revalue } from '#platform/ledger/index.ts'
import { removeRecord } from '#platform/records/remove.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { creditAnew } from './credit-anew.ts'
import { movePerson, smallCompany, type SmallCompany } from './small-company.ts'
import type { TestDatabase } from './test-database.ts'

const people = ['甲', '乙', '丙', '丁'] as const
const teams = ['东一队', '东二队', '西一队'] as const

const day = fc.integer({ min: 0, max: 150 }).map((at) => addDays('2026-01-01', at))
const cents = fc.integer({ min: 1, max: 9_999_999 }).map((amount) => (amount / 100).toFixed(2))
const which = fc.nat({ max: 999 })
const who = fc.constantFrom(...people)

/** What may happen in a company after a quarter was closed. */
export const happening = fc.oneof(
  fc.record({
    kind: fc.constant('order' as const),
    day,
    who,
    amount: cents,
    currency: fc.constantFrom('CNY', 'USD'),
  }),
  fc.record({ kind: fc.constant('amount' as const), which, amount: cents }),
  fc.record({ kind: fc.constant('date' as const), which, day }),
  fc.record({ kind: fc.constant('status' as const), which, status: fc.constantFrom('confirmed', 'cancelled') }),
  fc.record({ kind: fc.constant('delete' as const), which }),
  fc.record({ kind: fc.constant('refund' as const), which, day, percent: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ kind: fc.constant('owner' as const), which, who }),
  fc.record({ kind: fc.constant('split' as const), which, who, other: who, percent: fc.integer({ min: 1, max: 99 }) }),
  fc.record({ kind: fc.constant('person' as const), who, to: fc.constantFrom(...teams), day }),
  fc.record({
    kind: fc.constant('unit' as const),
    team: fc.constantFrom(...teams),
    to: fc.constantFrom('东区', '西区'),
    day,
  }),
  fc.record({ kind: fc.constant('rate' as const), day, rate: fc.integer({ min: 60_000, max: 80_000 }) }),
  fc.record({ kind: fc.constant('night' as const) }),
)
export type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never

interface Order {
  readonly id: string
  readonly amount: string
  readonly currency: string
}

/** A company whose first quarter is closed, and what happens to it afterwards. */
export interface Walk {
  readonly company: SmallCompany
  /** The tree of the quarter as it was closed. */
  readonly closed: AttainmentNode
  /** Does it, and answers whether the product let it be done. */
  happen(what: Happening): Promise<boolean>
  /** The company as of its own today. */
  now(): Promise<Ctx>
  /** What does not hold, in words; empty when all does. */
  check(): Promise<readonly string[]>
}

const metric = 'sales_amount'
/** A level, of which other days count as time passes. */
const level = 'overdue_receivables'
const quarter = '2026-Q1'

export async function openWalk(database: Pick<TestDatabase, 'db'>, slug: string): Promise<Walk> {
  const company = await smallCompany(database, { slug })
  let today = '2026-04-02'
  const now = async (): Promise<Ctx> => {
    const found = await findCompany(database.db, { id: company.ctx.company.id })
    if (!found) throw new Error('the company is gone')
    return systemContext(
      { db: database.db, log: pino({ level: 'silent' }), now: () => new Date(`${today}T04:00:00Z`) },
      found,
    )
  }
  const orders: Order[] = []
  let made = 0
  const one = (name: string): string => company.people[name] ?? ''
  const order = async (on: string, name: string, amount: string, currency: string) => {
    made += 1
    const values = {
      code: `${slug}-${made}`,
      amount,
      currency,
      orderedOn: on,
      dueOn: addDays(on, 60),
      ownerId: one(name),
    }
    orders.push({
      id: (await createRecord(await now(), 'order', { ...values, status: 'confirmed' })).id,
      amount,
      currency,
    })
  }
  await keepRate(await now(), { currency: 'USD', from: '2025-01-01' }, '7.1')
  for (const [at, name] of people.entries()) {
    for (const month of ['01', '02', '03', '04']) {
      await order(`2026-${month}-1${at}`, name, `${1000 * (at + 1) + Number(month)}.37`, at === 1 ? 'USD' : 'CNY')
    }
  }
  for (const planned of [metric, level]) {
    const { plan } = await createPlan(await now(), {
      ...{ metric: planned, year: 2026, total: '1200000.07' },
      cascade: { method: 'equal', season: 'even', headsCarry: false, ramp: [] },
    })
    await movePlan(await now(), plan.id, { version: plan.version, act: 'publish' })
  }
  await takeNight(await now())
  today = '2026-04-10'
  await takeNight(await now())
  await closePeriod(await now(), { period: quarter })
  const shown = async () => treeAsShown(await now(), metric, { period: quarter, on: 'closing' })
  const closed = await shown()

  const change = async (id: string, values: Parameters<typeof createRecord>[2]) => {
    await updateRecord(await now(), 'order', id, { values })
    const at = orders.findIndex((known) => known.id === id)
    const known = orders[at]
    if (known && typeof values['amount'] === 'string') orders[at] = { ...known, amount: values['amount'] }
  }

  const act = async (what: Happening, { id, amount, currency }: Order): Promise<unknown> => {
    switch (what.kind) {
      case 'order':
        return order(what.day, what.who, what.amount, what.currency)
      case 'amount':
        return change(id, { amount: what.amount })
      case 'date':
        return change(id, { orderedOn: what.day })
      case 'status':
        return change(id, { status: what.status })
      case 'owner':
        return change(id, { ownerId: one(what.who) })
      case 'split':
        return change(id, { credits: halves(one(what.who), one(what.other), what.percent) })
      case 'delete':
        await removeRecord(await now(), 'order', id)
        return orders.splice(
          orders.findIndex((known) => known.id === id),
          1,
        )
      case 'refund': {
        const part = ((Number(amount) * what.percent) / 100).toFixed(2)
        const values = { order: id, amount: part, currency, refundedOn: what.day, ownerId: one('甲') }
        return createRecord(await now(), 'refund', values)
      }
      case 'person':
        await movePerson(await now(), one(what.who), company.units[what.to] ?? '', what.day)
        return creditAnew(await now(), [one(what.who)], '0001-01-01')
      case 'unit': {
        const to = { parentId: company.units[what.to] ?? '', from: what.day }
        return moveUnit(await now(), company.units[what.team] ?? '', to)
      }
      case 'rate':
        await keepRate(await now(), { currency: 'USD', from: what.day }, (what.rate / 10_000).toFixed(4))
        return revalue(await now(), { currency: 'USD', from: what.day, to: null })
      case 'night':
        today = addDays(today, 1)
        return takeNight(await now())
    }
  }

  const happen = async (what: Happening): Promise<boolean> => {
    const chosen = orders['which' in what ? what.which % Math.max(orders.length, 1) : 0]
    if (!chosen) return false
    try {
      await act(what, chosen)
      return true
    } catch (error) {
      // What the product refuses did not happen.
      if (error instanceof AppError) return false
      throw error
    }
  }

  const check = async (): Promise<readonly string[]> => {
    const faults: string[] = []
    if (figuresOf(await shown()) !== figuresOf(closed)) faults.push('the closed quarter is another one')
    for (const [key, period] of [
      [metric, quarter],
      [metric, '2026'],
      [level, '2026'],
    ] as const) {
      // prettier-ignore
      const ctx = await now()
      const live = await attainmentTree(ctx, key, { period })
      const then = await treeAsShown(ctx, key, { period, on: '2026-04-09' })
      const was = new Map(below(then).map((node) => [node.id, node.actual]))
      const units = below(live).filter(({ kind }) => kind === 'unit')
      // Read once for all of them: a request reads as much for each.
      const found = await inView(ctx, async (tx) => {
        const comparison = await readComparison(tx, ctx, key, { period, since: '2026-04-09' })
        return faultsOf(tx, comparison, { units, was })
      })
      faults.push(...found.map((fault) => `${key} ${period} ${fault}`))
    }
    return faults
  }
  return { company, closed, happen, now, check }
}

interface Shown {
  readonly units: readonly AttainmentNode[]
  /** What was shown at the nodes of then. */
  readonly was: ReadonlyMap<string, string | null>
}

/** Where what changed does not lead from the figure shown then to the one shown now, or to other records. */
async function faultsOf(tx: Tx, comparison: Comparison, { units, was }: Shown): Promise<readonly string[]> {
  const faults: string[] = []
  for (const { id, name, actual } of units) {
    const changed = changedAt(comparison, id)
    const { since, until, difference, parts } = byReason(changed)
    const shownThen = was.get(id)
    if (until.actual !== actual) faults.push(`${name}: now is ${until.actual}, not ${actual}`)
    if (shownThen !== undefined && since.actual !== shownThen) {
      faults.push(`${name}: then was ${since.actual}, not ${shownThen}`)
    }
    const sum = sumOf(parts.map((part) => part.amount))
    if (sum !== difference || sumOf([since.actual, sum]) !== until.actual) {
      faults.push(`${name}: parts make ${sum}, not ${difference}`)
    }
    for (const { reason, amount } of parts) {
      const opened = await recordsAt(tx, comparison.key.ctx, changed, { reason, skip: 0, limit: 200 })
      const shownSum = sumOf(opened.rows.map((row) => row.amount))
      if (opened.total !== amount || shownSum !== amount) {
        faults.push(`${name}: ${reason} is ${amount}, its records make ${shownSum}`)
      }
    }
  }
  return faults
}

function halves(one: string, other: string, percent: number) {
  if (one === other) return null
  return [
    { person: one, percent: String(percent) },
    { person: other, percent: String(100 - percent) },
  ]
}

const below = (node: AttainmentNode): readonly AttainmentNode[] => [node, ...node.children.flatMap(below)]

/** Every node with all its figures, as text. */
function figuresOf(tree: AttainmentNode): string {
  return JSON.stringify(
    below(tree).map(({ id, name, actual, target, expected, attainment, gap }) => [
      ...[id, name, actual, target, expected, attainment, gap],
    ]),
  )
}
