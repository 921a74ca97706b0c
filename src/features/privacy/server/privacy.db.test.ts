import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { allJobs } from '#platform/jobs/jobs.ts'
import { sealAudit, verifyAudit } from '#platform/audit/index.ts'
import { verifyDuplicates } from '#platform/duplicates/index.ts'
import { verifyFiles } from '#platform/files/index.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { searchedKinds, verifySearch } from '#platform/search/index.ts'
import { verifyIndexes } from '#features/shaping/server/index.ts'
import { newId } from '#platform/db/new-id.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { tinyPng, uploadTo } from '#testing/upload.ts'
import { populated, type Populated } from '#testing/walk/populated.ts'

const { app, database, as } = await testApp()
let here: Populated
let admin: TestClient
let rep: TestClient

beforeAll(async () => {
  here = await populated(database, 'privacy', as)
  admin = as(here.somebody('管'))
  rep = as(here.somebody('甲'))
})

const both = (zh: string) => ({ zh, en: zh })
/** The company as it is now, with the fields that it added. */
async function now() {
  const company = await findCompany(database.db, { id: here.company.ctx.company.id })
  if (!company) throw new Error('the company is gone')
  return systemContext({ db: database.db, log: here.company.ctx.log }, company)
}

/** What the queue would do, done at once. */
async function perform(runId: string): Promise<void> {
  await allJobs().get('privacy.run')?.(await now(), { runId })
}

const make = async (object: string, values: Record<string, unknown>, client = rep) => {
  const answer = await client.post(`/records/${object}`, { values })
  expect([object, answer.status, answer.body.errors]).toEqual([object, 201, undefined])
  return answer.body.id as string
}

/** Every text of every table of every company, as the owner sees it. */
async function placesHolding(wanted: readonly string[]): Promise<readonly string[]> {
  const { rows: columns } = await sql<{ table: string; name: string }>`
    select c.relname as table, a.attname as name from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace) and c.relkind in ('r', 'p')
      and a.atttypid in ('text'::regtype, 'varchar'::regtype, 'json'::regtype, 'jsonb'::regtype, 'text[]'::regtype)
    order by 1, 2`.execute(database.owner)
  const found: string[] = []
  for (const { table, name } of columns) {
    for (const one of wanted) {
      const schema = table.startsWith('_private') ? 'graphile_worker' : 'public'
      const { rows } = await sql<{ there: boolean }>`
        select exists (select from ${sql.id(schema, table)} where ${sql.id(name)}::text like ${`%${one}%`}) as there`.execute(
        database.owner,
      )
      if (rows[0]?.there) found.push(`${table}.${name} holds ${one}`)
    }
  }
  return found
}

/** Records that the search lacks; the people of the small company were never indexed. */
async function notFound() {
  const ctx = await now()
  const staff = new Set(Object.values(here.people))
  return (await verifySearch(ctx, searchedKinds(ctx.company.catalogue))).filter(
    ({ recordId }) => !staff.has(recordId ?? ''),
  )
}

async function figures() {
  const { rows } = await sql`
    select metric, structure_id, year, unit_id, person_id, numerator, denominator from rollup_year
    where company_id = ${here.company.ctx.company.id} order by 1, 2, 3, 4, 5`.execute(database.owner)
  return rows
}

