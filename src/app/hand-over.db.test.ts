import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { verifySearch, searchedKinds } from '#platform/search/index.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })

it('hands over what the company made itself too, whatever its rules say of old records', async () => {
  const company = await smallCompany(database)
  const { id: companyId } = company.ctx.company
  const { 甲: leaver = '', 丙: heir = '', 丁: clerk = '' } = company.people
  await sql`update person set role = 'operations' where id = ${clerk}`.execute(database.owner)
  const operations = as({ companyId, personId: clerk })
  const label = { zh: '地块', en: 'Plot' }
  expect(await operations.post('/shape/objects', { key: 'plot__c', label })).toMatchObject({ status: 201 })
  const values = { name: '东坡地', ownerId: leaver }
  const { body: plot } = await operations.post('/records/plot__c', { values })
  const { body: other } = await operations.post('/records/plot__c', { values: { name: '西坡地', ownerId: heir } })
  const rules = [{ name: label, refuses: { field: 'name', op: 'contains', value: '坡' }, message: label }]
  expect(await operations.put('/shape/objects/plot__c/setup', { rules })).toMatchObject({ status: 200 })

  const preview = await operations.get(`/org/people/${leaver}/hand-over`)
  const held = preview.body.holdings.find((one: { object: string }) => one.object === 'plot__c')
  expect(held).toEqual({ object: 'plot__c', label, count: 1 })
  const done = await operations.post(`/org/people/${leaver}/hand-over`, { toId: heir, objects: ['plot__c'] })
  expect(done.status, JSON.stringify(done.body)).toBe(200)

  const now = await as({ companyId, personId: heir }).post('/records/plot__c/query', {})
  expect(now.body.rows.map((row: { id: string }) => row.id).sort()).toEqual([plot.id, other.id].sort())
  const fresh = await findCompany(database.db, { id: companyId })
  if (!fresh) expect.fail('the company is gone')
  const ctx = systemContext({ db: database.db, log: company.ctx.log }, fresh)
  const differences = await verifySearch(ctx, searchedKinds(fresh.catalogue))
  expect(differences.filter(({ object }) => object === 'plot__c')).toEqual([])
})
