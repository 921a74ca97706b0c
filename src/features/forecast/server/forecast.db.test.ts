import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#engine/policy/role.ts'
import { writeStageHistory } from '#features/pipeline/server/index.ts'
import { inStep } from '#platform/db/step.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { movePerson, smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { remind } from './remind.ts'

let now = new Date('2026-06-15T04:00:00Z')
const { database, as } = await testApp({ now: () => now })
const quarter = '2026-Q2'

let company: SmallCompany
let rep: TestClient
let peer: TestClient
let lead: TestClient
let director: TestClient
let deals: Record<string, string>
let count = 0

const client = (name: string) => as({ companyId: company.ctx.company.id, personId: company.people[name] ?? '' })

async function appoint(name: string, role: Role, head?: string): Promise<void> {
  await sql`update person set role = ${role}, email = ${`${name}-${count}@example.com`}
    where company_id = ${company.ctx.company.id} and id = ${company.people[name]}`.execute(database.owner)
  if (head) {
    await sql`update unit set head_id = ${company.people[name]}
      where company_id = ${company.ctx.company.id} and id = ${company.units[head]}`.execute(database.owner)
  }
}

const sell = async (name: string, owner: string, stage: string, amount: string, rest: object = {}) =>
  (
    await createRecord(company.ctx, 'opportunity', {
      name,
      stage: company.stages[stage],
      amount,
      ownerId: company.people[owner],
      engagedOn: '2026-04-02',
      expectedOn: '2026-06-20',
      ...rest,
    })
  ).id

/** 甲 in 东一队, led by 乙; 丁 leads the company; 丙 in 东二队. */
beforeEach(async () => {
  now = new Date('2026-06-15T04:00:00Z')
  count += 1
  company = await smallCompany(database, { slug: `forecast-${count}`, now })
  await appoint('甲', 'representative')
  await appoint('丙', 'representative')
  await appoint('乙', 'manager', '东一队')
  await appoint('丁', 'director', '公司')
  deals = {
    won: await sell('赢', '甲', 'Won', '100', { closedOn: '2026-05-05' }),
    sure: await sell('稳', '甲', 'Negotiation', '200'),
    maybe: await sell('或', '甲', 'Proposal', '400'),
    early: await sell('早', '甲', 'Prospecting', '800'),
    other: await sell('秘', '丙', 'Negotiation', '50'),
    next: await sell('后', '甲', 'Negotiation', '999', { expectedOn: '2026-08-01' }),
  }
  rep = client('甲')
  peer = client('丙')
  lead = client('乙')
  director = client('丁')
})

const boardOf = async (who: TestClient, period = quarter) => (await who.get(`/forecast?period=${period}`)).body
const nodeNamed = (node: any, name: string): any =>
  node.name === name ? node : node.children.map((child: any) => nodeNamed(child, name)).find(Boolean)
const submit = (who: TestClient, commit: string, bestCase: string, rest: object = {}) =>
  who.post('/forecast/submissions', { period: quarter, commit, bestCase, ...rest })

describe('the fiscal calendar', () => {
  const april = { kind: 'months', start: 4 } as const

  it('keeps the years for which somebody submitted', async () => {
    await appoint('丁', 'administrator', '公司')
    const asked = () => client('丁').post('/fiscal-calendar/preview', { rule: april })
    expect((await asked()).body.refused).toEqual([])
    expect((await submit(rep, '300', '700')).status).toBe(201)
    expect((await asked()).body.refused).toEqual([{ year: 2026, by: [{ zh: '销售预测', en: 'Forecasts' }] }])
    const changed = await client('丁').put('/fiscal-calendar', { rule: april })
    expect([changed.status, changed.code]).toEqual([409, 'CALENDAR_IN_USE'])
  })
})

