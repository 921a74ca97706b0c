import { sql } from 'kysely'
import { pino } from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '#engine/money/decimal.ts'
import type { Role } from '#engine/policy/role.ts'
import { newId } from '#platform/db/new-id.ts'
import { dispatchOnce } from '#platform/events/dispatch.ts'
import { allJobs } from '#platform/jobs/jobs.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'

const now = () => new Date('2026-06-15T04:00:00Z')
const { database, as } = await testApp({ now })
const house = { db: database.db, log: pino({ level: 'silent' }), now }
let company: SmallCompany
let planId = ''
const crowd: { readonly id: string; readonly client: TestClient }[] = []

const unit = (name: string) => company.units[name] ?? ''
const person = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })
const node = (name: string, of: string) => `${unit(of)}.${company.people[name]}`
const setRole = (name: string, role: Role) =>
  sql`update person set role = ${role} where id = ${company.people[name]}`.execute(database.owner)
const setHead = (name: string, of: string) =>
  sql`update unit set head_id = ${company.people[name]} where id = ${unit(of)}`.execute(database.owner)
const noticesOf = async (name: string): Promise<string[]> => {
  while (await dispatchOnce(house));
  return (await person(name).get('/notices')).body.notices.map(({ text }: { text: string }) => text)
}

const tree = async (name: string) => {
  const { body } = await person(name).get(`/plans/${planId}/proposals`)
  return { ...body, at: (id: string) => body.rows.find((row: { node: string }) => row.node === id) }
}
const proposalPath = (of: string) => `/plans/${planId}/proposals/${of}`

beforeAll(async () => {
  company = await smallCompany(database)
  await setRole('丁', 'operations')
  await setRole('乙', 'manager')
  await setRole('丙', 'manager')
  await setHead('乙', '东一队')
  await setHead('丙', '东区')
  const companyId = company.ctx.company.id
  for (let at = 0; at < 200; at += 1) {
    const id = newId()
    await sql`insert into person (company_id, id, name, role) values (${companyId}, ${id}, ${`员工${at}`}, 'representative')`.execute(
      database.owner,
    )
    await sql`
      insert into assignment (company_id, id, structure_id, person_id, unit_id)
      select ${companyId}, ${newId()}, id, ${id}, ${unit('西一队')} from structure where company_id = ${companyId}`.execute(
      database.owner,
    )
    crowd.push({ id, client: as({ companyId, personId: id }) })
  }
  const made = await person('丁').post('/plans', {
    metric: 'signed_amount',
    year: 2026,
    total: '1200000',
    cascade: { season: 'even', headsCarry: true },
  })
  planId = made.body.plan.id
})

