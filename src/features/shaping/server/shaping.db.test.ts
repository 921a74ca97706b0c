import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { inStep } from '#platform/db/step.ts'
import { saveMany } from '#platform/records/save.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { indexField } from './index-field.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let company: SmallCompany
let operations: TestClient
let representative: TestClient

const both = (zh: string, en = zh) => ({ zh, en })
const person = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })

beforeAll(async () => {
  company = await smallCompany(database)
  await sql`update person set role = 'operations' where id = ${company.people['丁']}`.execute(database.owner)
  operations = person('丁')
  representative = person('甲')
})

/** Adds a field and answers its key. */
async function field(object: string, definition: Record<string, unknown>, key?: string): Promise<string> {
  const made = await operations.post(`/shape/objects/${object}/fields`, { ...(key ? { key } : {}), definition })
  expect(made, JSON.stringify(made.body)).toMatchObject({ status: 201 })
  return made.body.key
}

async function create(object: string, values: Record<string, unknown>): Promise<any> {
  const made = await representative.post(`/records/${object}`, { values })
  expect(made, JSON.stringify(made.body)).toMatchObject({ status: 201 })
  return made.body
}

async function titles(object: string, filter: unknown, client = representative): Promise<string[]> {
  const found = await client.post(`/records/${object}/query`, { filter, sort: [{ field: 'name' }] })
  expect(found, JSON.stringify(found.body)).toMatchObject({ status: 200 })
  return found.body.rows.map((row: { name: string }) => row.name)
}

async function fieldId(object: string, key: string): Promise<string> {
  const { body } = await operations.get('/shape')
  return body.fields.find((one: { object: string; key: string }) => one.object === object && one.key === key).id
}