describe('the forecast of a quarter', () => {
  it('sums closed and open deals by category, and leaves out what is expected later', async () => {
    const { root } = await boardOf(rep)
    expect(root).toMatchObject({
      name: '甲',
      system: { closed: '100', committed: '200', bestCase: '400', pipeline: '800', omitted: '0' },
    })
  })

  it('counts a deal whose day has passed in the current period, and in no other', async () => {
    await updateRecord(company.ctx, 'opportunity', deals['sure'] ?? '', { values: { expectedOn: '2026-02-01' } })
    expect((await boardOf(rep)).root.system.committed).toBe('200')
    expect((await boardOf(rep, '2026-Q1')).root.system.committed).toBe('0')
  })

  it('follows the category that a person chose', async () => {
    const change = { values: { forecastCategory: 'committed' } }
    expect((await rep.patch(`/records/opportunity/${deals['early']}`, change)).body).toMatchObject({
      forecastCategory: 'committed',
      forecastByHand: true,
    })
    expect((await boardOf(rep)).root.system).toMatchObject({ committed: '1000', pipeline: '0' })
    await rep.patch(`/records/opportunity/${deals['early']}`, { values: { stage: company.stages['Proposal'] } })
    expect((await boardOf(rep)).root.system).toMatchObject({ committed: '1000' })
  })

  it('refuses to call an open deal closed', async () => {
    const answer = await rep.patch(`/records/opportunity/${deals['early']}`, { values: { forecastCategory: 'closed' } })
    expect(answer).toMatchObject({ code: 'RECORD_INVALID', body: { errors: [{ field: 'forecastCategory' }] } })
  })

  it('opens every number to its deals, which add up to it', async () => {
    const { ownNode } = await boardOf(rep)
    for (const [category, total] of [
      ['closed', '100'],
      ['committed', '200'],
      ['best_case', '400'],
    ]) {
      const { body } = await rep.get(`/forecast/deals?period=${quarter}&node=${ownNode}&category=${category}`)
      expect(body).toMatchObject({ total, rows: [{ amount: total, category }] })
    }
  })

  it('opens a figure page by page until all its deals have been shown', async () => {
    const address = `/forecast/deals?period=${quarter}`
    const { body } = await rep.get(address)
    expect(body).toMatchObject({ count: 4, next: null })
    const rest = (await rep.get(`${address}&skip=1`)).body
    expect(rest.rows.map(({ id }: { id: string }) => id)).toEqual(
      body.rows.slice(1).map(({ id }: { id: string }) => id),
    )
    expect(rest).toMatchObject({ count: 4, next: null, total: body.total })
  })

  it('stands by the target, and shows a unit as the sum of its people', async () => {
    const { root } = await boardOf(director)
    expect(nodeNamed(root, '东区').system).toMatchObject({ closed: '100', committed: '250', bestCase: '400' })
    expect(root.system).toEqual(nodeNamed(root, '公司').system)
  })

  it('counts deals of people who stand in no unit under a node of their own', async () => {
    await sell('散', '甲', 'Negotiation', '7', { ownerId: null })
    const { root } = await boardOf(director)
    expect(root.system.committed).toBe('257')
    expect(nodeNamed(root, 'Unassigned').system.committed).toBe('7')
  })
})

