import { beforeAll, describe, expect, it } from 'vitest'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { populated, type Populated } from '#testing/walk/populated.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
let office: TestClient
let path = ''

beforeAll(async () => {
  here = await populated(database, 'here', as)
  office = as(here.somebody('管'))
  path = `/records/account/${here.records['account']?.甲}`
})

const tagOf = async () => String((await office.get(path)).headers['etag'])

describe('the tag of a record', () => {
  it('spares what the caller holds', async () => {
    const tag = await tagOf()
    expect(tag).toMatch(/^"\d+\.[\w-]{16}"$/)
    const same = await office.get(path, { 'if-none-match': tag })
    expect([same.status, same.body, same.headers['etag']]).toEqual([304, '', tag])
    expect((await office.get(path, { 'if-none-match': `"other", W/${tag}` })).status).toBe(304)
    await office.patch(path, { values: { city: '苏州' } })
    expect((await office.get(path, { 'if-none-match': tag })).status).toBe(200)
  })

  it('differs once the name of another record that is shown with it differs', async () => {
    const contact = `/records/contact/${here.records['contact']?.甲}`
    const tag = String((await office.get(contact)).headers['etag'])
    await office.patch(path, { values: { name: '改了名的客户' } })
    expect((await office.get(contact, { 'if-none-match': tag })).status).toBe(200)
  })

  it('binds a change to what was seen, and tells what is there now', async () => {
    const tag = await tagOf()
    const mine = await office.patch(path, { values: { city: '宁波' } }, { 'if-match': tag })
    expect(mine.status).toBe(200)
    expect(mine.headers['etag']).toBe(await tagOf())
    const late = await office.patch(path, { values: { city: '温州' } }, { 'if-match': tag })
    expect(late).toMatchObject({ status: 412, code: 'PRECONDITION_FAILED' })
    expect(late.body.details.current.city).toBe('宁波')
    expect((await office.delete(path, undefined, { 'if-match': tag })).status).toBe(412)
    expect((await office.get(path)).body.city).toBe('宁波')
  })

  it('lets through whoever does not mind which version it is', async () => {
    expect((await office.patch(path, { values: { city: '绍兴' } }, { 'if-match': '*' })).status).toBe(200)
  })

  it.each(['"x"', 'W/"1.abc"', 'nonsense', '"-1"'])('fails as a precondition where it reads %s', async (tag) => {
    expect((await office.patch(path, { values: { city: '嘉兴' } }, { 'if-match': tag })).status).toBe(412)
  })
})

describe('lists and other answers', () => {
  it('have a tag of what they say', async () => {
    const list = await office.get('/records/account')
    const tag = String(list.headers['etag'])
    expect(tag).toMatch(/^W\//)
    expect((await office.get('/records/account', { 'if-none-match': tag })).status).toBe(304)
    await office.post('/records/account', { values: { name: '又一个' } })
    expect((await office.get('/records/account', { 'if-none-match': tag })).status).toBe(200)
  })

  it('stay out of the caches of shared machines', async () => {
    expect((await office.get('/records/account')).headers['cache-control']).toBe('no-store')
  })
})