describe('numbers from below', () => {
  it('are asked for by whoever makes the plan; everybody with a row is told', async () => {
    const early = await person('甲').put(proposalPath(node('甲', '东一队')), { parts: ['1'], version: null })
    expect(early).toMatchObject({ status: 404, code: 'PLAN_NOT_FOUND' })
    const byManager = await person('乙').put(proposalPath(node('甲', '东一队')), { parts: ['1'], version: null })
    expect(byManager).toMatchObject({ status: 409, code: 'PROPOSALS_NOT_ASKED' })
    const set = await person('丁').patch(`/plans/${planId}/path`, { asksProposals: true, proposalsUntil: '2026-06-16' })
    expect(set.status).toBe(200)
    expect(await noticesOf('甲')).toContainEqual(expect.stringContaining('Please propose your number 2026'))
  })

  it('are the year spread by the season of the plan, or a number for each quarter', async () => {
    const mine = node('甲', '东一队')
    const year = await person('甲').put(proposalPath(mine), { parts: ['240000'], version: null })
    expect(year.body.proposal).toMatchObject({ total: '240000', version: 1, by: { name: '甲' } })
    expect(new Set(year.body.proposal.periods)).toEqual(new Set(['20000']))
    const quarters = { parts: ['30000', '60000', '60000', '90000'], version: 1 }
    const changed = await person('甲').put(proposalPath(mine), quarters)
    expect(changed.body.proposal.periods.slice(0, 4)).toEqual(['10000', '10000', '10000', '20000'])
    const { body } = await person('甲').get(proposalPath(mine))
    expect(body.history.map(({ kind, total }: any) => [kind, total])).toEqual([
      ['proposed', '240000'],
      ['proposed', '240000'],
    ])
  })

  it('tell the result of last year to nobody whose role hides what it is counted from', async () => {
    const asked = () => person('甲').get(proposalPath(node('甲', '东一队')))
    expect(await asked()).toMatchObject({ body: { lastYear: '0' } })
    await setRole('丁', 'administrator')
    const label = { zh: '不看金额', en: 'Sees no amounts' }
    const definition = { objects: { opportunity: { fields: { amount: 'hidden' } } } }
    const { body } = await person('丁').post('/access/roles', { label, basis: 'representative', definition })
    await setRole('甲', body.key)
    const answer = await asked()
    await setRole('甲', 'representative')
    await setRole('丁', 'operations')
    expect(answer).toMatchObject({ status: 404, code: 'PLAN_NOT_FOUND' })
  })

  it('name the field that is at fault', async () => {
    const mine = node('甲', '东一队')
    const odd = await person('甲').put(proposalPath(mine), { parts: ['1', '2', '3', '4', '5'], version: 2 })
    expect(odd).toMatchObject({ code: 'PROPOSAL_INVALID', body: { errors: [{ field: 'parts', code: 'uneven' }] } })
    const fine = await person('甲').put(proposalPath(mine), { parts: ['0.001'], version: 2 })
    expect(fine.body.errors).toMatchObject([{ field: 'parts.0', code: 'too-fine' }])
  })

  it('of 200 people at once all arrive, exactly, and the sums are right', async () => {
    const answers = await Promise.all(
      crowd.map(({ id, client }, at) =>
        client.put(proposalPath(`${unit('西一队')}.${id}`), { parts: [`${1000 + at}.01`], version: null }),
      ),
    )
    expect(answers.map(({ status }) => status).filter((status) => status !== 200)).toEqual([])
    const all = await tree('丁')
    const expected = sumOf(crowd.map((_, at) => `${1000 + at}.01`))
    expect(expected).toBe('219902')
    expect(all.at(unit('西一队'))).toMatchObject({ bottomUp: expected, missing: 1, rows: 201 })
    expect(all.at(unit('西区')).bottomUp).toBe(expected)
    expect(all.at(unit('公司')).bottomUp).toBe(sumOf([expected, '240000']))
    const { rows } = await sql<{ count: string }>`select count(*)::text as count from target_proposal_change
      where plan_id = ${planId}`.execute(database.owner)
    expect(rows[0]?.count).toBe('202')
  }, 60_000)

  it('of one person, written twice at once, are written once; the other is told', async () => {
    const [first] = crowd
    if (!first) throw new Error('nobody is there')
    const path = proposalPath(`${unit('西一队')}.${first.id}`)
    const answers = await Promise.all(
      ['5', '6', '7'].map((part) => first.client.put(path, { parts: [part], version: 1 })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    expect(answers.find(({ status }) => status === 409)).toMatchObject({ code: 'PROPOSAL_CHANGED' })
  })

  it('show each manager top-down, bottom-up and the gap of the own tiers alone', async () => {
    const theirs = await tree('乙')
    expect(theirs.rows.map((row: { name: string }) => row.name).toSorted()).toEqual(['东一队', '乙', '甲'])
    expect(theirs.at(unit('东一队'))).toMatchObject({
      topDown: '300000',
      bottomUp: '240000',
      gap: '60000',
      missing: 1,
      can: { submit: true, sendBack: false },
    })
    const own = await tree('甲')
    expect(own.rows).toHaveLength(1)
    expect((await person('甲').get(proposalPath(node('乙', '东一队')))).code).toBe('NODE_NOT_FOUND')
    expect((await person('甲').put(proposalPath(node('丙', '东二队')), { parts: ['1'], version: null })).code).toBe(
      'NODE_NOT_FOUND',
    )
  })

  it('are adjusted by the manager with a comment, and the person is told', async () => {
    const path = proposalPath(node('甲', '东一队'))
    const silent = await person('乙').put(path, { parts: ['260000'], version: 2 })
    expect(silent).toMatchObject({ code: 'PROPOSAL_INVALID', body: { errors: [{ field: 'comment' }] } })
    const adjusted = await person('乙').put(path, { parts: ['260000'], version: 2, comment: '新客户多' })
    expect(adjusted.body.proposal).toMatchObject({ total: '260000', version: 3, by: { name: '乙' } })
    expect(await noticesOf('甲')).toContainEqual(expect.stringContaining('乙 adjusted your number 2026'))
    const late = await person('甲').put(path, { parts: ['1'], version: 2 })
    expect(late).toMatchObject({ code: 'PROPOSAL_CHANGED' })
    expect(late.body.title).toContain('乙')
    const whole = await person('乙').put(proposalPath(unit('东一队')), { parts: ['1'], version: null, comment: 'x' })
    expect(whole.code).toBe('PROPOSAL_NOT_YOURS')
    const summed = await person('丁').put(proposalPath(unit('东一队')), { parts: ['1'], version: null, comment: 'x' })
    expect(summed.code).toBe('PROPOSAL_OF_SUM')
  })

  it('stand still once the unit was handed up, until it is sent back with a comment', async () => {
    const submit = (name: string, of: string) =>
      person(name).post(`/plans/${planId}/proposals/submit`, { unit: unit(of), comment: '' })
    expect((await submit('甲', '东一队')).code).toBe('PERMISSION_MISSING')
    expect((await submit('乙', '西一队')).code).toBe('NODE_NOT_FOUND')
    expect(await submit('丙', '东二队')).toMatchObject({ status: 422, code: 'NOTHING_TO_SUBMIT' })
    expect((await submit('乙', '东一队')).status).toBe(204)
    expect(await noticesOf('丙')).toContainEqual(expect.stringContaining('乙 submitted the proposals 2026'))
    const path = proposalPath(node('甲', '东一队'))
    expect(await person('甲').put(path, { parts: ['1'], version: 3 })).toMatchObject({
      status: 409,
      code: 'PROPOSAL_SUBMITTED',
    })
    expect((await person('乙').put(path, { parts: ['1'], version: 3, comment: 'x' })).code).toBe('PROPOSAL_SUBMITTED')
    const back = (name: string) =>
      person(name).post(`/plans/${planId}/proposals/send-back`, { unit: unit('东一队'), comment: '太低' })
    expect((await back('乙')).code).toBe('UNIT_NOT_YOURS')
    expect((await back('丙')).status).toBe(204)
    expect(await noticesOf('乙')).toContainEqual(expect.stringContaining('太低'))
    expect((await person('甲').put(path, { parts: ['270000'], version: 3 })).status).toBe(200)
  })

  it('that are missing are reminded of before the end, once a day', async () => {
    const remind = allJobs().get('agreements.remind')
    await remind?.(company.ctx, {})
    await remind?.(company.ctx, {})
    const texts = await noticesOf('乙')
    expect(texts.filter((text) => text.includes('yours is missing'))).toHaveLength(1)
    expect(texts.filter((text) => text.includes('东一队 has not submitted yet'))).toHaveLength(1)
    expect((await noticesOf('甲')).filter((text) => text.includes('yours is missing'))).toEqual([])
  })

  it('are taken over for some units or all, as one revision; what is locked or missing stays', async () => {
    const before = (await person('丁').get(`/plans/${planId}`)).body
    const locked = Array.from({ length: 12 }, (_, at) => at === 0)
    const lock = { version: before.plan.version, reason: '锁', rows: [{ node: node('甲', '东一队'), locked }] }
    expect((await person('丁').patch(`/plans/${planId}`, lock)).status).toBe(200)
    const wish = { version: before.plan.version + 1, nodes: [unit('东区')], reason: '采用东区' }
    expect((await person('乙').post(`/plans/${planId}/proposals/take-over`, wish)).code).toBe('PERMISSION_MISSING')
    const taken = await person('丁').post(`/plans/${planId}/proposals/take-over`, wish)
    expect(taken.body).toMatchObject({ taken: 1, kept: 1, plan: { version: before.plan.version + 2 } })
    const { rows } = (await person('丁').get(`/plans/${planId}`)).body
    const row = (id: string) => rows.find((one: { id: string }) => one.id === id)
    expect(row(node('甲', '东一队')).months.slice(0, 2)).toEqual(['12500', '22500'])
    expect(row(node('丙', '东二队')).months).toEqual(
      before.rows.find((one: any) => one.id === node('丙', '东二队')).months,
    )
    for (const one of rows) {
      const below = rows.filter(({ parentId }: { parentId: string }) => parentId === one.id)
      if (below.length > 0) expect(sumOf(below.flatMap((child: any) => child.months))).toBe(sumOf(one.months))
    }
    const all = await person('丁').post(`/plans/${planId}/proposals/take-over`, {
      version: before.plan.version + 2,
      reason: '全部采用',
    })
    expect(all.body.taken).toBe(201)
    const { revisions } = (await person('丁').get(`/plans/${planId}/revisions`)).body
    expect(revisions[0]).toMatchObject({ kind: 'taken-over', reason: '全部采用', by: { name: '丁' } })
  })

  it('end on their last day, and with the draft', async () => {
    await person('丁').patch(`/plans/${planId}/path`, { proposalsUntil: '2026-06-14' })
    const over = await person('甲').put(proposalPath(node('甲', '东一队')), { parts: ['1'], version: 4 })
    expect(over).toMatchObject({ status: 409, code: 'PROPOSALS_OVER' })
    expect((await tree('甲')).closed).toBe('Proposals ended on 2026-06-14')
  })

  it('keep the fiscal year of their plan from changing its periods', async () => {
    await setRole('甲', 'administrator')
    const { body } = await person('甲').post('/fiscal-calendar/preview', { rule: { kind: 'months', start: 4 } })
    expect(body.refused.flatMap(({ by }: { by: object[] }) => by)).toContainEqual({
      zh: '上报与申诉',
      en: 'Proposals and appeals',
    })
  })
})
