import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { registerCollaboration } from '#features/collaboration/server/index.ts'
import { registerCommerce } from '#features/commerce/server/index.ts'
import { registerCustomers } from '#features/customers/server/index.ts'
import { peopleBelow, peopleUnder, placeOf, scopeOf, standingOf, unitsInReach } from '#features/org/server/index.ts'
import { registerPipeline } from '#features/pipeline/server/index.ts'
import { standardRole } from '#engine/policy/company-role.ts'
import { connect, type Db } from '#platform/db/connect.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { startEmbedded } from '#platform/db/embedded/start-embedded.ts'
import { migrate } from '#platform/db/migrate.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { registerOrgView } from '#platform/records/reach.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { keyAt, kinds } from './keys.ts'
import { timeOf } from './measure.ts'
import { seedAccounts } from './seed-accounts.ts'
import { seedFacts } from './seed-facts.ts'
import { seedOrg } from './seed-org.ts'
import { seedPlan } from './seed-plan.ts'
import { seedSearch } from './seed-search.ts'
import { seedWidePlans } from './seed-wide-plans.ts'

export interface Seeded {
  /** Somebody who sees everything, connected as the app's role, bound by row-level security. */
  readonly everybody: Ctx
  /** The head of one of ten regions: 300 people, one record in ten. */
  readonly manager: Ctx
  /** One of 3,000 people: one record in 3,000. */
  readonly representative: Ctx
  readonly size: Size
  /** Of the owner of the tables, for what the app's role may not. */
  readonly ownerUrl: string
  /** Makes sure that the accounts are there. */
  accounts(): Promise<void>
  /** Makes sure that the accounts can be found. */
  searched(): Promise<void>
  /** Makes sure that the won deals and the orders, their ledger and roll-ups are there. */
  facts(): Promise<void>
  /** Makes sure that plans of five metrics over 24 periods are there; answers their keys. */
  widePlans(): Promise<readonly string[]>
  close(): Promise<void>
}

export interface Size {
  readonly people: number
  readonly units: number
  readonly accounts: number
  /** Won within the year. */
  readonly deals: number
  /** Placed within the year before December, by the first accounts in turn. */
  readonly orders: number
  /** Accounts that ordered; those behind them never did. */
  readonly buyers: number
}

/** Where the owner of the tables lays out the data of one company, set by set. */
export interface Ground {
  readonly owner: Db
  /** In the company, with the owner's connection. */
  readonly ctx: Ctx
  readonly size: Size
}

/** Rows made set by set from keys that exist need no checking one by one. */
const seedingOptions = '-c session_replication_role=replica -c synchronous_commit=off -c maintenance_work_mem=512MB'

/** The day it is in the benchmark company; its facts lie in the year that ends with it. */
const now = new Date('2025-12-31T04:00:00Z')

/** A company on an embedded database of its own, started as a customer's would be. The data never differs. */
export async function seed(scale: number, orders = 200_000 * scale): Promise<Seeded> {
  registerRooms()
  const dataDir = mkdtempSync(join(temporaryFolder(), 'terrace-bench-'))
  const database = await startEmbedded({ dataDir, log: () => undefined })
  await migrate(database.ownerUrl, join(import.meta.dirname, '..', 'migrations'))
  const owner = connect(`${database.ownerUrl}?options=${encodeURIComponent(seedingOptions)}`)
  const app = connect(database.appUrl)
  const accountCount = 1_000_000 * scale
  const size = {
    ...{ people: 3000, units: 400, accounts: accountCount, deals: 1_000_000 * scale },
    ...{ orders, buyers: Math.min(orders, 0.8 * accountCount) },
  }
  const ctx = await foundCompany(owner.db)
  const ground = { owner: owner.db, ctx, size }
  await toldWhile('org and plan', async () => {
    await seedOrg(ground)
    await seedPlan(ground)
  })
  const everybody = { ...ctx, db: app.db }
  const accounts = once(() => toldWhile('accounts', () => seedAccounts(ground)))
  return {
    everybody,
    manager: {
      ...everybody,
      actor: { personId: keyAt(kinds.person, 0), loginId: null, name: '王', role: standardRole('manager') },
    },
    representative: {
      ...everybody,
      actor: { personId: keyAt(kinds.person, 1234), loginId: null, name: '林', role: standardRole('representative') },
    },
    size,
    ownerUrl: database.ownerUrl,
    accounts,
    searched: once(async () => {
      await accounts()
      await toldWhile('search', () => seedSearch(ground))
    }),
    facts: once(async () => {
      await accounts()
      await toldWhile('deals, orders and their ledger', () => seedFacts(ground))
    }),
    widePlans: once(() => seedWidePlans({ ctx: everybody })),
    close: async () => {
      await Promise.all([owner.close(), app.close()])
      await database.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function registerRooms(): void {
  registerCustomers()
  registerPipeline()
  registerCommerce()
  registerCollaboration()
  registerOrgView({
    reach: scopeOf,
    units: unitsInReach,
    place: placeOf,
    peopleUnder,
    peopleBelow,
    standing: standingOf,
  })
}

async function foundCompany(owner: Db): Promise<Ctx> {
  const id = keyAt(kinds.company, 0)
  await sql`insert into company (id, slug, name) values (${id}, 'bench', '禾田科技')`.execute(owner)
  const company = await findCompany(owner, { id })
  if (!company) throw new Error('the company was not written')
  return systemContext({ db: owner, log: pino({ level: 'silent' }), now: () => now }, company)
}

function once<T>(act: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined
  return () => (done ??= act())
}

async function toldWhile(what: string, act: () => Promise<void>): Promise<void> {
  const took = await timeOf(act)
  console.log(`  seeded ${what} in ${(took / 1000).toFixed(1)} s`)
}
