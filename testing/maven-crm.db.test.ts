import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '#engine/money/decimal.ts'
import { importSetSchema } from '#engine/transfer/mapping.ts'
import { arrangeHouse } from '#app/arrange.ts'
import { createCompany } from '#features/org/server/index.ts'
import { attainmentTree, createPlan, movePlan, showPlan } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { systemContext } from '#platform/db/system.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { keepFilesIn, prepareSet, runSet, storeFile } from '#platform/transfer/index.ts'
import { realData } from './real-data.ts'
import { testDatabase } from './test-database.ts'

interface Group {
  readonly opportunities: number
  readonly won: number
  readonly lost: number
  readonly won_value: number
}

interface Facts {
  readonly org: {
    readonly managers: Record<string, { readonly region: readonly string[]; readonly agents: readonly string[] }>
  }
  readonly overall: Group
  readonly by_region: Record<string, Group>
  readonly by_manager: Record<string, Group>
  readonly by_product: Record<string, Group>
}

const folder = realData('maven-crm')

describe.skipIf(!folder)('the extract of a hardware seller, imported into an empty company', async () => {
  // The body of a skipped suite runs all the same.
  if (!folder) return it('needs the files', () => undefined)
  const work = mkdtempSync(join(tmpdir(), 'terrace-maven-'))
  afterAll(() => rmSync(work, { recursive: true }))
  const facts = JSON.parse(readFileSync(join(folder ?? '', 'facts.json'), 'utf8')) as Facts
  const set = importSetSchema.parse(JSON.parse(readFileSync('testing/real-data/maven-crm.json', 'utf8')))
  const database = folder ? await testDatabase() : undefined
  let ctx: Ctx

  async function importAll() {
    const files: Record<string, string> = {}
    for (const { file } of set.steps)
      files[file] = (await storeFile(ctx, file, createReadStream(join(folder ?? '', file)))).id
    const runs = await runSet(ctx, await prepareSet(ctx, { set, files }))
    return runs.map(({ object, state, created, updated, unchanged, rejected }) => ({
      object,
      state,
      created,
      updated,
      unchanged,
      rejected,
    }))
  }

  const rowsOf = async <T>(query: ReturnType<typeof sql<T>>): Promise<readonly T[]> =>
    inView(ctx, async (tx) => (await query.execute(tx)).rows)

  beforeAll(async () => {
    if (!database) return
    arrangeHouse()
    keepFilesIn(work)
    const house = { db: database.db, log: pino({ level: 'silent' }) }
    const { company } = await createCompany(house, { name: 'Maven', slug: 'maven', currency: 'USD', language: 'en' })
    ctx = systemContext(house, company)
  })

  it('takes every row of the four files', async () => {
    const whole = { state: 'done', updated: 0, unchanged: 0, rejected: 0 }
    expect(await importAll()).toEqual([
      { object: 'org', created: 35, ...whole },
      { object: 'product', created: 7, ...whole },
      { object: 'account', created: 85, ...whole },
      { object: 'opportunity', created: 8800, ...whole },
    ])
  }, 120_000)

  it('builds company, regions, teams and agents; each manager heads the team and stands in it', async () => {
    const teams = await rowsOf(sql<{ region: string; team: string; head: string; people: readonly string[] }>`
      select r.name as region, u.name as team, h.name as head,
        (select array_agg(p.name order by p.name) from assignment a join person p on p.id = a.person_id where a.unit_id = u.id) as people
      from unit u join person h on h.id = u.head_id
      join unit_parent up on up.unit_id = u.id join unit r on r.id = up.parent_id
      join unit_parent rp on rp.unit_id = r.id join unit top on top.id = rp.parent_id and top.name = 'Maven'
      order by h.name`)
    const expected = Object.entries(facts.org.managers).map(([head, { region, agents }]) => ({
      region: region[0],
      team: `${head}'s team`,
      head,
      people: [head, ...agents].sort(),
    }))
    expect(teams).toEqual(expected.sort((left, right) => (left.head < right.head ? -1 : 1)))
  })

  it('keeps what is honest: deals without an account, parents that come later, spellings put right', async () => {
    const [counts] = await rowsOf(sql<Record<string, string>>`
      select count(*) filter (where account_id is null) as "noAccount",
        count(*) filter (where account_id is null and status <> 'open') as "closedWithout",
        count(*) filter (where owner_id is null) as "noOwner",
        (select count(*) from account where parent_id is not null) as subsidiaries,
        (select count(*) from account where industry = 'technology') as technology,
        (select count(*) from account where industry = 'technolgy') as technolgy,
        (select count(*) from opportunity o join product p on p.id = o.product_id where p.name = 'GTX Pro') as "gtxPro"
      from opportunity`)
    expect(counts).toEqual({
      noAccount: '1425',
      closedWithout: '0',
      noOwner: '0',
      subsidiaries: '15',
      technology: '12',
      technolgy: '0',
      gtxPro: '1480',
    })
  })

  it('agrees with the facts for the company, every region, manager and product', async () => {
    const groupsBy = async (name: string, from: ReturnType<typeof sql>) => {
      const rows = await rowsOf(sql<Record<string, string>>`
        select ${sql.raw(name)} as name, count(*) as opportunities, count(*) filter (where o.status = 'won') as won,
          count(*) filter (where o.status = 'lost') as lost,
          trim_scale(coalesce(sum(o.amount) filter (where o.status = 'won'), 0)) as won_value
        from opportunity o join product pr on pr.id = o.product_id
        join assignment a on a.person_id = o.owner_id join unit u on u.id = a.unit_id
        join person h on h.id = u.head_id join unit_parent up on up.unit_id = u.id join unit r on r.id = up.parent_id
        ${from} group by 1`)
      return Object.fromEntries(
        rows.map(({ name: key, ...group }) => [
          String(key),
          Object.fromEntries(Object.entries(group).map(([field, value]) => [field, Number(value)])),
        ]),
      )
    }
    const pick = (groups: Record<string, Group>) =>
      Object.fromEntries(
        Object.entries(groups).map(([key, { opportunities, won, lost, won_value }]) => [
          key,
          { opportunities, won, lost, won_value },
        ]),
      )
    const nothing = sql``
    expect(await groupsBy("'all'", nothing)).toEqual(pick({ all: facts.overall }))
    expect(await groupsBy('r.name', nothing)).toEqual(pick(facts.by_region))
    expect(await groupsBy('h.name', nothing)).toEqual(pick(facts.by_manager))
    expect(await groupsBy('pr.name', nothing)).toEqual(pick(facts.by_product))
  })

  it('leaves a ledger that agrees with the records', async () => {
    expect(await verifyLedger(ctx)).toEqual([])
  }, 60_000)

  it('changes nothing when imported again', async () => {
    // That there was an import at all stands there besides.
    const entries = sql`
      select count(*) as n, max(id::text) as last, count(distinct operation_id) as o from audit_entry
      where object <> 'import'`
    const before = await rowsOf(entries)
    const same = { state: 'done', created: 0, updated: 0, rejected: 0 }
    expect(await importAll()).toEqual([
      { object: 'org', unchanged: 35, ...same },
      { object: 'product', unchanged: 7, ...same },
      { object: 'account', unchanged: 85, ...same },
      { object: 'opportunity', unchanged: 8800, ...same },
    ])
    expect(await rowsOf(entries)).toEqual(before)
  }, 120_000)

  it('shows the signed amount of every tier, and a plan of 12,000,000 that sums exactly on all of them', async () => {
    const wish = { metric: 'signed_amount', total: '12000000' }
    const usual = { baseYear: 2017, headsCarry: false, ramp: [] }
    const made = [
      await createPlan(ctx, { ...wish, year: 2017, cascade: { ...usual, method: 'last_actual', season: 'history' } }),
      await createPlan(ctx, { ...wish, year: 2018, cascade: { ...usual, method: 'equal', season: 'even' } }),
    ]
    for (const { plan } of made) {
      await movePlan(ctx, plan.id, { version: plan.version, act: 'publish' })
      const { rows } = await showPlan(ctx, plan.id)
      const leaves = rows.filter((row) => row.kind === 'person')
      expect([plan.total, sumOf(leaves.flatMap((row) => row.months))]).toEqual(['12000000', '12000000'])
      for (const row of rows) {
        const below = rows.filter((each) => each.parentId === row.id)
        if (below.length === 0) continue
        const sums = row.months.map((_, month) => sumOf(below.map((child) => child.months[month] ?? '0')))
        expect(sums, row.name).toEqual(row.months)
      }
    }
    const tree = await attainmentTree(ctx, 'signed_amount', { period: '2017' })
    const of = (node: { name: string; actual: string | null; target: string | null }) => [node.name, node.actual]
    expect(tree).toMatchObject({ actual: '10005534', target: '12000000', gap: '1994466', attainment: 0.833795 })
    expect(tree.children.filter((child) => child.kind === 'unit').map(of)).toEqual([
      ['Central', '3346293'],
      ['East', '3090594'],
      ['West', '3568647'],
    ])
  })
})