describe('a submission', () => {
  it('is kept with the deals as they were, whatever becomes of them', async () => {
    const { status, body } = await submit(rep, '200', '300', { note: '王总已口头同意' })
    expect(status).toBe(201)
    await updateRecord(company.ctx, 'opportunity', deals['sure'] ?? '', { values: { amount: '1', name: '改名' } })
    await rep.delete(`/records/opportunity/${deals['maybe']}`)
    const kept = (await rep.get(`/forecast/submissions/${body.id}`)).body
    expect(kept).toMatchObject({
      commit: '200',
      bestCase: '300',
      note: '王总已口头同意',
      system: { closed: '100', committed: '200', bestCase: '400', pipeline: '800' },
    })
    const held = kept.deals.map((deal: any) => [deal.name, deal.category, deal.amount])
    expect(held).toEqual([
      ['早', 'pipeline', '800'],
      ['或', 'best_case', '400'],
      ['稳', 'committed', '200'],
      ['赢', 'closed', '100'],
    ])
  })

  it('cannot be changed or deleted by the app', async () => {
    const { body } = await submit(rep, '200', '300')
    const tries = [
      sql`update forecast_entry set commit_amount = 1 where id = ${body.id}`,
      sql`delete from forecast_entry where id = ${body.id}`,
      sql`delete from forecast_deal where entry_id = ${body.id}`,
    ]
    for (const one of tries) {
      await expect(inStep(company.ctx, (step) => one.execute(step.tx))).rejects.toThrow(/permission denied/)
    }
  })

  it('outlives its categories, its calendar, its unit and its maker', async () => {
    const { body } = await submit(rep, '200', '300')
    await updateRecord(company.ctx, 'stage', company.stages['Negotiation'] ?? '', {
      values: { forecastCategory: 'omitted' },
    })
    await movePerson(company.ctx, company.people['甲'] ?? '', company.units['西一队'] ?? '', '2026-06-01')
    await sql`update person set is_active = false where id = ${company.people['甲']}`.execute(database.owner)
    await sql`update company set fiscal_calendar = '{"kind": "months", "start": 2}' where id = ${company.ctx.company.id}`.execute(
      database.owner,
    )
    const kept = (await director.get(`/forecast/submissions/${body.id}`)).body
    expect(kept).toMatchObject({
      commit: '200',
      personName: '甲',
      period: { key: quarter, from: '2026-04-01', to: '2026-07-01' },
    })
    expect(kept.deals).toHaveLength(4)
    const { entries } = (await director.get('/forecast/submissions?periods=all')).body
    expect(entries.map(({ id }: { id: string }) => id)).toContain(body.id)
    // Whoever led the unit where it was made still reads it.
    expect((await lead.get(`/forecast/submissions/${body.id}`)).status).toBe(200)
  })

  it('is refused where the period is over, and where nobody stands', async () => {
    const answer = await rep.post('/forecast/submissions', { period: '2026-Q1', commit: '1', bestCase: '1' })
    expect(answer.code).toBe('FORECAST_OVER')
    for (const wrong of ['-1', '200000.005', '9999999999999999']) {
      expect((await submit(rep, wrong, '2')).code).toBe('INPUT_INVALID')
    }
  })

  it('is refused for periods of another kind than the company forecasts by', async () => {
    for (const period of ['2026-M06', '2026']) {
      const answer = await rep.post('/forecast/submissions', { period, commit: '1', bestCase: '1' })
      expect(answer).toMatchObject({ status: 422, code: 'FORECAST_OTHER_PERIODS' })
    }
  })

  it('is refused beyond the fiscal year after this one', async () => {
    const sent = (period: string) => rep.post('/forecast/submissions', { period, commit: '1', bestCase: '1' })
    expect(await sent('2028-Q1')).toMatchObject({ status: 422, code: 'FORECAST_TOO_FAR' })
    expect((await sent('2027-Q4')).status).toBe(201)
  })

  it('is missed until it is there, and again after the next deadline', async () => {
    expect(nodeNamed((await boardOf(lead)).root, '东一队')).toMatchObject({ expected: 1, missing: 1 })
    await submit(rep, '200', '300')
    expect(nodeNamed((await boardOf(lead)).root, '东一队')).toMatchObject({ expected: 1, missing: 0 })
    now = new Date('2026-06-20T04:00:00Z')
    expect(nodeNamed((await boardOf(lead)).root, '甲')).toMatchObject({ missing: 1, submission: { isOutdated: true } })
  })
})

