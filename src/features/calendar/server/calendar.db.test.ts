import ICAL from 'ical.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { populated, type Populated } from '#testing/walk/populated.ts'

const { database, as, anybody } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
let client: TestClient
let url = ''

beforeAll(async () => {
  here = await populated(database, 'here', as)
  client = as(here.somebody('甲'))
  url = (await client.post('/calendar')).body.url
})

/** The calendar as a calendar program reads it, by the title of its entries. */
async function entries(): Promise<ReadonlyMap<string, ICAL.Event>> {
  const answer = await anybody.get(new URL(url).pathname)
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
  const calendar = new ICAL.Component(ICAL.parse(answer.body))
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
  return new Map(events.map((event) => [event.summary.split(' · ')[0] ?? '', event]))
}

const task = async (values: object) => (await client.post('/records/task', { values })).body

describe('the calendar of a person', () => {
  it('is read by a calendar program: her tasks and visits as days, nobody else’s', async () => {
    await task({ subject: '寄合同', dueOn: '2026-07-02', note: '两份；\n加急, 顺丰' })
    const found = await entries()
    const event = found.get('寄合同')
    expect([event?.startDate.isDate, event?.startDate.toString()]).toEqual([true, '2026-07-02'])
    expect(event?.description).toBe('两份；\n加急, 顺丰')
    expect([...found.keys()].filter((title) => title.includes('秘密')).every((title) => title.endsWith('甲'))).toBe(
      true,
    )
    expect(found.size).toBe(2)
  })

  it('keeps the UID of an entry and counts its changes; what is deleted is cancelled, and comes back', async () => {
    const { id } = await task({ subject: '回访', dueOn: '2026-07-03' })
    const uid = (await entries()).get('回访')?.uid
    expect(uid).toBe(`${id}@terrace`)
    await client.patch(`/records/task/${id}`, { values: { dueOn: '2026-07-06' } })
    const moved = (await entries()).get('回访')
    expect([moved?.uid, moved?.sequence, moved?.startDate.toString()]).toEqual([uid, 1, '2026-07-06'])
    await client.delete(`/records/task/${id}`)
    const gone = (await entries()).get('回访')
    expect([gone?.uid, gone?.component.getFirstPropertyValue('status')]).toEqual([uid, 'CANCELLED'])
    await client.post(`/records/task/${id}/restore`)
    const back = (await entries()).get('回访')
    expect([back?.uid, back?.component.getFirstPropertyValue('status')]).toEqual([uid, 'CONFIRMED'])
  })

  it('shows an entry at its very time where a field of the company says one', async () => {
    const office = as(here.somebody('管'))
    const definition = { label: { zh: '开始时间', en: 'Starts at' }, type: 'date_time' }
    const { body: field } = await office.post('/shape/objects/task/fields', { definition })
    await task({ subject: '电话会', dueOn: '2026-07-08', [field.key]: '2026-07-08T01:30:00Z' })
    const event = (await entries()).get('电话会')
    expect(event?.startDate.isDate).toBe(false)
    expect(event?.startDate.toJSDate().toISOString()).toBe('2026-07-08T01:30:00.000Z')
    expect(event?.startDate.zone.tzid).toBe('UTC')
  })

  it('is in the language of its person, with the zone of the company', async () => {
    const { body } = await anybody.get(new URL(url).pathname)
    expect(body).toContain('X-WR-TIMEZONE:Asia/Shanghai')
    expect(body).toContain('任务与拜访')
  })

  it('goes on without what the role hides', async () => {
    const office = as(here.somebody('管'))
    const definition = { objects: { task: { fields: { dueOn: 'hidden' } } } }
    const label = { zh: '不看日期', en: 'No dates' }
    const { key } = (await office.post('/access/roles', { label, basis: 'representative', definition })).body
    const path = `/org/people/${here.people.甲}`
    const give = async (role: string) => {
      const { version } = (await office.get(path)).body
      expect((await office.patch(path, { role, version })).status).toBe(200)
    }
    await give(key)
    expect([...(await entries()).keys()]).not.toContain('寄合同')
    await give('representative')
    expect([...(await entries()).keys()]).toContain('寄合同')
  })
})

describe('its address', () => {
  it('is no key to anything else, and keys are no address', async () => {
    const secret = /terrace_[\w-]+/.exec(url)?.[0] ?? ''
    expect((await anybody.get('/me', { authorization: `Bearer ${secret}` })).status).toBe(401)
    const { body } = await client.post('/keys', { name: '钥匙', scopes: ['write'], days: null })
    expect((await anybody.get(`/calendar/${body.secret}.ics`)).code).toBe('CALENDAR_NOT_FOUND')
    expect((await client.get('/keys')).body.keys.map(({ name }: { name: string }) => name)).toEqual(['钥匙'])
  })

  it('ends when it is renewed or revoked, and with its person', async () => {
    const former = new URL(url).pathname
    ;({ url } = (await client.post('/calendar')).body)
    expect((await anybody.get(former)).code).toBe('CALENDAR_NOT_FOUND')
    expect((await entries()).size).toBeGreaterThan(0)
    expect((await client.get('/calendar')).body.feed.lastUsedAt).toMatch(/^20/)
    expect((await client.delete('/calendar')).status).toBe(204)
    expect((await anybody.get(new URL(url).pathname)).status).toBe(404)
    expect((await client.get('/calendar')).body.feed).toBeNull()
    ;({ url } = (await client.post('/calendar')).body)
    await as(here.somebody('管')).post(`/org/people/${here.people.甲}/deactivate`)
    expect((await anybody.get(new URL(url).pathname)).status).toBe(404)
  })
})