describe('a field that operations adds to customers', () => {
  it('is at once in the definition, in records, filters, order, sums and history', async () => {
    const key = await field('account', { label: both('装机数', 'Machines'), type: 'number', whole: true, min: '0' })
    expect(key).toBe('machines__c')
    const { body: list } = await representative.get('/objects')
    const account = list.objects.find((object: { key: string }) => object.key === 'account')
    expect(account.fields.at(-1)).toMatchObject({
      key,
      type: 'number',
      custom: true,
      label: both('装机数', 'Machines'),
    })

    const ten = await create('account', { name: '十台', [key]: '10' })
    await create('account', { name: '九台', [key]: 9 })
    await create('account', { name: '没有' })
    expect(ten[key]).toBe('10')
    expect(await titles('account', { field: key, op: 'gt', value: '9' })).toEqual(['十台'])
    expect(await titles('account', { field: key, op: 'empty' })).toEqual(['没有'])
    const ordered = await representative.post('/records/account/query', { sort: [{ field: key, descending: true }] })
    expect(ordered.body.rows.map((row: { name: string }) => row.name)).toEqual(['没有', '十台', '九台'])
    const totals = await representative.post('/records/account/totals', { sum: [key] })
    expect(totals.body.sums[key]).toBe('19')

    const changed = await representative.patch(`/records/account/${ten.id}`, { values: { [key]: '12' } })
    expect(changed.body[key]).toBe('12')
    const { body: history } = await representative.get(`/records/account/${ten.id}/history`)
    expect(history.entries[0]).toMatchObject({ before: { [key]: '10' }, after: { [key]: '12' } })
  })

  it('refuses what does not fit it, naming it', async () => {
    const refused = await representative.post('/records/account', { values: { name: '坏', machines__c: '1.5' } })
    expect(refused).toMatchObject({ status: 422, code: 'RECORD_INVALID' })
    expect(refused.body.errors).toMatchObject([{ field: 'machines__c', code: 'notWhole' }])
  })

  it('can be deleted, and comes back with its values', async () => {
    const id = await fieldId('account', 'machines__c')
    expect(await operations.delete(`/shape/fields/${id}`)).toMatchObject({ status: 204 })
    const [row] = (await representative.post('/records/account/query', {
      filter: { field: 'name', op: 'eq', value: '九台' },
    })).body.rows // prettier-ignore
    expect(row).not.toHaveProperty('machines__c')
    await representative.patch(`/records/account/${row.id}`, { values: { city: '杭州' } })
    const gone = (await operations.get('/shape')).body.fields.find((one: { id: string }) => one.id === id)
    expect(gone).toMatchObject({ purgedOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
    expect(await operations.post(`/shape/fields/${id}/restore`)).toMatchObject({ status: 200 })
    expect(await titles('account', { field: 'machines__c', op: 'eq', value: '9' })).toEqual(['九台'])
  })

  it('is not for representatives to add', async () => {
    const refused = await representative.post('/shape/objects/account/fields', {
      definition: { label: both('x'), type: 'text' },
    })
    expect(refused).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' })
  })
})

describe('every type of field', () => {
  it('takes its values, and is found by them', async () => {
    const opened = await operations.post('/shape/objects', { label: both('设备', 'Machine') })
    expect(opened).toMatchObject({ status: 201, body: { key: 'machine__c' } })
    const choices = [{ label: both('拖拉机', 'Tractor') }, { label: both('收割机', 'Harvester') }]
    const types: readonly (readonly [key: string, definition: Record<string, unknown>, value: unknown, filter: object])[] = [
      ['serial__c', { type: 'text', unique: true }, 'SN-1', { op: 'startsWith', value: 'SN' }],
      ['story__c', { type: 'rich_text' }, '**新**机', { op: 'contains', value: '新' }],
      ['price__c', { type: 'money' }, '1200.5', { op: 'between', value: ['1200', '1201'] }],
      ['share__c', { type: 'percent', oftenFiltered: true }, '12.5', { op: 'ge', value: '12.5' }],
      ['stars__c', { type: 'rating' }, '4', { op: 'gt', value: 3 }],
      ['built__c', { type: 'date', oftenFiltered: true }, '2026-03-05', { op: 'le', value: '2026-03-05' }],
      ['seen__c', { type: 'date_time' }, '2026-03-05T01:00:00.000Z', { op: 'ge', value: '2026-03-05' }],
      ['inUse__c', { type: 'yes_no' }, true, { op: 'eq', value: true }],
      ['kind__c', { type: 'choice', choices }, 'tractor', { op: 'in', value: ['tractor'] }],
      ['uses__c', { type: 'multi_choice', choices }, ['tractor', 'harvester'], { op: 'hasAll', value: ['harvester', 'tractor'] }],
      ['tags__c', { type: 'tags' }, ['重点', '试用'], { op: 'hasAny', value: ['试用', '没有'] }],
      ['place__c', { type: 'region' }, '330106', { op: 'within', value: { region: '33' } }],
      ['site__c', { type: 'address' }, '文三路 1 号', { op: 'contains', value: '文三' }],
      ['holder__c', { type: 'owner' }, company.people['甲'], { op: 'eq', value: { me: true } }],
    ] // prettier-ignore
    for (const [key, definition] of types) await field('machine__c', { label: both(key), ...definition }, key)
    const values = Object.fromEntries(types.map(([key, , value]) => [key, value]))
    const made = await create('machine__c', { name: '一号机', ...values })
    await create('machine__c', { name: '二号机' })
    for (const [key, , value, filter] of types) {
      expect(made[key], key).toEqual(value)
      expect(await titles('machine__c', { field: key, ...filter }), key).toEqual(['一号机'])
      expect(await titles('machine__c', { not: { field: key, ...filter } }), key).toEqual(['二号机'])
    }
  })

  it('keeps the table of indexed values what the records say', async () => {
    const [row] = (await representative.post('/records/machine__c/query', {
      filter: { field: 'serial__c', op: 'eq', value: 'SN-1' },
    })).body.rows // prettier-ignore
    await representative.patch(`/records/machine__c/${row.id}`, {
      values: { tags__c: ['老机'], share__c: null, serial__c: 'SN-2' },
    })
    expect(await titles('machine__c', { field: 'tags__c', op: 'hasAny', value: ['重点'] })).toEqual([])
    expect(await titles('machine__c', { field: 'tags__c', op: 'hasAny', value: ['老机'] })).toEqual(['一号机'])
    expect(await titles('machine__c', { field: 'share__c', op: 'ge', value: 0 })).toEqual([])
    await representative.delete(`/records/machine__c/${row.id}`)
    expect((await create('machine__c', { name: '三号机', serial__c: 'SN-2' })).serial__c).toBe('SN-2')
    const back = await representative.post(`/records/machine__c/${row.id}/restore`)
    expect(back).toMatchObject({ status: 422, body: { errors: [{ field: 'serial__c', code: 'taken' }] } })
  })

  it('holds unique values once, also when two come at once', async () => {
    const twice = await Promise.all(
      ['甲机', '乙机'].map((name) =>
        representative.post('/records/machine__c', { values: { name, serial__c: 'SN-9' } }),
      ),
    )
    expect(twice.map((answer) => answer.status).sort()).toEqual([201, 422])
    expect(twice.find((answer) => answer.status === 422)?.body.errors).toMatchObject([
      { field: 'serial__c', code: 'taken' },
    ])
  })
})

describe('an object that operations makes', () => {
  it('refers to customers and is referred to: nothing that is pointed at can go', async () => {
    await field('machine__c', { label: both('客户', 'Customer'), type: 'reference', to: 'account' }, 'account__c')
    await field('order', { label: both('设备', 'Machines'), type: 'multi_reference', to: 'machine__c' }, 'machines__c')
    const account = await create('account', { name: '大田农场' })
    const machine = await create('machine__c', { name: '田里的机', account__c: account.id })
    expect(machine.names.account__c).toBe('大田农场')
    const order = await create('order', {
      code: 'HT-1', account: account.id, amount: '5', orderedOn: '2026-06-01', machines__c: [machine.id],
    }) // prettier-ignore
    expect(order.names[machine.id]).toBe('田里的机')
    expect(await titles('machine__c', { field: 'account__c.name', op: 'contains', value: '大田' })).toEqual([
      '田里的机',
    ])
    expect(await representative.delete(`/records/account/${account.id}`)).toMatchObject({ code: 'RECORD_IN_USE' })
    expect(await representative.delete(`/records/machine__c/${machine.id}`)).toMatchObject({ code: 'RECORD_IN_USE' })
    const lost = await representative.post('/records/machine__c', {
      values: { name: '错', account__c: machine.id },
    })
    expect(lost.body.errors).toMatchObject([{ field: 'account__c', code: 'missing' }])
  })

  it('shows its records within reach only, and to nobody of another company', async () => {
    expect(await titles('machine__c', { field: 'name', op: 'eq', value: '田里的机' }, person('丙'))).toEqual([])
    const other = await smallCompany(database, { slug: 'other' })
    const stranger = as({ companyId: other.ctx.company.id, personId: other.people['甲'] ?? '' })
    expect(await stranger.post('/records/machine__c/query', {})).toMatchObject({ code: 'OBJECT_NOT_FOUND' })
  })

  it('cannot be deleted while others refer to it, and comes back with its records', async () => {
    const refused = await operations.delete('/shape/objects/machine__c')
    expect(refused).toMatchObject({ status: 422, code: 'SHAPE_REFUSED' })
    expect(refused.body.errors[0].message).toContain('Machines')
    const link = await fieldId('order', 'machines__c')
    expect(await operations.delete(`/shape/fields/${link}`)).toMatchObject({ status: 204 })
    expect(await operations.delete('/shape/objects/machine__c')).toMatchObject({ status: 204 })
    expect(await representative.post('/records/machine__c/query', {})).toMatchObject({ code: 'OBJECT_NOT_FOUND' })
    expect(await operations.post('/shape/objects/machine__c/restore')).toMatchObject({ status: 200 })
    expect(await operations.post(`/shape/fields/${link}/restore`)).toMatchObject({ status: 200 })
    expect(await titles('machine__c', { field: 'name', op: 'eq', value: '田里的机' })).toEqual(['田里的机'])
  })
})

describe('a reference', () => {
  it('leads to another record: nothing stands above itself', async () => {
    const account = await create('account', { name: '自上' })
    const itself = await representative.patch(`/records/account/${account.id}`, { values: { parent: account.id } })
    expect(itself).toMatchObject({ status: 422, body: { errors: [{ field: 'parent', code: 'itself' }] } })
    const others = await field('account', { label: both('关联公司'), type: 'multi_reference', to: 'account' })
    const among = await representative.patch(`/records/account/${account.id}`, { values: { [others]: [account.id] } })
    expect(among).toMatchObject({ status: 422, body: { errors: [{ code: 'itself' }] } })
  })
})

describe('names', () => {
  it('stand once: neither two fields of an object nor two objects are called alike, and none is called nothing', async () => {
    const named = (zh: string, en = zh) =>
      operations.post('/shape/objects/contact/fields', { definition: { label: both(zh, en), type: 'text' } })
    expect(await named('职务 ', 'Position')).toMatchObject({ status: 422, body: { errors: [{ code: 'named' }] } })
    const made = await named('称呼', 'Salutation')
    expect(await named('尊称', 'salutation')).toMatchObject({ status: 422 })
    await operations.delete(`/shape/fields/${made.body.id}`)
    const other = await named('称呼', 'Address')
    expect(await operations.post(`/shape/fields/${made.body.id}/restore`)).toMatchObject({ status: 422 })
    const label = both('叫法', 'Address')
    const changed = await operations.patch(`/shape/fields/${other.body.id}`, { definition: { label, type: 'text' } })
    expect(changed).toMatchObject({ status: 200 })
    expect(await operations.post(`/shape/fields/${made.body.id}/restore`)).toMatchObject({ status: 200 })

    expect(await named('创建时间', 'Made')).toMatchObject({ status: 422, body: { errors: [{ code: 'named' }] } })

    const object = (zh: string, en = zh) => operations.post('/shape/objects', { label: both(zh, en) })
    expect(await object('客户', 'Buyer')).toMatchObject({ status: 422, body: { errors: [{ code: 'named' }] } })
    expect(await object(' ')).toMatchObject({ status: 422, body: { errors: [{ field: 'label', code: 'label' }, {}] } })
  })
})

describe('a name that two people give at once', () => {
  it('stands once', async () => {
    const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status).toSorted()
    const definition = { label: both('同名', 'Alike'), type: 'text' }
    const fields = ['alikeA__c', 'alikeB__c'].map((key) =>
      operations.post('/shape/objects/contact/fields', { key, definition }),
    )
    expect(statuses(await Promise.all(fields))).toEqual([201, 422])
    const objects = ['alikeA__c', 'alikeB__c'].map((key) =>
      operations.post('/shape/objects', { key, label: both('同名', 'Alike') }),
    )
    expect(statuses(await Promise.all(objects))).toEqual([201, 422])
  })
})

describe('a form', () => {
  const section = (zh: string, fields: readonly string[]) => ({ label: both(zh), columns: 2, fields })
  const formOf = async () => {
    const { body } = await representative.get('/objects')
    return body.objects.find((object: { key: string }) => object.key === 'product').layouts
  }

  it('takes a new field in at its end, leaves a deleted one out and gives it its place back', async () => {
    const size = await field('product', { label: both('尺寸'), type: 'text' })
    const sections = [section('一', ['name', size, 'code']), section('二', ['series'])]
    const layouts = [{ recordType: null, sections }]
    expect(await operations.put('/shape/objects/product/setup', { layouts })).toMatchObject({ status: 200 })
    const color = await field('product', { label: both('颜色'), type: 'text' })
    expect(await formOf()).toMatchObject([{ sections: [{ fields: ['name', size, 'code'] }, { fields: ['series', color] }] }]) // prettier-ignore
    const id = await fieldId('product', size)
    expect(await operations.delete(`/shape/fields/${id}`)).toMatchObject({ status: 204 })
    expect(await formOf()).toMatchObject([{ sections: [{ fields: ['name', 'code'] }, {}] }])
    await operations.post(`/shape/fields/${id}/restore`)
    expect(await formOf()).toMatchObject([{ sections: [{ fields: ['name', size, 'code'] }, {}] }])
  })

  it('gives a deleted field its place back also when it was saved meanwhile, and its end when it was made meanwhile', async () => {
    const weight = await field('product', { label: both('重量'), type: 'text' })
    const put = (layouts: readonly object[]) => operations.put('/shape/objects/product/setup', { layouts })
    const plain = (fields: readonly string[]) => ({ recordType: null, sections: [section('一', fields)] })
    await put([plain(['name', weight, 'code'])])
    const id = await fieldId('product', weight)
    await operations.delete(`/shape/fields/${id}`)
    expect(await put([plain(['code', 'name', 'series'])])).toMatchObject({ status: 200 })
    expect(await operations.post(`/shape/fields/${id}/restore`)).toMatchObject({ status: 200 })
    expect(await formOf()).toMatchObject([{ sections: [{ fields: ['code', 'name', weight, 'series'] }] }])

    await put([])
    await operations.delete(`/shape/fields/${id}`)
    await put([plain(['name', 'code'])])
    await operations.post(`/shape/fields/${id}/restore`)
    expect(await formOf()).toMatchObject([{ sections: [{ fields: ['name', 'code', weight] }] }])
  })

  it('names fields that there are, each once', async () => {
    const save = (fields: readonly string[]) =>
      operations.put('/shape/objects/product/setup', { layouts: [{ recordType: null, sections: [section('一', fields)] }] }) // prettier-ignore
    for (const fields of [
      ['name', 'nope'],
      ['name', 'name'],
    ]) {
      expect(await save(fields)).toMatchObject({ status: 422, body: { errors: [{ code: 'layout' }] } })
    }
  })
})

describe('formulas and roll-ups', () => {
  beforeAll(async () => {
    await sql`
      insert into exchange_rate (company_id, id, currency, from_day, rate) values
        (${company.ctx.company.id}, gen_random_uuid(), 'USD', '2025-01-01', 7),
        (${company.ctx.company.id}, gen_random_uuid(), 'USD', '2026-01-01', 8)`.execute(database.owner)
  })

  it('are worked out exactly, through references too, and filter and sort like any field', async () => {
    await field('opportunity', { label: both('毛利率'), type: 'percent' }, 'margin__c')
    const profit = { expression: 'ROUND(amount * IFEMPTY(margin__c, 10) / 100, 2)', result: 'money' }
    await field('opportunity', { label: both('毛利'), type: 'formula', formula: profit }, 'profit__c')
    const where = { field: 'status', op: 'eq', value: 'won' }
    const rollup = { of: 'opportunity', via: 'account', aggregate: 'sum', field: 'profit__c', where, result: 'money' }
    await field('account', { label: both('累计毛利'), type: 'rollup', rollup }, 'profits__c')
    const grade = { expression: "IF(profits__c >= 100, 'A' & LEFT(name, 1), 'B')", result: 'text' }
    await field('account', { label: both('等级'), type: 'formula', formula: grade }, 'grade__c')
    await field('opportunity', { label: both('客户等级'), type: 'formula', formula: { expression: 'account.grade__c', result: 'text' } }, 'accountGrade__c') // prettier-ignore

    const account = await create('account', { name: '毛利农场' })
    const deal = (name: string, amount: string, stage: string, more: Record<string, unknown> = {}) =>
      create('opportunity', {
        name, amount, stage: company.stages[stage], account: account.id,
        ...(stage === 'Won' ? { closedOn: '2026-06-01' } : {}), ...more,
      }) // prettier-ignore
    const exact = await deal('0.1 加 0.2', '0.3', 'Won', { margin__c: '33.3333' })
    expect(exact.profit__c).toBe('0.1')
    await deal('大单', '1000.05', 'Won')
    await deal('没赢', '5000', 'Proposal')
    const { body: shown } = await representative.get(`/records/account/${account.id}`)
    expect(shown).toMatchObject({ profits__c: '100.11', grade__c: 'A毛' })
    expect(await titles('account', { field: 'profits__c', op: 'gt', value: '100.1' })).toEqual(['毛利农场'])
    expect(await titles('opportunity', { field: 'accountGrade__c', op: 'eq', value: 'A毛' })).toHaveLength(3)
    const byProfit = await representative.post('/records/opportunity/query', {
      sort: [{ field: 'profit__c', descending: true }], fields: ['profit__c'], limit: 1,
    }) // prettier-ignore
    expect(byProfit.body.rows[0].profit__c).toBe('500')
    const next = await representative.post('/records/opportunity/query', {
      sort: [{ field: 'profit__c', descending: true }], fields: ['profit__c'], limit: 1, cursor: byProfit.body.cursor,
    }) // prettier-ignore
    expect(next.body.rows[0].profit__c).toBe('100.01')
    expect(await verifyLedger(company.ctx)).toEqual([])
  })

  it('add up only what the reader may look into', async () => {
    const [row] = (await operations.post('/records/account/query', {
      filter: { field: 'name', op: 'eq', value: '毛利农场' },
    })).body.rows // prettier-ignore
    await operations.patch(`/records/account/${row.id}`, { values: { ownerId: company.people['丙'] } })
    const { body: seen } = await person('丙').get(`/records/account/${row.id}`)
    expect(seen).toMatchObject({ profits__c: '0', grade__c: 'B' })
  })

  it('add up amounts of several currencies in the base currency, by the rate of the day on which they count', async () => {
    const rollup = { of: 'opportunity', via: 'account', aggregate: 'sum', field: 'amount', result: 'money' }
    await field('account', { label: both('商机总额'), type: 'rollup', rollup }, 'dealt__c')
    const account = await create('account', { name: '多币种农场' })
    const deal = (name: string, values: Record<string, unknown>) =>
      create('opportunity', { name, account: account.id, ...values })
    await deal('本币', { stage: company.stages['Won'], closedOn: '2025-06-01', amount: '100.5' })
    await deal('去年', { stage: company.stages['Won'], closedOn: '2025-06-01', amount: '10', currency: 'USD' })
    await deal('今年', { stage: company.stages['Won'], closedOn: '2026-06-01', amount: '10', currency: 'USD' })
    await deal('在谈', { stage: company.stages['Proposal'], amount: '1', currency: 'USD', engagedOn: '2025-12-31' })

    expect((await representative.get(`/records/account/${account.id}`)).body.dealt__c).toBe('257.5')
    const named = { field: 'name', op: 'eq', value: '多币种农场' }
    expect(await titles('account', { and: [named, { field: 'dealt__c', op: 'eq', value: '257.5' }] })).toHaveLength(1)
    const children = { children: 'opportunity', via: 'account', aggregate: 'max', field: 'amount', op: 'eq', value: '100.5' } // prettier-ignore
    expect(await titles('account', children)).toEqual(['多币种农场'])
    const { body: sorted } = await representative.post('/records/account/query', {
      sort: [{ field: 'dealt__c', descending: true }], fields: ['name', 'dealt__c'], limit: 2,
    }) // prettier-ignore
    expect(sorted.rows.map((row: { dealt__c: string }) => row.dealt__c)).toEqual(['257.5', '0'])
    const { body: totals } = await representative.post('/records/account/totals', { filter: named, sum: ['dealt__c'] })
    expect(totals.sums).toEqual({ dealt__c: '257.5' })
    const { body: file } = await operations.post('/records/account/export', {
      format: 'csv', filter: named, fields: ['name', 'dealt__c'],
    }) // prettier-ignore
    expect(String(file)).toContain('多币种农场,257.5')
  })

  it('work with amounts of several currencies in the base currency, and are shown in it', async () => {
    await field('payment', { label: both('所属商机'), type: 'reference', to: 'opportunity' }, 'deal__c')
    const rollup = { of: 'payment', via: 'deal__c', aggregate: 'sum', field: 'amount', result: 'money' }
    await field('opportunity', { label: both('已回款'), type: 'rollup', rollup }, 'paid__c')
    const formulas = {
      left__c: { expression: 'amount - paid__c', result: 'money' },
      share__c: { expression: 'paid__c / amount * 100', result: 'percent' },
      half__c: { expression: 'amount / 2', result: 'money' },
      twice__c: { expression: 'left__c * 2', result: 'money' },
      next__c: { expression: 'amount + deal__c.amount', result: 'money' },
    }
    for (const key of ['left__c', 'share__c', 'half__c', 'twice__c'] as const)
      await field('opportunity', { label: both(key), type: 'formula', formula: formulas[key] }, key)
    await field('payment', { label: both('合计'), type: 'formula', formula: formulas.next__c }, 'next__c')
    const lefts = { of: 'opportunity', via: 'account', aggregate: 'sum', field: 'left__c', result: 'money' }
    await field('account', { label: both('未回款'), type: 'rollup', rollup: lefts }, 'lefts__c')

    const account = await create('account', { name: '外币农场' })
    const deal = await create('opportunity', {
      name: '外币单', account: account.id, stage: company.stages['Won'], closedOn: '2026-06-01', amount: '10', currency: 'USD',
    }) // prettier-ignore
    const order = await create('order', { code: 'O-1', amount: '16', orderedOn: '2026-06-01' })
    const payment = await create('payment', {
      order: order.id,
      amount: '16',
      deal__c: deal.id,
      receivedOn: '2026-06-02',
    })
    expect(payment.next__c).toBe('96')
    const { body: shown } = await representative.get(`/records/opportunity/${deal.id}`)
    expect(shown).toMatchObject({ paid__c: '16', left__c: '64', share__c: '20', half__c: '5', twice__c: '128' })
    expect(await titles('opportunity', { field: 'left__c', op: 'eq', value: '64' })).toEqual(['外币单'])
    const filter = { field: 'name', op: 'eq', value: '外币单' }
    const sum = ['left__c', 'half__c', 'twice__c']
    const { body: totals } = await representative.post('/records/opportunity/totals', { filter, sum })
    expect(totals.sums).toEqual({ left__c: '64', half__c: '40', twice__c: '128' })
    expect((await representative.get(`/records/account/${account.id}`)).body.lefts__c).toBe('64')

    const { body: list } = await representative.get('/objects')
    const { fields } = list.objects.find((object: { key: string }) => object.key === 'opportunity')
    const inBase = fields.filter((one: { inBase?: boolean }) => one.inBase).map((one: { key: string }) => one.key)
    expect(inBase).toEqual(['paid__c', 'left__c', 'twice__c'])
  })

  it('are checked while they are written', async () => {
    const check = async (expression: string, result = 'number') =>
      (await operations.post('/shape/objects/opportunity/formula', { expression, result })).body
    expect(await check('amount *')).toMatchObject({ fault: { message: expect.stringContaining('cannot be read') } })
    expect(await check('amount + name')).toMatchObject({
      fault: { message: expect.stringContaining('needs a number') },
    })
    expect(await check('nope + 1')).toMatchObject({ fault: { message: expect.stringContaining('“nope”') } })
    expect(await check('constructor(1)')).toMatchObject({ fault: { message: expect.stringContaining('CONSTRUCTOR') } })
    const { fault, samples } = await check('amount / 0')
    expect(fault).toBeNull()
    expect(samples[0]).toMatchObject({ value: null })
  })

  it('know no word that is neither field nor function, whatever it means elsewhere', async () => {
    const check = async (expression: string) =>
      (await operations.post('/shape/objects/opportunity/formula', { expression, result: 'yes_no' })).body.fault
        ?.message
    for (const word of ['constructor', 'valueOf', '__proto__']) expect(await check(word)).toContain(`“${word}”`)
    expect(await check('1e99999 > 1')).toContain('too large')
    expect(await check(' ')).toBe('Give a formula')
  })

  it('hold whatever stands in the records: what leads out of all calendars, or hangs on nothing, is empty', async () => {
    await field('task', { label: both('年'), type: 'number' }, 'year__c')
    const made = async (expression: string, key: string) =>
      field('task', { label: both(key), type: 'formula', formula: { expression, result: 'date' } }, key)
    await made('DATE(year__c, year__c * 99999999999, 1)', 'far__c')
    await made('DATE(year__c, 1, year__c)', 'near__c')
    await made('ADDMONTHS(DATE(year__c, 1, 1), -99999999999)', 'before__c')
    await made('ADDDAYS(dueOn, year__c)', 'after__c')
    const bare = await create('task', { subject: '空', dueOn: '2026-03-01' })
    expect(bare).toMatchObject({ far__c: null, near__c: null, before__c: null, after__c: null })
    const full = await create('task', { subject: '满', dueOn: '2026-03-01', year__c: '31' })
    expect(full).toMatchObject({ near__c: '0031-01-31', before__c: null, after__c: '2026-04-01' })
    const late = await create('task', { subject: '晚', dueOn: '2026-03-01', year__c: '9999' })
    expect(late).toMatchObject({ far__c: null, near__c: null, before__c: '8999-01-01' })
  })

  it('count with days: between two dates, before and after one, moments by their day in the company', async () => {
    const add = async (expression: string, result: string, key: string) =>
      field('task', { label: both(key), type: 'formula', formula: { expression, result } }, key)
    await field('task', { label: both('接单'), type: 'date_time' }, 'begun__c')
    await add('(dueOn - begun__c) / 2', 'number', 'halfway__c')
    await add('dueOn - 1 + 7', 'date', 'next__c')
    await add('TODAY() - createdAt', 'number', 'age__c')
    const task = await create('task', { subject: '数天', dueOn: '2026-06-18', begun__c: '2026-06-14T17:00:00Z' })
    expect(task).toMatchObject({ halfway__c: '1.5', next__c: '2026-06-24' })
    const check = async (expression: string) =>
      (await operations.post('/shape/objects/task/formula', { expression, result: 'date' })).body.fault?.message
    expect(await check('1 + dueOn')).toContain('needs a number')
    expect(await check('dueOn + dueOn')).toContain('needs a number')
  })

  it('stay small together with those that they use', async () => {
    const sum = (key: string) => Array.from({ length: 40 }, () => key).join('+')
    await field('task', { label: both('四十'), type: 'formula', formula: { expression: sum('year__c'), result: 'number' } }, 'forty__c') // prettier-ignore
    const huge = await operations.post('/shape/objects/task/fields', {
      definition: { label: both('太大'), type: 'formula', formula: { expression: sum('forty__c'), result: 'number' } },
    })
    expect(huge).toMatchObject({ status: 422, body: { errors: [{ field: 'formula', code: 'large' }] } })
  })

  it('cannot go in a circle, nor lose a field that they read', async () => {
    const formula = { expression: 'profits__c + 1', result: 'money' }
    const circle = await operations.patch(`/shape/fields/${await fieldId('opportunity', 'profit__c')}`, {
      definition: { label: both('毛利'), type: 'formula', formula: { ...formula, expression: 'account.profits__c' } },
    })
    expect(circle).toMatchObject({ status: 422, body: { errors: [{ code: 'circle' }] } })
    const needed = await operations.delete(`/shape/fields/${await fieldId('opportunity', 'margin__c')}`)
    expect(needed).toMatchObject({ status: 422, body: { errors: [{ code: 'used' }] } })
    expect(needed.body.errors[0].message).toContain('毛利')
  })
})

describe('rules of the company', () => {
  it('refuse what they describe, with their own words, at their field', async () => {
    const refuses = { and: [{ field: 'status', op: 'eq', value: 'won' }, { field: 'amount', op: 'lt', value: 1 }] } // prettier-ignore
    const rules = [{ name: both('金额'), refuses, message: both('赢单金额太小', 'Too small to win'), field: 'amount' }]
    expect(await operations.put('/shape/objects/opportunity/setup', { rules })).toMatchObject({ status: 200 })
    const values = { name: '小', amount: '0.5', stage: company.stages['Won'], closedOn: '2026-06-01' }
    const refused = await representative.post('/records/opportunity', { values })
    expect(refused.body.errors).toMatchObject([{ field: 'amount', message: 'Too small to win' }])
    const fine = await create('opportunity', { ...values, amount: '2' })
    const worse = await representative.patch(`/records/opportunity/${fine.id}`, { values: { amount: '0.1' } })
    expect(worse).toMatchObject({ status: 422 })
  })

  it('mean the same whoever saves, also where they look at what is out of reach', async () => {
    const far = await person('丙').post('/records/account', { values: { name: '远方', city: '喀什' } })
    const refuses = { field: 'account.city', op: 'eq', value: '喀什' }
    const rules = [{ name: both('不去'), refuses, message: both('喀什不送货', 'No delivery to Kashgar') }]
    expect(await operations.put('/shape/objects/order/setup', { rules })).toMatchObject({ status: 200 })
    const values = { code: 'R-1', amount: '5', orderedOn: '2026-06-01' }
    const made = await create('order', values)
    expect((await operations.patch(`/records/order/${made.id}`, { values: { account: far.body.id } })).body).toMatchObject({
      errors: [{ message: 'No delivery to Kashgar' }],
    }) // prettier-ignore
    await operations.put('/shape/objects/order/setup', { rules: [] })
    await operations.patch(`/records/order/${made.id}`, { values: { account: far.body.id } })
    await operations.put('/shape/objects/order/setup', { rules })
    const hidden = await representative.patch(`/records/order/${made.id}`, { values: { amount: '6' } })
    expect(hidden.body).toMatchObject({ errors: [{ message: 'No delivery to Kashgar' }] })
    await operations.put('/shape/objects/order/setup', { rules: [] })
  })

  it('must name fields that there are', async () => {
    const rules = [{ name: both('错'), refuses: { field: 'city', op: 'empty' }, message: both('缺'), field: 'nowhere' }]
    const refused = await operations.put('/shape/objects/account/setup', { rules })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ code: 'ruleField' }] } })
    const every = [{ and: [{ and: [] }] }, { not: { or: [] } }, { or: [{ field: 'city', op: 'empty' }, { and: [] }] }]
    for (const refuses of every) {
      const always = [{ name: both('错'), refuses, message: both('缺') }]
      expect(await operations.put('/shape/objects/account/setup', { rules: always })).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'refuses', code: 'always' }] },
      })
    }
  })

  it('hold up no other change where they were kept before they were looked at like that', async () => {
    const rule = { id: 'old', name: both('旧规则'), refuses: { not: { or: [] } }, message: both('缺') }
    await operations.post('/shape/objects', { key: 'plan__c', label: both('计划', 'Plan') })
    const setup = JSON.stringify({ rules: [rule] })
    await sql`
      insert into object_setup (company_id, object, setup)
      values (${company.ctx.company.id}, 'plan__c', ${setup}::jsonb)`.execute(database.owner)
    await field('plan__c', { label: both('月份', 'Month'), type: 'text' })
    await field('account', { label: both('月份', 'Month'), type: 'text' })
    const touched = { rules: [{ ...rule, message: both('没有') }] }
    expect(await operations.put('/shape/objects/plan__c/setup', touched)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'refuses', code: 'always' }] },
    })
    await operations.delete('/shape/objects/plan__c')
  })

  it('ask for a field only where its condition holds', async () => {
    const requiredIf = { field: 'amount', op: 'ge', value: 100000 }
    await field('opportunity', { label: both('评审号'), type: 'text', requiredIf }, 'review__c')
    const values = { name: '大', amount: '100000', stage: company.stages['Proposal'] }
    const refused = await representative.post('/records/opportunity', { values })
    expect(refused.body.errors).toMatchObject([{ field: 'review__c', code: 'required' }])
    await create('opportunity', { ...values, review__c: 'PS-1' })
  })

  it('ask for a required field only where it is shown', async () => {
    const visibleIf = { field: 'amount', op: 'lt', value: 10 }
    await field('opportunity', { label: both('小额原因'), type: 'text', required: true, visibleIf }, 'why__c')
    const values = { name: '小额', stage: company.stages['Proposal'] }
    const refused = await representative.post('/records/opportunity', { values: { ...values, amount: '5' } })
    expect(refused.body.errors).toMatchObject([{ field: 'why__c', code: 'required' }])
    await create('opportunity', { ...values, amount: '50' })
    await create('opportunity', { ...values, amount: '5', why__c: '试用' })
  })
})

