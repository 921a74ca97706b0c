import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '#engine/calendar/day.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { saveMany } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { indexField } from './index-field.ts'
import { purgeShape } from './purge-shape.ts'
import { rebuildIndexes, verifyIndexes } from './verify-indexes.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let company: SmallCompany
let operations: TestClient

const both = (zh: string, en = zh) => ({ zh, en })

beforeAll(async () => {
  company = await smallCompany(database)
  await sql`update person set role = 'operations' where id = ${company.people['丁']}`.execute(database.owner)
  operations = as({ companyId: company.ctx.company.id, personId: company.people['丁'] ?? '' })
})

/** The company as it is now, on a day. */
async function companyOn(today = '2026-06-15'): Promise<Ctx> {
  const fresh = await findCompany(database.db, { id: company.ctx.company.id })
  if (!fresh) expect.fail('the company is gone')
  return { ...systemContext({ db: database.db, log: company.ctx.log }, fresh), today }
}

/** Days count from when something was deleted, which the database says. */
const daysFromNow = (days: number) => companyOn(addDays(new Date().toISOString().slice(0, 10), days))

async function field(object: string, key: string, definition: Record<string, unknown>): Promise<string> {
  const made = await operations.post(`/shape/objects/${object}/fields`, {
    key,
    definition: { label: both(key), ...definition },
  })
  expect(made, JSON.stringify(made.body)).toMatchObject({ status: 201 })
  const { body } = await operations.get('/shape')
  return body.fields.find((one: { object: string; key: string }) => one.object === object && one.key === key).id
}

async function create(object: string, values: Record<string, unknown>): Promise<string> {
  const made = await operations.post(`/records/${object}`, { values })
  expect(made, JSON.stringify(made.body)).toMatchObject({ status: 201 })
  return made.body.id
}

async function held(table: string, where: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{
    count: string
  }>`select count(*) as count from ${sql.table(table)} where ${where}`.execute(database.owner)
  return Number(rows[0]?.count)
}

describe('what was deleted', () => {
  it('goes for good after 30 days: a field with its values, an object with its records', async () => {
    const grade = await field('account', 'grade__c', { type: 'text', oftenFiltered: true })
    const account = await create('account', { name: '甲农场', grade__c: 'A' })
    await operations.post('/shape/objects', { key: 'plot__c', label: both('地块', 'Plot') })
    const crop = await field('plot__c', 'crop__c', { type: 'tags' })
    await create('plot__c', { name: '东坡', crop__c: ['麦', '豆'] })
    const link = await field('plot__c', 'account__c', { type: 'reference', to: 'account', required: true })
    const owner = await create('account', { name: '丙农场' })
    await create('plot__c', { name: '西坡', account__c: owner })
    await operations.delete(`/records/account/${owner}?children=along&confirmed=plot__c:1`)
    expect(await held('bin_companion', sql`object = 'plot__c'`)).toBe(1)
    await operations.delete(`/shape/fields/${grade}`)
    await operations.delete('/shape/objects/plot__c')

    await purgeShape(await daysFromNow(29))
    expect(await held('custom_field', sql`id in (${grade}, ${crop})`)).toBe(2)
    expect(await held('custom_record', sql`object = 'plot__c'`)).toBe(2)

    await purgeShape(await daysFromNow(32))
    expect(await held('custom_field', sql`id in (${grade}, ${crop})`)).toBe(0)
    expect(await held('custom_object', sql`key = 'plot__c'`)).toBe(0)
    expect(await held('custom_record', sql`object = 'plot__c'`)).toBe(0)
    expect(await held('field_value', sql`field_id in (${grade}, ${crop}, ${link})`)).toBe(0)
    expect(await held('bin_companion', sql`object = 'plot__c'`)).toBe(0)
    expect(await held('search_token', sql`object = 'plot__c'`)).toBe(0)
    expect(await held('account', sql`custom ? 'grade__c'`)).toBe(0)
    expect((await operations.get('/shape')).body.fields).toEqual([])
    expect((await operations.get(`/records/account/${account}`)).body).toMatchObject({ name: '甲农场' })
    expect(await operations.post(`/shape/fields/${grade}/restore`)).toMatchObject({ status: 404 })
    await field('account', 'grade__c', { type: 'number' })
  })
})