describe('a leader', () => {
  it('sees the roll-up of the tier below and overrides it with a comment; both totals stay', async () => {
    await submit(rep, '200', '300')
    const own = nodeNamed((await boardOf(lead)).root, '甲')
    const body = { period: quarter, node: own.id, values: { commit: '150', bestCase: '100' }, comment: '太乐观' }
    expect((await lead.post('/forecast/overrides', { ...body, comment: ' ' })).code).toBe('INPUT_INVALID')
    expect((await lead.post('/forecast/overrides', body)).status).toBe(201)
    const { root } = await boardOf(lead)
    expect(nodeNamed(root, '甲')).toMatchObject({
      submission: { commit: '200' },
      override: { commit: '150', note: '太乐观', byName: '乙' },
      submitted: { commit: '200' },
    })
    expect(nodeNamed(root, '东一队').submitted).toEqual({ closed: '100', commit: '150', bestCase: '100' })
    expect(nodeNamed((await boardOf(director)).root, '东区').submitted).toMatchObject({ commit: '150' })
  })

  it('takes an override back, and both acts are kept', async () => {
    const { id } = nodeNamed((await boardOf(lead)).root, '甲')
    const override = (values: object | null) =>
      lead.post('/forecast/overrides', { period: quarter, node: id, values, comment: '因' })
    expect((await override(null)).code).toBe('FORECAST_NOT_OVERRIDDEN')
    await override({ commit: '1', bestCase: '2' })
    await override(null)
    expect(nodeNamed((await boardOf(lead)).root, '甲').override).toBeNull()
    const { entries } = (await lead.get(`/forecast/submissions?period=${quarter}&node=${id}`)).body
    expect(entries.map(({ kind }: { kind: string }) => kind)).toEqual(['withdrawal', 'override'])
  })

  it('shows people what was made of their own number with the comment, and siblings nothing', async () => {
    const { body } = await submit(rep, '200', '300')
    const { id } = nodeNamed((await boardOf(lead)).root, '甲')
    const said = await lead.post('/forecast/overrides', {
      period: quarter,
      node: id,
      values: { commit: '1', bestCase: '2' },
      comment: '因',
    })
    expect((await boardOf(rep)).root).toMatchObject({
      submission: { commit: '200' },
      override: { commit: '1', bestCase: '2', byName: '乙', note: '因' },
    })
    const { entries } = (await rep.get('/forecast/submissions')).body
    expect(entries.map(({ kind }: { kind: string }) => kind)).toEqual(['override', 'submission'])
    expect((await rep.get(`/forecast/submissions/${said.body.id}`)).body).toMatchObject({ byName: '乙', note: '因' })
    expect((await peer.get(`/forecast/submissions/${said.body.id}`)).code).toBe('FORECAST_ENTRY_NOT_FOUND')
    expect((await peer.get(`/forecast/submissions/${body.id}`)).code).toBe('FORECAST_ENTRY_NOT_FOUND')
    expect((await peer.get(`/forecast/deals?period=${quarter}&node=${id}`)).code).toBe('FORECAST_NODE_NOT_FOUND')
    expect((await peer.get(`/forecast/system?period=${quarter}&node=${id}`)).code).toBe('FORECAST_NODE_NOT_FOUND')
    expect(JSON.stringify(await boardOf(peer))).not.toContain('甲')
    expect((await peer.get(`/forecast/movement?from=${body.id}`)).code).toBe('FORECAST_ENTRY_NOT_FOUND')
    const others = { period: quarter, node: id, values: { commit: '1', bestCase: '1' }, comment: '因' }
    expect((await peer.post('/forecast/overrides', others)).code).toBe('PERMISSION_MISSING')
    expect((await lead.get(`/forecast/submissions/${body.id}`)).status).toBe(200)
  })

  it('reads what the tier above made of the own unit', async () => {
    const team = nodeNamed((await boardOf(director)).root, '东一队')
    const body = { period: quarter, node: team.id, values: { commit: '90', bestCase: '10' }, comment: '偏乐观' }
    expect((await director.post('/forecast/overrides', body)).status).toBe(201)
    expect(nodeNamed((await boardOf(lead)).root, '东一队').override).toMatchObject({ byName: '丁', note: '偏乐观' })
    expect(JSON.stringify(await boardOf(rep))).not.toContain('偏乐观')
  })

  it('keeps what closed under him when somebody moves on, and neither sees nor judges what is open since', async () => {
    await appoint('丙', 'manager', '东二队')
    const there = { period: quarter, node: nodeNamed((await boardOf(lead)).root, '甲').id, comment: '因' }
    await lead.post('/forecast/overrides', { ...there, values: { commit: '7', bestCase: '0' } })
    await movePerson(company.ctx, company.people['甲'] ?? '', company.units['东二队'] ?? '', '2026-06-01')
    const [before, after, whole] = [await boardOf(lead), await boardOf(peer), await boardOf(director)]
    const left = nodeNamed(before.root, '甲')
    expect(left).toMatchObject({
      system: { closed: '100', committed: '0', bestCase: '0', pipeline: '0' },
      canOverride: false,
    })
    const own = nodeNamed(after.root, '甲')
    expect(own).toMatchObject({ system: { closed: '0', committed: '200', bestCase: '400' }, canOverride: true })
    expect(own.override).toBeNull()
    const { rows } = (await lead.get(`/forecast/deals?period=${quarter}&node=${left.id}`)).body
    expect(rows.map(({ amount }: { amount: string }) => amount)).toEqual(['100'])
    const judged = { period: quarter, node: left.id, values: { commit: '1', bestCase: '1' }, comment: '因' }
    expect((await lead.post('/forecast/overrides', judged)).code).toBe('FORECAST_NODE_NOT_FOUND')
    expect((await lead.get(`/forecast/system?period=${quarter}&node=${left.id}`)).body.deals).toEqual([])
    const committed = [before, after].map(({ root }) => Number(root.system.committed))
    expect(committed.reduce((sum, part) => sum + part, 0)).toBe(Number(whole.root.system.committed))
  })

  it('sees what moved since a submission, to the cent', async () => {
    const { body } = await submit(rep, '200', '300')
    await updateRecord(company.ctx, 'opportunity', deals['sure'] ?? '', { values: { expectedOn: '2026-09-01' } })
    await updateRecord(company.ctx, 'opportunity', deals['maybe'] ?? '', {
      values: { stage: company.stages['Won'], amount: '410.5' },
    })
    await sell('新', '甲', 'Negotiation', '30')
    const { from, to, moves } = (await lead.get(`/forecast/movement?from=${body.id}`)).body
    expect([from.landing, to.landing]).toEqual(['300', '540.5'])
    expect(moves.map(({ reason, amount }: any) => [reason, amount])).toEqual([
      ['won', '410.5'], ['added', '30'], ['moved_out', '-200'],
    ]) // prettier-ignore
  })

  it('does not compare what was said of one with what was said of another', async () => {
    const [own, other] = [await submit(rep, '200', '300'), await submit(peer, '50', '0')]
    const answer = await director.get(`/forecast/movement?from=${own.body.id}&to=${other.body.id}`)
    expect(answer.code).toBe('FORECAST_OTHER_SUBJECT')
  })

  it('is told who is missing on the day, who are reminded themselves', async () => {
    const today = { ...company.ctx, today: '2026-06-19' }
    await remind(today)
    await remind(today)
    const kinds = async (who: TestClient) => (await who.get('/notices')).body.notices.map((one: any) => one.kind)
    expect(await kinds(rep)).toEqual(['forecast.due'])
    expect(await kinds(lead)).toEqual(['forecast.missing'])
  })
})