describe('what a person agreed to', () => {
  it('is recorded and withdrawn, with its history, by whoever may change the record', async () => {
    const id = await make('contact', { name: '同意人', ownerId: here.people['甲'] })
    const at = `/personal/contact/${id}/consents`
    const said = { kind: 'calls', state: 'given', saidOn: '2026-03-01', channel: 'paper', textVersion: '2026-01' }
    expect((await rep.post(at, said)).status).toBe(201)
    expect((await rep.get(at)).body).toMatchObject({ withdrawn: [], canRecord: true })
    await rep.post(at, { ...said, state: 'withdrawn', saidOn: '2026-03-05', channel: 'phone', note: '不要再打' })
    const { consents, withdrawn } = (await rep.get(at)).body
    expect(withdrawn).toEqual(['calls'])
    expect(consents.map(({ state, saidOn, channel, recordedBy }: any) => [state, saidOn, channel, recordedBy])).toEqual(
      [
        ['withdrawn', '2026-03-05', 'phone', '甲'],
        ['given', '2026-03-01', 'paper', '甲'],
      ],
    )
    expect(
      (await admin.get(`/audit?object=consent&record=${id}`)).body.entries.map(({ action }: any) => action),
    ).toEqual(['withdrawn', 'given'])
    expect((await as(here.somebody('丙')).get(at)).status).toBe(404)
    expect((await as(here.somebody('丙')).post(at, said)).status).toBe(404)
    expect((await rep.post(`/personal/account/${here.records['account']?.['甲']}/consents`, said)).code).toBe(
      'SUBJECT_NOT_FOUND',
    )
  })

  it('is never changed by the app', async () => {
    await expect(
      database.db.transaction().execute(async (tx) => {
        await sql`select set_config('app.company', ${here.company.ctx.company.id}, true)`.execute(tx)
        await sql`update consent set state = 'given'`.execute(tx)
      }),
    ).rejects.toThrow(/permission denied/)
  })
})

describe('a copy of everything about a person', () => {
  it('comes as one archive with data, a page to read and the files, by a job, and is noted', async () => {
    const id = await make('contact', { name: '查阅人', phone: '13911112222', ownerId: here.people['甲'] })
    await make('activity', {
      kind: 'call',
      subject: '回访',
      contact: id,
      doneOn: '2026-03-01',
      ownerId: here.people['甲'],
    })
    await uploadTo(rep, `/records/contact/${id}/files`, '名片.png', tinyPng)
    await rep.post(`/records/contact/${id}/comments`, { text: '很客气', mentions: [] })
    expect((await rep.post(`/personal/contact/${id}/export`, {})).code).toBe('PERMISSION_MISSING')
    const begun = await admin.post(`/personal/contact/${id}/export`, {})
    expect([begun.status, begun.body.state]).toEqual([202, 'queued'])
    await perform(begun.body.id)
    const run = (await admin.get(`/personal-runs/${begun.body.id}`)).body
    expect(run).toMatchObject({
      state: 'done',
      counts: { contact: 1, activity: 1, files: 1, comments: 1 },
      partsDone: 2,
      partsTotal: 2,
    })
    expect(Date.parse(run.expiresAt)).toBeGreaterThan(Date.now())
    const answer = await app.inject({
      url: `/api/v1/personal-runs/${run.id}/archive`,
      headers: { host: 'localhost', cookie: await cookieOf() },
    })
    const archive = gunzipSync(answer.rawPayload)
    const text = archive.toString('utf8')
    for (const part of ['data.json', 'index.html', '13911112222', '很客气', '回访']) expect(text).toContain(part)
    expect(archive.includes(tinyPng)).toBe(true)
    const noted = (await admin.get(`/audit?object=contact&record=${id}`)).body.entries.map(({ action }: any) => action)
    expect(noted.slice(0, 2)).toEqual(['downloaded', 'exported'])
  })
})

async function cookieOf(): Promise<string> {
  const { openSession } = await import('#platform/auth/session-store.ts')
  return `terrace=${await openSession(database.db, { ...here.somebody('管'), loginId: null, origin: null })}`
}

