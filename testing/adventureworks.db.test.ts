import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trimZeros, sumOf } from '#engine/money/decimal.ts'
import { importSetSchema } from '#engine/transfer/mapping.ts'
import { shapeFor } from '#app/shape-for-set.ts'
import { createCompany } from '#features/org/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { systemContext } from '#platform/db/system.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { keepFilesIn, prepareSet, runSet, storeFile } from '#platform/transfer/index.ts'
import { realData } from './real-data.ts'
import { testApp, type TestClient } from './test-app.ts'

const work = mkdtempSync(join(tmpdir(), 'terrace-adventure-'))
afterAll(() => rmSync(work, { recursive: true }))
const { database, as } = await testApp()
keepFilesIn(work)

const folder = realData('adventureworks')

interface Figure {
  readonly sales: string
  readonly quota: string
}

/** Lines of a file by their column names; the files that this reads have no quoted commas. */
function linesOf(name: string): readonly Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(join(folder ?? '', name), 'utf8')
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at], cell])))
}

describe.skipIf(!folder)('the sales force of a bicycle maker', () => {
  if (!folder) return it('needs the files', () => undefined)
  const facts = JSON.parse(readFileSync(join(folder, 'facts.json'), 'utf8'))
  const windows: readonly string[] = facts.quota_windows
  const periods = [2011, 2012, 2013].flatMap((year) => [1, 2, 3, 4].map((at) => `${year}-M0${at}`))
  let ctx: Ctx
  let office: TestClient
  let runs: readonly { object: string; state: string; created: number; skipped: number; rejected: number }[]

  beforeAll(async () => {
    const set = importSetSchema.parse(JSON.parse(readFileSync('testing/real-data/adventureworks.json', 'utf8')))
    const house = { db: database.db, log: pino({ level: 'silent' }) }
    const admin = { name: 'Office', identifier: 'office@adventure.example', password: 'bicycles go uphill 7' }
    const made = await createCompany(house, {
      name: 'AdventureWorks',
      slug: 'aw',
      currency: 'USD',
      language: 'en',
      admin,
    })
    ctx = await shapeFor(systemContext(house, made.company), set)
    office = as({ companyId: made.company.id, personId: made.admin?.personId ?? '' })
    const files: Record<string, string> = {}
    for (const { file } of set.steps) {
      files[file] ??= (await storeFile(ctx, file.replace('/', '-'), createReadStream(join(folder, file)))).id
    }
    runs = (await runSet(ctx, await prepareSet(ctx, { set, files }))).map((run) => run)
  }, 240_000)

  /** Actual and target of every node of the tree in a period, by name; a person's own where she also heads a unit. */
  async function figuresIn(period: string): Promise<ReadonlyMap<string, Figure>> {
    const answer = await office.get(`/metrics/sales_amount/tree?period=${period}`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const found = new Map<string, Figure>()
    const walk = (node: any): void => {
      const figure = { sales: trimZeros(node.actual ?? '0'), quota: trimZeros(node.target ?? '0') }
      found.set(node.kind === 'person' ? node.name : `unit ${node.name}`, figure)
      node.children.forEach(walk)
    }
    walk(answer.body)
    return found
  }

  const quotas = linesOf('oltp/SalesPersonQuotaHistory.csv')
  const orders = linesOf('oltp/SalesOrderHeader.csv').filter((order) => order['SalesPersonID'])
  const windowOf = (day = '') => windows.findLast((from) => from <= day.slice(0, 10))

  /** By the rule of the facts, from the files themselves. */
  function expected(people: readonly string[], window: string): Figure {
    const sales = orders.filter(
      (one) => people.includes(one['SalesPersonID'] ?? '') && windowOf(one['OrderDate']) === window,
    )
    const quota = quotas.filter(
      (one) => people.includes(one['BusinessEntityID'] ?? '') && windowOf(one['QuotaDate']) === window,
    )
    return {
      sales: trimZeros(sumOf(sales.map((one) => one['SubTotal'] ?? ''))),
      quota: trimZeros(sumOf(quota.map((one) => one['SalesQuota'] ?? ''))),
    }
  }

  const people: readonly [string, any][] = Object.entries(facts.by_salesperson)
  const reportsOf = (manager: string) =>
    people.flatMap(([id, one]) => (one.name === manager || one.manager === manager ? [id] : []))

  it('comes in by its description alone', () => {
    const whole = { state: 'done', rejected: 0 }
    expect(runs.map(({ object, state, created, rejected }) => ({ object, state, created, rejected }))).toEqual([
      { object: 'org', created: people.length + 1, ...whole },
      { object: 'territory__c', created: facts.counts.territories, ...whole },
      { object: 'account', created: 1336, ...whole },
      { object: 'order', created: facts.counts.orders_with_salesperson, ...whole },
      { object: 'target', created: facts.counts.quota_rows, ...whole },
    ])
  })

  it('stands under its managers as they are known', async () => {
    const managers = new Map<string, string | null>()
    const walk = (node: any, heads: readonly string[]): void => {
      const above = node.headName ? [node.headName, ...heads] : heads
      if (node.kind === 'person') managers.set(node.name, heads.find((head) => head !== node.name) ?? null)
      node.children.forEach((child: any) => walk(child, above))
    }
    walk((await office.get('/metrics/sales_amount/tree?period=2013')).body, [])
    expect(people.map(([, { name }]) => [name, managers.get(name)])).toEqual(
      people.map(([, { name, manager }]) => [name, manager]),
    )
  })

  it('has the quotas and sales of every person, manager and the whole in every window, to the cent', async () => {
    const sums = new Map<string, { sales: string[]; quota: string[]; met: number }>()
    for (const [at, period] of periods.entries()) {
      const window = windows[at] ?? ''
      const found = await figuresIn(period)
      for (const [id, one] of people) {
        const figure = found.get(one.name) ?? { sales: '0', quota: '0' }
        expect({ who: one.name, window, ...figure }).toEqual({ who: one.name, window, ...expected([id], window) })
        const sum = sums.get(id) ?? { sales: [], quota: [], met: 0 }
        sums.set(id, {
          sales: [...sum.sales, figure.sales],
          quota: [...sum.quota, figure.quota],
          met: sum.met + (figure.quota !== '0' && Number(figure.sales) >= Number(figure.quota) ? 1 : 0),
        })
      }
      for (const [unit, manager] of managers) {
        expect({ unit, window, ...found.get(`unit ${unit}`) }).toEqual({
          unit,
          window,
          ...expected(reportsOf(manager), window),
        })
      }
      const whole = facts.by_window[window]
      expect({ window, ...found.get('unit Sales') }).toEqual({
        window,
        sales: trimZeros(whole.sales),
        quota: trimZeros(whole.quota),
      })
    }
    for (const [id, one] of people) {
      const { sales = [], quota = [], met } = sums.get(id) ?? {}
      const [total, due] = [sumOf(sales), sumOf(quota)]
      expect([one.name, trimZeros(total), trimZeros(due), met]).toEqual([
        one.name,
        trimZeros(one.total_sales),
        trimZeros(one.total_quota),
        one.quarters_quota_met,
      ])
      expect(Number(total) / Number(due)).toBeCloseTo(one.overall_attainment, 6)
    }
  }, 120_000)

  const managers = [
    ['North America', 'Stephen Jiang'],
    ['Europe', 'Amy Alberts'],
    ['Pacific', 'Syed Abbas'],
  ] as const

  it('sells in every territory what is known, by the territory of the order', async () => {
    const answer = await office.post('/records/order/totals', { sum: ['amount'], groupBy: 'territory__c' })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const byName = Object.fromEntries(answer.body.groups.map((one: any) => [one.name, trimZeros(one.sums.amount)]))
    const known = Object.entries<any>(facts.by_territory).map(([name, one]) => [name, trimZeros(one.salesperson_sales)])
    expect(byName).toEqual(Object.fromEntries(known))
    expect(trimZeros(answer.body.sums.amount)).toBe(trimZeros(facts.totals.subtotal_salespeople))
  })

  it('keeps a ledger that agrees with its records', async () => {
    expect(await verifyLedger(ctx)).toEqual([])
  })
})