describe('accuracy', () => {
  it('measures what was said against what closed, at marks before the end', async () => {
    now = new Date('2026-05-20T04:00:00Z')
    await submit(rep, '300', '100')
    now = new Date('2026-06-25T04:00:00Z')
    await submit(rep, '120', '0')
    await updateRecord({ ...company.ctx, today: '2026-06-28' }, 'opportunity', deals['sure'] ?? '', {
      values: { stage: company.stages['Won'], closedOn: '2026-06-28' },
    })
    now = new Date('2026-07-03T04:00:00Z')
    const { submitters } = (await rep.get('/forecast/accuracy')).body
    expect(submitters).toHaveLength(1)
    // Closed: 100 + 200. Said by 30 days before the end, and still by seven: 100 + 300; what is said later comes too late.
    expect(submitters[0]).toMatchObject({ name: '甲', isOwn: true })
    expect(submitters[0].marks.t30.commit.bias).toBeCloseTo(1 / 3, 6)
    expect(submitters[0].marks.t30.bestCase.mape).toBeCloseTo(2 / 3, 6)
    expect(submitters[0].marks.t7.commit).toMatchObject({ cases: 1 })
    expect(submitters[0].marks.begin.commit).toMatchObject({ bias: null, mape: null, cases: 0 })
    const [period] = submitters[0].periods
    expect(period).toMatchObject({ period: { key: quarter }, closed: '300', words: { begin: null, t30: { commit: '400', bestCase: '500' }, t7: { commit: '400' } } }) // prettier-ignore
    const closed = (await rep.get(`/forecast/submissions/${period.entry}/closed`)).body
    expect(closed).toMatchObject({ total: '300', count: 2, next: null })
    expect(closed.rows.map(({ name, amount }: any) => [name, amount])).toEqual([['稳', '200'], ['赢', '100']]) // prettier-ignore
    expect((await peer.get(`/forecast/submissions/${period.entry}/closed`)).code).toBe('FORECAST_ENTRY_NOT_FOUND')
    expect((await peer.get('/forecast/accuracy')).body.submitters).toEqual([])
    expect((await lead.get('/forecast/accuracy')).body.submitters).toHaveLength(1)
  })

  it('holds the word of a mover against what closed in all places, and is not told of those who have left', async () => {
    await appoint('丙', 'manager', '东二队')
    now = new Date('2026-05-20T04:00:00Z')
    await submit(rep, '200', '0')
    await movePerson(company.ctx, company.people['甲'] ?? '', company.units['东二队'] ?? '', '2026-06-01')
    await updateRecord({ ...company.ctx, today: '2026-06-28' }, 'opportunity', deals['sure'] ?? '', {
      values: { stage: company.stages['Won'], closedOn: '2026-06-28' },
    })
    now = new Date('2026-07-03T04:00:00Z')
    // 100 in the first team and 200 in the second: exactly what she had promised.
    for (const who of [rep, peer]) {
      const [submitter] = (await who.get('/forecast/accuracy')).body.submitters
      expect(submitter).toMatchObject({ name: '甲', marks: { t30: { commit: { bias: 0, mape: 0, cases: 1 } } } })
      // Also what closed where the reader does not see: it is what she is judged by.
      const closed = (await who.get(`/forecast/submissions/${submitter.periods[0].entry}/closed`)).body
      expect(closed).toMatchObject({ total: '300', count: 2 })
    }
    expect((await lead.get('/forecast/accuracy')).body.submitters).toEqual([])
  })

  it('counts a promise that brought nothing, and forgets none when the rhythm changes', async () => {
    now = new Date('2026-05-20T04:00:00Z')
    await submit(rep, '300', '0')
    await submit(peer, '50', '0')
    await appoint('丁', 'operations', '公司')
    const setting = { periodKind: 'month', dueEvery: 'week', dueOn: 5 }
    expect((await client('丁').put('/forecast/setting', setting)).status).toBe(200)
    const before = (await client('丁').get('/forecast/accuracy')).body.submitters
    // The quarter is not over yet.
    expect(before).toEqual([])
    now = new Date('2026-07-03T04:00:00Z')
    const { submitters } = (await client('丁').get('/forecast/accuracy')).body
    const of = (name: string) => submitters.find((one: any) => one.name === name)
    expect(of('甲')).toMatchObject({ marks: { t30: { commit: { bias: 3, mape: 3, cases: 1, withoutResult: 0 } } } })
    expect(of('丙')).toMatchObject({ marks: { t30: { commit: { bias: null, cases: 1, withoutResult: 1 } } } })
    expect(of('丙').periods[0]).toMatchObject({ period: { key: quarter, kind: 'quarter' }, closed: '0' })
  })

  it('does not judge what was taken back in time', async () => {
    now = new Date('2026-05-20T04:00:00Z')
    const { id } = nodeNamed((await boardOf(lead)).root, '甲')
    const override = (values: object | null) =>
      lead.post('/forecast/overrides', { period: quarter, node: id, values, comment: '因' })
    await override({ commit: '900', bestCase: '0' })
    now = new Date('2026-05-25T04:00:00Z')
    await override(null)
    now = new Date('2026-07-03T04:00:00Z')
    const [submitter] = (await lead.get('/forecast/accuracy')).body.submitters
    expect(submitter).toMatchObject({ name: '乙', isOwn: false, marks: { t30: { commit: { cases: 0 } } } })
  })
})