describe('the erasure of a contact', () => {
  const secrets = {
    name: '欧阳明镜',
    former: '欧阳旧名',
    phone: '13866667777',
    formerPhone: '13855554444',
    email: 'mingjing@erased.example',
    wechat: 'ouyang_mj88',
    number: '110101199003078515',
  }

  it('leaves no trace in any table, and every figure as it was', async () => {
    const office = as(here.somebody('营'))
    const made = await office.post('/shape/objects/contact/fields', {
      definition: { label: both('证件号'), type: 'text', personal: true, unique: true },
    })
    expect(made.status).toBe(201)
    const idNumber = made.body.key as string
    const ownerId = here.people['甲']
    const account = await make('account', { name: '无痕机械有限公司', ownerId, annualRevenue: '1000' })
    const values = { name: secrets.former, phone: secrets.formerPhone, account, ownerId, title: '采购经理' }
    const contact = await make('contact', values)
    await rep.patch(`/records/contact/${contact}`, {
      values: {
        name: secrets.name,
        phone: secrets.phone,
        email: secrets.email,
        wechat: secrets.wechat,
        [idNumber]: secrets.number,
        note: '爱喝茶',
      },
    })
    // It is part of others, and others speak of it.
    const twin = await rep.post('/records/contact', {
      values: { name: secrets.name, phone: secrets.phone, account, ownerId },
      confirmed: true,
    })
    expect(twin.status).toBe(201)
    const merged = await office.post('/merges', { object: 'contact', winnerId: contact, loserIds: [twin.body.id] })
    expect([merged.status < 300, merged.code]).toEqual([true, undefined])
    const activity = await make('activity', {
      kind: 'visit',
      subject: `拜访${secrets.name}`,
      note: `电话 ${secrets.phone}`,
      contact,
      account,
      doneOn: '2026-03-01',
      ownerId,
    })
    const deal = await make('opportunity', {
      name: `${secrets.name}的订单`,
      account,
      stage: here.company.stages['Won'],
      amount: '88.00',
      closedOn: '2026-03-02',
      ownerId,
    })
    const elsewhere = await make('account', { name: '别处', note: `问过 ${secrets.email}`, ownerId })
    await rep.post(`/records/contact/${contact}/comments`, { text: `${secrets.name}说可以`, mentions: [] })
    await rep.post(`/records/account/${account}/comments`, {
      text: `找${secrets.name}，${secrets.phone}`,
      mentions: [],
    })
    const file = await uploadTo(rep, `/records/contact/${contact}/files`, `${secrets.name}.png`, tinyPng)
    await rep.delete(`/files/${file.body.id}`)
    await sql`
      insert into import_run (company_id, id, set_id, file_name, object, mapping, operation_id)
      values (${here.company.ctx.company.id}, gen_random_uuid(), gen_random_uuid(), 'x', 'contact', '{}', gen_random_uuid())`.execute(
      database.owner,
    )
    await sql`
      insert into import_reject (company_id, import_id, line, part, cells, faults)
      select company_id, id, 1, 1, ${JSON.stringify([secrets.name, secrets.phone])}::jsonb, '[]' from import_run
      where company_id = ${here.company.ctx.company.id} and file_name = 'x'`.execute(database.owner)
    // A forecast keeps the names of its deals, and people write into names of objectives what they like.
    const company = here.company.ctx.company.id
    await sql`
      with entry as (
        insert into forecast_entry (company_id, id, kind, period_key, period_kind, period_from, period_to, period_label,
          person_id, made_by, made_at, currency, commit_amount, best_amount, closed_amount, committed_deals, best_deals,
          pipeline_deals, omitted_deals)
        values (${company}, gen_random_uuid(), 'submission', '2026-Q1', 'quarter', '2026-01-01', '2026-04-01', '{}',
          ${ownerId}, ${ownerId}, now(), 'CNY', 1, 1, 88, 0, 0, 0, 0)
        returning company_id, id)
      insert into forecast_deal (company_id, entry_id, opportunity_id, person_id, name, stage_name, category, amount)
      select company_id, id, ${deal}, ${ownerId}, ${`${secrets.name}的订单`}, '{}', 'closed', 88 from entry`.execute(
      database.owner,
    )
    await sql`
      insert into objective (company_id, id, name, period)
      values (${company}, gen_random_uuid(), ${`打 ${secrets.phone} 签约`}, '2026')`.execute(database.owner)
    const stranger = await make('contact', { name: '同名人', phone: '13866660000', ownerId })

    await sealAudit(await now())
    const before = await figures()
    expect((await placesHolding(Object.values(secrets))).length).toBeGreaterThan(10)

    expect((await rep.get(`/personal/contact/${contact}/erasure`)).code).toBe('PERMISSION_MISSING')
    const preview = (await admin.get(`/personal/contact/${contact}/erasure`)).body
    expect(preview).toMatchObject({ name: secrets.name, counts: { records: 2, files: 1, comments: 2 } })
    expect(preview.fields).toContain(idNumber)
    const at = `/personal/contact/${contact}/erasure`
    expect((await admin.post(at, { reason: '', confirm: secrets.name })).status).toBe(400)
    expect((await admin.post(at, { reason: '本人要求', confirm: '别人' })).code).toBe('NOT_CONFIRMED')
    const begun = await admin.post(at, { reason: `本人（${secrets.name}）要求`, confirm: secrets.name })
    expect(begun.status).toBe(202)
    await perform(begun.body.id)
    expect((await admin.get(`/personal-runs/${begun.body.id}`)).body).toMatchObject({ state: 'done' })

    expect(await placesHolding(Object.values(secrets))).toEqual([])
    const shown = (await rep.get(`/records/contact/${contact}`)).body
    expect(shown).toMatchObject({
      name: '已删除的联系人',
      phone: null,
      email: null,
      title: null,
      note: null,
      account,
      ownerId,
    })
    expect((await rep.get(`/records/activity/${activity}`)).body).toMatchObject({
      subject: '拜访〔已删除〕',
      note: '电话 〔已删除〕',
    })
    expect((await rep.get(`/records/opportunity/${deal}`)).body).toMatchObject({
      name: '〔已删除〕的订单',
      amount: '88',
    })
    expect((await rep.get(`/records/account/${elsewhere}`)).body.note).toBe('问过 〔已删除〕')
    expect((await rep.get(`/records/contact/${stranger}`)).body).toMatchObject({ name: '同名人', phone: '13866660000' })
    expect((await rep.get(`/records/contact/${contact}/files?removed=true`)).body.files).toEqual([])

    expect(await figures()).toEqual(before)
    const ctx = await now()
    await sealAudit(ctx)
    expect((await verifyAudit(ctx)).misfits).toEqual([])
    expect(await verifyLedger(ctx)).toEqual([])
    expect(await notFound()).toEqual([])
    expect(await verifyDuplicates(ctx)).toEqual([])
    expect(await verifyIndexes(ctx)).toEqual([])
    expect(await verifyFiles(ctx)).toEqual([])

    const history = (await rep.get(`/records/contact/${contact}/history`)).body.entries
    expect(history[0]).toMatchObject({ action: 'erased', personName: '管' })
    const change = history.find((entry: any) => entry.action === 'updated')
    expect(change.erased).toEqual(expect.arrayContaining(['name', 'phone', 'email']))
    const undone = await rep.post(`/records/contact/${contact}/history/${change.id}/undo`, {})
    expect([undone.status, undone.code]).toEqual([409, 'CHANGE_ERASED'])
  })

  it('done twice changes nothing more', async () => {
    const id = await make('contact', { name: '再来一次', ownerId: here.people['甲'] })
    const at = `/personal/contact/${id}/erasure`
    const first = await admin.post(at, { reason: '要求', confirm: '再来一次' })
    expect((await admin.post(at, { reason: '要求', confirm: '再来一次' })).code).toBe('ERASURE_UNDER_WAY')
    await perform(first.body.id)
    await perform(first.body.id)
    const entries = (await rep.get(`/records/contact/${id}/history`)).body.entries
    expect(entries.map(({ action }: any) => action)).toEqual(['erased', 'created'])
  })
})

