import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { fillIfNew, fillNewMetrics, keepWrittenBy, verifyLedger } from '#platform/ledger/index.ts'
import { inStep } from '#platform/db/step.ts'
import { createRecord } from '#platform/records/save.ts'
import { publishedPlan } from '#testing/published-plan.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { takeNight } from './take-night.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
const { ctx, people, stages } = await smallCompany(database, { slug: 'upgrade' })
const company = sql`company_id = ${ctx.company.id}`
await sql`update person set role = 'administrator' where id = ${people['丁']}`.execute(database.owner)
const admin = as({ companyId: ctx.company.id, personId: people['丁'] ?? '' })

const won = { stage: stages['Won'], amount: '100', ownerId: people['甲'], closedOn: '2026-06-05' }
const tree = async () => (await admin.get('/metrics/signed_amount/tree?period=2026')).body

it('lets a company work on while the rows of a metric that a new version brought are written, and says that they are', async () => {
  for (const name of ['一', '二', '三']) await createRecord(ctx, 'opportunity', { ...won, name })
  await publishedPlan(admin, { metric: 'signed_amount', year: 2026, total: '4800' })
  // As a version left it that had no signed amount, and counted something that is gone.
  await inStep(ctx, keepWrittenBy)
  await sql`
    update company set ledger_metrics = replace(ledger_metrics, 'signed_amount@', 'former_amount@')
    where id = ${ctx.company.id}`.execute(database.owner)
  await sql`update ledger_row set metric = 'former_amount' where ${company} and metric = 'signed_amount'`.execute(
    database.owner,
  )
  await sql`update rollup_year set metric = 'former_amount' where ${company} and metric = 'signed_amount'`.execute(
    database.owner,
  )

  expect((await tree()).meta.fill).toBe('filling')
  await fillIfNew(ctx)
  const saved: number[] = []
  await fillNewMetrics(ctx, {
    portion: 1,
    afterPortion: async () => {
      if (saved.length > 0) return
      expect((await tree()).meta.fill).toBe('filling')
      expect(await verifyLedger(ctx)).toEqual([])
      // What is half written is neither kept for the night nor closed for good.
      await takeNight(ctx)
      expect((await admin.get('/attainment/signed_amount/days?period=2026-Q2')).body.days).toEqual([])
      expect(await admin.post('/attainment/closings', { period: '2026-Q1', metric: 'signed_amount' })).toMatchObject({
        status: 409,
        code: 'METRIC_FILLING',
      })
      saved.push((await admin.post('/records/opportunity', { values: { ...won, name: '四' } })).status)
    },
  })
  expect(saved).toEqual([201])
  expect(await tree()).toMatchObject({ actual: '400', meta: { fill: 'ready' } })
  expect(await verifyLedger(ctx)).toEqual([])
  const { rows } = await sql`select from ledger_row where ${company} and metric = 'former_amount'`.execute(
    database.owner,
  )
  expect(rows).toEqual([])
})