describe('the forecast of the system', () => {
  it('says where the quarter lands, with an interval and the deals it is made of', async () => {
    const said = (await director.get(`/forecast/system?period=${quarter}`)).body
    expect(said).toMatchObject({ closed: '100', closedDeals: 1 })
    expect(said.deals.map(({ name }: any) => name)).toContain('稳')
    expect(Number(said.expected)).toBeCloseTo(100 + Number(said.open) + Number(said.unseen), 1)
    expect(Number(said.low)).toBeLessThanOrEqual(Number(said.expected))
    expect(Number(said.high)).toBeGreaterThanOrEqual(Number(said.expected))
    expect((await director.get(`/forecast/system?period=${quarter}`)).body).toEqual(said)
  })

  it('opens what is open to deals with their chances, which add up to it', async () => {
    const system = (await director.get(`/forecast/system?period=${quarter}`)).body
    const open = (await director.get(`/forecast/system/behind?period=${quarter}&of=open`)).body
    expect(open).toMatchObject({ total: system.open, count: system.openDeals, hidden: 0, next: null })
    const cents = (value: string) => Math.round(Number(value) * 100)
    const sum = open.rows.reduce((total: number, { counts }: any) => total + cents(counts), 0)
    // Each is rounded to the cent.
    expect(Math.abs(sum - cents(open.total))).toBeLessThanOrEqual(open.count)
    const [first] = open.rows
    expect(Number(first.amount) * first.win * first.inside * open.adjustment).toBeCloseTo(Number(first.counts), 1)
    for (const { amount, win, inside, expected } of system.deals) {
      expect(Number(amount) * win * inside * system.adjustment).toBeCloseTo(Number(expected), 1)
    }
  })

  it('opens what is not seen yet to what it was reckoned from, and names no deal out of reach', async () => {
    for (const [name, owner] of [
      ['甲速', '甲'],
      ['丙速', '丙'],
    ] as const) {
      await sell(name, owner, 'Won', '90', { engagedOn: '2026-06-01', closedOn: '2026-06-02' })
    }
    const asked = `/forecast/system/behind?period=${quarter}&of=unseen`
    const { body } = await director.get(asked)
    const { perDay, days, share, factor } = body.coming
    expect(Number(body.total)).toBeGreaterThan(0)
    expect(Number(perDay) * days * share * factor).toBeCloseTo(Number(body.total), 0)
    expect(body.rows.map(({ name }: any) => name).toSorted()).toEqual(['丙速', '甲速'])
    const told = (await rep.get(asked)).body
    expect(told.rows.map(({ name }: any) => name)).toEqual(['甲速'])
    // How many others taught it as well is not hers to know.
    expect(told).toMatchObject({ count: 1, hidden: null })
  })

  it('opens what was won in a day to the deals of the year that it is the mean of', async () => {
    await sell('旧', '甲', 'Won', '265', { engagedOn: '2026-01-01', closedOn: '2026-03-01' })
    await sell('旁', '丙', 'Won', '31', { engagedOn: '2026-01-01', closedOn: '2026-03-02' })
    for (const who of [director, lead, rep]) {
      const { coming } = (await who.get(`/forecast/system/behind?period=${quarter}&of=unseen`)).body
      // From the first win on: the company is younger than a year.
      expect(coming.since).toEqual({ from: '2026-03-01', to: '2026-06-16' })
      const pace = (await who.get(`/forecast/system/behind?period=${quarter}&of=pace`)).body
      expect(Number(pace.total)).toBeCloseTo(Number(coming.perDay) * 107, -1)
      expect(pace).toMatchObject({ count: who === director ? 3 : 2, total: who === director ? '396' : '365' })
    }
  })

  it('says of an open deal where it stands and what it states of itself', async () => {
    const { rows } = (await rep.get(`/forecast/system/behind?period=${quarter}&of=open`)).body
    expect(rows.find(({ name }: any) => name === '稳')).toMatchObject({
      stage: { en: 'Negotiation' },
      stated: 0.75,
      expectedOn: '2026-06-20',
    })
  })

  it('opens a stage to the closed deals that were in it, for who sees the whole company', async () => {
    const move = (from: string | null, to: string, day: string) => ({
      opportunityId: deals['won'] ?? '',
      fromStageId: from === null ? null : (company.stages[from] ?? ''),
      toStageId: company.stages[to] ?? '',
      at: `${day}T10:00:00+08:00`,
      personId: null,
    })
    const moves = [move(null, 'Prospecting', '2026-04-02'), move('Prospecting', 'Won', '2026-05-05')]
    await inStep(company.ctx, (step) => writeStageHistory(step, moves))
    const [stage] = (await director.get(`/forecast/system?period=${quarter}`)).body.stages.filter((one: any) => one.deals > 0) // prettier-ignore
    const asked = `/forecast/system/behind?period=${quarter}&of=stage&stage=${stage?.id}`
    expect((await director.get(asked)).body).toMatchObject({ count: 1, total: null, rows: [{ name: '赢', won: true }] })
    expect((await lead.get(asked)).code).toBe('FORECAST_NODE_NOT_FOUND')
    const unnamed = await director.get(`/forecast/system/behind?period=${quarter}&of=stage`)
    expect(unnamed).toMatchObject({ code: 'INPUT_INVALID', body: { errors: [{ field: 'stage' }] } })
  })

  it('is learned anew when a deal closes, and of what was kept answers the same', async () => {
    const ask = async () => (await director.get(`/forecast/system?period=${quarter}`)).body
    const first = await ask()
    expect(await ask()).toEqual(first)
    await sell('快', '丙', 'Won', '70', { engagedOn: '2026-05-01', closedOn: '2026-05-20' })
    expect(await ask()).toMatchObject({ closedDeals: first.closedDeals + 1, closed: String(Number(first.closed) + 70) })
    // An open deal teaches nothing yet, and is counted at once.
    await sell('新', '丙', 'Negotiation', '60')
    expect(await ask()).toMatchObject({ closedDeals: first.closedDeals + 1, openDeals: first.openDeals + 1 })
  })

  it('does not read the past again while nothing of it changed', async () => {
    const ask = async () => (await director.get(`/forecast/system?period=${quarter}`)).body.closedDeals
    expect(await ask()).toBe(1)
    // Behind the back of the database: nobody is told.
    await sql`set session_replication_role = replica`.execute(database.owner)
    await sql`update opportunity set closed_on = '2026-05-01', status = 'lost' where id = ${deals['early']}`.execute(
      database.owner,
    )
    await sql`set session_replication_role = origin`.execute(database.owner)
    expect(await ask()).toBe(1)
    await updateRecord(company.ctx, 'opportunity', deals['won'] ?? '', { values: { amount: '101' } })
    expect(await ask()).toBe(2)
  })

  it('counts no period of which nothing could be known', async () => {
    const said = (await director.get(`/forecast/system?period=${quarter}`)).body
    expect(said.backTest).toEqual({ periods: [], coverage: null, mape: null, bias: null })
  })

  it('does not tell how the stages of the company fare to who sees a part of it', async () => {
    expect((await director.get(`/forecast/system?period=${quarter}`)).body.stages).toHaveLength(4)
    for (const who of [rep, lead]) {
      expect((await who.get(`/forecast/system?period=${quarter}`)).body).toMatchObject({
        closedDeals: null,
        stages: [],
      })
    }
  })

  it('counts of a shared deal what the board counts', async () => {
    const credits = [
      { person: company.people['甲'], percent: '25' },
      { person: company.people['丙'], percent: '75' },
    ]
    await updateRecord(company.ctx, 'opportunity', deals['sure'] ?? '', { values: { credits } })
    const amounts = async (who: TestClient) =>
      (await who.get(`/forecast/system?period=${quarter}`)).body.deals.map(({ amount }: any) => amount)
    expect(await amounts(rep)).toContain('50')
    expect(await amounts(peer)).toContain('150')
    expect(nodeNamed((await boardOf(peer)).root, '丙').system.committed).toBe('200')
  })

  it('is tried on what the ledger says came at the unit, whoever has left it since', async () => {
    for (let at = 0; at < 24; at += 1) {
      const month = String(1 + (at % 12)).padStart(2, '0')
      await sell(`旧${at}`, '甲', 'Won', String(100 + at), {
        engagedOn: '2024-12-10',
        expectedOn: `2025-${month}-20`,
        closedOn: `2025-${month}-15`,
      })
    }
    await movePerson(company.ctx, company.people['甲'] ?? '', company.units['东二队'] ?? '', '2026-01-01')
    const { root } = await boardOf(director)
    const team = nodeNamed(root, '东一队')
    const { periods } = (await director.get(`/forecast/system?period=${quarter}&node=${team.id}`)).body.backTest
    const last = periods.find(({ period }: any) => period.key === '2025-Q4')
    // Of October, November and December: 100 + 9, 10, 11, 21, 22 and 23.
    expect(last).toMatchObject({ actual: '696' })
    expect(Number(last.expected)).toBeGreaterThan(0)
    const figure = await director.get(`/metrics/signed_amount/tree?period=2025-Q4`)
    expect(nodeNamed(figure.body, '东一队').actual).toBe('696')
  })

  it('is refused to a role that does not see amounts of deals', async () => {
    const office = as({ companyId: company.ctx.company.id, personId: company.people['丁'] ?? '' })
    await appoint('丁', 'administrator')
    const label = { zh: '不见金额', en: 'No amounts' }
    const definition = { objects: { opportunity: { fields: { amount: 'hidden' } } } }
    const { body } = await office.post('/access/roles', { label, basis: 'representative', definition })
    await appoint('甲', body.key)
    expect((await rep.get('/forecast')).code).toBe('FORECAST_HIDDEN')
  })
})

describe('the rhythm of submissions', () => {
  it('is set by operations', async () => {
    await appoint('丁', 'operations')
    const setting = { periodKind: 'month', dueEvery: 'period', dueOn: 3 }
    expect((await rep.put('/forecast/setting', setting)).code).toBe('PERMISSION_MISSING')
    expect((await director.put('/forecast/setting', { ...setting, dueEvery: 'week', dueOn: 9 })).code).toBe(
      'INPUT_INVALID',
    )
    expect((await director.put('/forecast/setting', setting)).status).toBe(200)
    expect((await rep.get('/forecast')).body).toMatchObject({ period: { key: '2026-M06' }, setting })
  })
})