describe('the erasure of a colleague', () => {
  it('waits until they have left, then leaves their results and work under a name that says nothing', async () => {
    const person = await admin.post('/org/people', {
      name: '司马离职', email: 'sima@left.example', phone: '13712340000', role: 'representative', unitId: here.company.units['东一队'],
    }) // prettier-ignore
    const id = person.body.id as string
    await rep.post(`/records/account/${here.records['account']?.['甲']}/comments`, {
      text: '@司马离职 请看',
      mentions: [id],
    })
    const counted = {
      ...{ label: { zh: '谁的单', en: 'Whose deals' }, unit: 'count', better: 'higher' },
      ...{ of: 'opportunity', aggregate: 'count', at: 'createdAt', when: { field: 'ownerId', op: 'eq', value: id } },
    }
    const metric = (await admin.post('/own-metrics', counted)).body.key
    await admin.patch(`/own-metrics/${metric}`, { ...counted, at: 'closedOn' })
    const at = `/personal/person/${id}/erasure`
    expect((await admin.post(at, { reason: '离职', confirm: '司马离职' })).code).toBe('STILL_ACTIVE')
    await admin.post(`/org/people/${id}/deactivate`)
    const copy = await admin.post(`/personal/person/${id}/export`, {})
    await perform(copy.body.id)
    expect((await admin.get(`/personal-runs/${copy.body.id}`)).body).toMatchObject({
      state: 'done',
      counts: { person: 1 },
    })
    const begun = await admin.post(at, { reason: '离职两年', confirm: '司马离职' })
    await perform(begun.body.id)
    expect((await admin.get(`/personal-runs/${begun.body.id}`)).body).toMatchObject({ state: 'done' })
    expect(await placesHolding(['司马离职', 'sima@left.example', '13712340000'])).toEqual([])
    const { formula, versions } = (await admin.get(`/metrics/${metric}/lineage`)).body
    for (const { zh } of [formula, versions[0].formula]) expect(zh).toContain('已删除')
    // Who was erased before such names were swept: a bare mark where the metric holds, the name in former versions.
    await sql`update own_metric set names = ${JSON.stringify({ [id]: '〔已删除〕' })}::jsonb where key = ${metric}`.execute(
      database.owner,
    )
    const named = JSON.stringify({ [id]: { zh: '司马离职', en: '司马离职' }, other: { zh: '在职', en: '在职' } })
    await sql`update own_metric_version set names = ${named}::jsonb where metric = ${metric}`.execute(database.owner)
    const migration = readFileSync(new URL('../../../../migrations/0107_plan_bounds.sql', import.meta.url), 'utf8')
    await sql.raw(migration.slice(migration.indexOf('create function'))).execute(database.owner)
    const kept = await sql<{ names: unknown }>`
      select names from own_metric where key = ${metric} union all
      select names from own_metric_version where metric = ${metric}`.execute(database.owner)
    const erased = { zh: '〔已删除〕', en: '[erased]' }
    expect(kept.rows.map(({ names }) => names)).toEqual([
      { [id]: erased },
      { [id]: erased, other: { zh: '在职', en: '在职' } },
    ])
    const ctx = await now()
    await sealAudit(ctx)
    expect((await verifyAudit(ctx)).misfits).toEqual([])
    expect((await notFound()).filter(({ recordId }) => recordId === id)).toEqual([])
  })

  it('takes nothing from what only looks alike', async () => {
    const unitId = here.company.units['东一队']
    const colleague = { name: '东方留痕', employeeNo: '10001', phone: '13712349999', role: 'representative', unitId }
    const { body } = await admin.post('/org/people', colleague)
    await admin.post(`/org/people/${body.id}/deactivate`)
    const ownerId = here.people['甲']
    const names = ['合同 HT-2024-100015 客户', '工位 10001 号', '流水 137123499990']
    const ids = await Promise.all(names.map((name) => make('account', { name, ownerId })))
    const company = here.company.ctx.company.id
    const payload = { id: newId(), number: 137123499990, key: 'a13712349999', said: ['打\n13712349999'] }
    await sql`
      insert into event (company_id, id, name, payload, operation_id, handled_at)
      values (${company}, ${payload.id}, 'lookalike', ${JSON.stringify(payload)}::jsonb, ${newId()}, now())`.execute(
      database.owner,
    )
    const begun = await admin.post(`/personal/person/${body.id}/erasure`, { reason: '离职', confirm: '东方留痕' })
    await perform(begun.body.id)
    expect((await admin.get(`/personal-runs/${begun.body.id}`)).body).toMatchObject({ state: 'done' })
    const left = await Promise.all(ids.map(async (id) => (await rep.get(`/records/account/${id}`)).body.name))
    expect(left).toEqual(names)
    const { rows } = await sql`select payload from event where id = ${payload.id}`.execute(database.owner)
    expect(rows).toEqual([{ payload: { ...payload, said: ['打\n〔已删除〕'] } }])
  })
})