describe('a field that is gone for good', () => {
  it('leaves the forms, so that another may get its key', async () => {
    const add = (zh: string) =>
      operations.post('/shape/objects/contact/fields', { definition: { label: both(zh), type: 'text' } })
    const first = await add('籍贯')
    const sections = [{ label: both('一'), columns: 2, fields: ['name', first.body.key, 'title'] }]
    const layouts = [{ recordType: null, sections }]
    expect(await operations.put('/shape/objects/contact/setup', { layouts })).toMatchObject({ status: 200 })
    await operations.delete(`/shape/fields/${first.body.id}`)
    await purgeShape(await daysFromNow(32))
    const second = await add('星座')
    expect(second).toMatchObject({ status: 201, body: { key: first.body.key } })
    const { body } = await operations.get('/objects')
    const contact = body.objects.find((object: { key: string }) => object.key === 'contact')
    expect(contact.layouts[0].sections[0].fields).toEqual(['name', 'title', second.body.key])
  })
})

describe('what somebody restores while it is removed', () => {
  /** Purges; before the step so numbered somebody restores. */
  async function purgeRestoring(path: string, before: number): Promise<void> {
    let steps = 0
    await purgeShape(await daysFromNow(32), {
      beforeStep: async () => {
        steps += 1
        if (steps === before) expect(await operations.post(`${path}/restore`)).toMatchObject({ status: 200 })
      },
    })
  }

  it('stays with all that is still there', async () => {
    const tone = await field('account', 'tone__c', { type: 'text' })
    const account = await create('account', { name: '丁农场', tone__c: '深' })
    await operations.delete(`/shape/fields/${tone}`)
    await purgeRestoring(`/shape/fields/${tone}`, 1)
    expect((await operations.get(`/records/account/${account}`)).body).toMatchObject({ tone__c: '深' })

    await operations.post('/shape/objects', { key: 'barn__c', label: both('谷仓', 'Barn') })
    const barn = await create('barn__c', { name: '北仓' })
    await operations.delete('/shape/objects/barn__c')
    await purgeRestoring('/shape/objects/barn__c', 1)
    expect(await operations.get(`/records/barn__c/${barn}`)).toMatchObject({ status: 200 })
  })

  it('is still known where its values are gone', async () => {
    await operations.post('/shape/objects', { key: 'shed__c', label: both('棚', 'Shed') })
    await create('shed__c', { name: '南棚' })
    await operations.delete('/shape/objects/shed__c')
    await purgeRestoring('/shape/objects/shed__c', 3)
    expect(await held('custom_object', sql`key = 'shed__c'`)).toBe(1)
    expect(await create('shed__c', { name: '新棚' })).toBeDefined()
  })
})

describe('the table of indexed values', () => {
  it('is compared with the records and written anew', async () => {
    const mark = await field('account', 'mark__c', { type: 'tags' })
    const size = await field('account', 'size__c', { type: 'number', oftenFiltered: true })
    const text = await field('account', 'text__c', { type: 'text', oftenFiltered: true })
    const account = await create('account', {
      name: '乙农场',
      mark__c: ['新', '旧'],
      size__c: '7.5',
      text__c: '长'.repeat(180),
    })
    for (const id of [size, text]) await indexField(await companyOn(), { fieldId: id })
    expect(await verifyIndexes(await companyOn())).toEqual([])

    await sql`delete from field_value where field_id = ${mark} and part = 1`.execute(database.owner)
    await sql`update field_value set number_value = 8 where field_id = ${size}`.execute(database.owner)
    expect(await verifyIndexes(await companyOn())).toEqual([
      { object: 'account', field: 'mark__c', count: 1 },
      { object: 'account', field: 'size__c', count: 1 },
    ])
    await rebuildIndexes(await companyOn())
    expect(await verifyIndexes(await companyOn())).toEqual([])
    await operations.delete(`/records/account/${account}`)
    expect(await verifyIndexes(await companyOn())).toEqual([])
  })

  it('is right for what a long import saves that began before the field was often filtered', async () => {
    const id = await field('account', 'batch__c', { type: 'text' })
    const before = await companyOn()
    const definition = { label: both('batch__c'), type: 'text', unique: true }
    expect(await operations.patch(`/shape/fields/${id}`, { definition })).toMatchObject({ status: 200 })
    await indexField(await companyOn(), { fieldId: id })

    const save = (value: string) =>
      inStep(before, (step) =>
        saveMany(step, before.company.wholeCatalogue.get('account'), [{ values: { name: value, batch__c: value } }]),
      )
    expect(await save('B-1')).toMatchObject([{ ok: true }])
    expect(await verifyIndexes(await companyOn())).toEqual([])
    const twice = await save('B-1').catch(() => [{ ok: false }])
    expect(twice).toMatchObject([{ ok: false }])
  })
})