describe('numbers that the system gives', () => {
  it('follow one another without a gap, in a batch and from many hands at once', async () => {
    const key = await field(
      'account',
      { label: both('编号'), type: 'auto_number', numbering: 'K{YYYY}-{000}' },
      'nr__c',
    )
    const made = await Promise.all(Array.from({ length: 6 }, (_, at) => create('account', { name: `编号 ${at}` })))
    expect(made.map((row) => row[key]).sort()).toEqual([1, 2, 3, 4, 5, 6].map((nr) => `K2026-00${nr}`))
    const fresh = await findCompany(database.db, { id: company.ctx.company.id })
    if (!fresh) expect.fail('the company is gone')
    const ctx = { ...systemContext({ db: database.db, log: company.ctx.log }, fresh), today: '2027-01-02' }
    const rows = await inStep(ctx, (step) =>
      saveMany(step, fresh.catalogue.get('account'), [
        { values: { name: '一' } },
        { values: { name: '' } },
        { values: { name: '二' } },
      ]),
    )
    expect(rows.map((row) => row.ok)).toEqual([true, false, true])
    expect(await titles('account', { field: key, op: 'in', value: ['K2027-001', 'K2027-002'] }, operations)).toEqual([
      '二',
      '一',
    ])
  })
})

describe('a field that becomes often filtered', () => {
  it('is filtered rightly while its index is built and after, also by saves in between', async () => {
    const key = await field('account', { label: both('区号'), type: 'text' }, 'zone__c')
    for (const at of [1, 2, 3]) await create('account', { name: `区 ${at}`, [key]: `Z${at}` })
    const id = await fieldId('account', key)
    const definition = { label: both('区号'), type: 'text', oftenFiltered: true }
    expect(await operations.patch(`/shape/fields/${id}`, { definition })).toMatchObject({ status: 200 })
    const building = (await operations.get('/shape')).body.fields.find((one: { id: string }) => one.id === id)
    expect(building).toMatchObject({ indexState: 'building', indexProgress: 0 })
    expect(await titles('account', { field: key, op: 'eq', value: 'Z2' })).toEqual(['区 2'])
    await create('account', { name: '区 4', [key]: 'Z2' })
    const fresh = await findCompany(database.db, { id: company.ctx.company.id })
    if (!fresh) expect.fail('the company is gone')
    await indexField(systemContext({ db: database.db, log: company.ctx.log }, fresh), { fieldId: id })
    const ready = (await operations.get('/shape')).body.fields.find((one: { id: string }) => one.id === id)
    expect(ready).toMatchObject({ indexState: 'ready', indexProgress: null })
    expect(await titles('account', { field: key, op: 'eq', value: 'Z2' })).toEqual(['区 2', '区 4'])
    const unique = await operations.patch(`/shape/fields/${id}`, { definition: { ...definition, unique: true } })
    expect(unique).toMatchObject({ status: 422, body: { errors: [{ field: 'unique', code: 'repeated' }] } })
  })
})
