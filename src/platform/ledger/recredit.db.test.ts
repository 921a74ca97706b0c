import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import { inStep } from '#platform/db/step.ts'
import { removeRecord } from '#platform/records/remove.ts'
import { restoreRecord } from '#platform/records/restore.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { creditAnew } from '#testing/credit-anew.ts'
import { movePerson, smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { askToRecredit, recreditProgress, retryRecrediting, runRecredit, verifyLedger } from './index.ts'

const database = await testDatabase()
const portion = 4
const deals = 14
const atRest = { underWay: null, failed: null }
let company: SmallCompany
let account: string

const person = (name: string): string => company.people[name] ?? ''

/** A day of the months in which 甲's deals were won. */
const day = (at: number): string => `2026-0${1 + (at % 5)}-${10 + at}`

beforeAll(async () => {
  arrangeHouse()
  company = await smallCompany(database)
  const { ctx, stages } = company
  account = (await createRecord(ctx, 'account', { name: '客户' })).id
  for (let at = 0; at < deals; at += 1) {
    await createRecord(ctx, 'opportunity', {
      name: `商机${at}`, stage: stages['Won'], amount: `${at + 1}.25`, closedOn: day(at), ownerId: person('甲'),
    }) // prettier-ignore
  }
})

let isAway = false

/** 甲 has stood in the other team since January, which is found out only now. */
beforeEach(async () => {
  isAway = !isAway
  await movePerson(company.ctx, person('甲'), company.units[isAway ? '西一队' : '东一队'] ?? '', '2026-01-01')
})

const ask = (from = '2026-01-01') =>
  inStep(company.ctx, (step) => askToRecredit(step, { personIds: [person('甲')], from }))

/** As when the database goes away under a transaction: nothing of it stays. */
async function cutConnections(): Promise<void> {
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and state = 'idle in transaction'`.execute(database.owner)
}

async function isSomebodyWaiting(): Promise<boolean> {
  const { rows } = await sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
    database.owner,
  )
  return rows.length > 0
}

const isRight = async () => (await verifyLedger(company.ctx)).length === 0

describe('crediting anew', () => {
  it('goes on where it was cut off, at whatever portion, and counts nothing twice', async () => {
    for (const cutAt of [1, 2, 3, 4]) {
      const run = await ask()
      let portions = 0
      const onPortion = async () => {
        portions += 1
        if (portions === cutAt) await cutConnections()
      }
      await expect(runRecredit(company.ctx, run, { portion, onPortion })).rejects.toThrow()
      expect(await recreditProgress(company.ctx)).toEqual({
        underWay: { share: ((cutAt - 1) * portion) / deals },
        failed: null,
      })
      expect(await isRight()).toBe(false)
      let rest = 0
      await runRecredit(company.ctx, run, { portion, onPortion: async () => void (rest += 1) })
      expect(portions - 1 + rest).toBe(4)
      expect(await verifyLedger(company.ctx)).toEqual([])
      expect(await recreditProgress(company.ctx)).toEqual(atRest)
      isAway = !isAway
      await movePerson(company.ctx, person('甲'), company.units[isAway ? '西一队' : '东一队'] ?? '', '2026-01-01')
    }
    await creditAnew(company.ctx, [person('甲')], '2026-01-01')
  })

  it('says after every portion how far it is', async () => {
    const run = await ask()
    expect(await recreditProgress(company.ctx)).toEqual({ underWay: { share: null }, failed: null })
    const shares: (number | null | undefined)[] = []
    const onPortion = async () => void shares.push((await recreditProgress(company.ctx)).underWay?.share)
    await runRecredit(company.ctx, run, { portion, onPortion })
    expect(shares).toEqual([0, 4, 8, 12].map((done) => done / deals))
    expect(await recreditProgress(company.ctx)).toEqual(atRest)
  })

  it('rewrites only what may be credited elsewhere now', async () => {
    await creditAnew(company.ctx, [person('甲')], '2026-01-01')
    let portions = 0
    await runRecredit(company.ctx, await ask('2027-01-01'), { portion: 1, onPortion: async () => void (portions += 1) })
    expect(portions).toBe(1)
  })

  it('is one run for moves that come at once, and another for one that comes when it has begun', async () => {
    const first = await ask('2026-03-01')
    expect(await ask('2026-01-01')).toBe(first)
    let second = ''
    const onPortion = async () => {
      if (second === '') second = await ask()
    }
    await runRecredit(company.ctx, first, { portion, onPortion })
    expect(second).not.toBe(first)
    expect(await verifyLedger(company.ctx)).toEqual([])
    expect((await recreditProgress(company.ctx)).underWay).toEqual({ share: null })
    await runRecredit(company.ctx, second)
    expect(await recreditProgress(company.ctx)).toEqual(atRest)
  })

  it('stops at what no later try mends, says so, and goes on from there when it is asked to', async () => {
    const run = await ask()
    await sql`alter table ledger_row add constraint broken check (day <> '2026-01-20') not valid`.execute(
      database.owner,
    )
    await runRecredit(company.ctx, run, { portion })
    const { underWay, failed } = await recreditProgress(company.ctx)
    expect(underWay).toBeNull()
    expect(failed).toMatchObject({ share: 8 / deals })
    await runRecredit(company.ctx, run, { portion })
    expect((await recreditProgress(company.ctx)).failed).not.toBeNull()

    await sql`alter table ledger_row drop constraint broken`.execute(database.owner)
    await retryRecrediting(company.ctx)
    expect(await recreditProgress(company.ctx)).toEqual({ underWay: { share: 8 / deals }, failed: null })
    await runRecredit(company.ctx, run, { portion })
    expect(await recreditProgress(company.ctx)).toEqual(atRest)
    expect(await verifyLedger(company.ctx)).toEqual([])
  })
})

describe('saves while results are credited anew', () => {
  it('wait where they displace an order of the portion as the first of its account', async () => {
    const { ctx } = company
    const values = { account, amount: '3', ownerId: person('甲') }
    const orders = [await createRecord(ctx, 'order', { ...values, code: 'A1', orderedOn: '2026-05-01' })]
    let saving: Promise<unknown> | undefined
    const onPortion = async () => {
      saving ??= createRecord(ctx, 'order', { ...values, code: 'A0', orderedOn: '2026-04-01' }).then((made) => {
        orders.push(made)
      })
      await expect.poll(isSomebodyWaiting, { timeout: 10_000 }).toBe(true)
    }
    await runRecredit(ctx, await ask(), { onPortion })
    await saving
    expect(await verifyLedger(ctx)).toEqual([])
    for (const { id } of orders) await removeRecord(ctx, 'order', id)
  })

  it('stay right, and so does what is credited, also where one order displaces another as the first', async () => {
    const { ctx, stages } = company
    const orders: string[] = []
    for (let at = 0; at < 6; at += 1) {
      const values = { code: `R${at}`, account, amount: '3', orderedOn: `2026-05-0${1 + at}`, ownerId: person('甲') }
      orders.push((await createRecord(ctx, 'order', values)).id)
    }
    let isOver = false
    const saving = [0, 1, 2].map(async (lane) => {
      for (let turn = 0; !isOver || turn < 4; turn += 1) {
        const order = orders[(lane * 2 + turn) % orders.length] ?? ''
        const orderedOn = `2026-0${1 + ((turn + lane) % 5)}-0${1 + lane}`
        await updateRecord(ctx, 'order', order, { values: { orderedOn, amount: `${turn + 1}` } })
        const made = await createRecord(ctx, 'order', {
          code: `N${lane}-${turn}`, account, amount: '2', orderedOn: '2026-01-02', ownerId: person('甲'),
        }) // prettier-ignore
        await createRecord(ctx, 'opportunity', {
          name: '途中', stage: stages['Proposal'], amount: '7', engagedOn: day(turn % 9), ownerId: person('甲'),
        }) // prettier-ignore
        await removeRecord(ctx, 'order', made.id)
        if (turn % 3 === 0) await restoreRecord(ctx, 'order', made.id)
      }
    })
    for (let round = 0; round < 6; round += 1) {
      isAway = !isAway
      await movePerson(ctx, person('甲'), company.units[isAway ? '西一队' : '东一队'] ?? '', '2026-01-01')
      const run = await ask()
      await Promise.all([0, 1].map(() => runRecredit(ctx, run, { portion })))
    }
    isOver = true
    await Promise.all(saving)
    expect(await recreditProgress(ctx)).toEqual(atRest)
    expect(await verifyLedger(ctx)).toEqual([])
  }, 120_000)
})
