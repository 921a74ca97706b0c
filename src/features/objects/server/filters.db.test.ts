import { beforeAll, describe, expect, it } from 'vitest'
import { testApp, type TestClient } from '#testing/test-app.ts'
import { markOf, populated, type Populated } from '#testing/walk/populated.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
let administrator: TestClient
let representative: TestClient

beforeAll(async () => {
  here = await populated(database, 'here', as)
  administrator = as(here.somebody('管'))
  representative = as(here.somebody('甲'))
})

const read = async (client: TestClient, body: Record<string, unknown>) => {
  const answer = await client.post('/filters/read', { object: 'opportunity', ...body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

describe('a filter as text over HTTP', () => {
  it('is read with the names of this company and told in words', async () => {
    const { filter, text, words, faults } = await read(administrator, { text: 'stage:赢单 owner:甲 amount>=1万' })
    expect(faults).toEqual([])
    expect(filter).toEqual({
      and: [
        { field: 'stage', op: 'eq', value: here.company.stages['Won'] },
        { field: 'ownerId', op: 'eq', value: here.people['甲'] },
        { field: 'amount', op: 'ge', value: '10000' },
      ],
    })
    expect(text).toBe('stage:赢单 owner:甲 amount>=1万')
    expect(words).toBe('Stage is Won, and Owner is 甲, and Amount is at least 10K')
  })

  it('is written from conditions, and read as the same', async () => {
    const filter = {
      or: [
        { field: 'stage', op: 'in', value: [here.company.stages['Won'], here.company.stages['Lost']] },
        { field: 'ownerId', op: 'within', value: { unit: here.company.units['东区'] } },
        { not: { field: 'account', op: 'eq', value: here.records['account']?.['丁'] } },
      ],
    }
    const written = await read(administrator, { filter })
    expect(written.text).toBe(
      `stage=(Won, Lost) or owner:东区 or -account:"${markOf('here', '丁')}"`.replaceAll(
        '"秘密-here-丁"',
        '秘密-here-丁',
      ),
    )
    expect(written.names[here.company.units['东区'] ?? '']).toBe('东区')
    expect((await read(administrator, { text: written.text })).filter).toEqual(filter)
  })

  it('says what cannot be read, and where', async () => {
    const { filter, faults } = await read(administrator, { text: 'status:nowhere amount>5 owner:Nobody' })
    expect(filter).toBeNull()
    expect(faults.map(({ code, from, to }: any) => [code, from, to])).toEqual([
      ['choice', 7, 14],
      ['person', 30, 36],
    ])
    expect(faults[0].message).toContain('Open, Won, Lost')
  })

  it('lists and sums what it means, besides a filter', async () => {
    const found = async (body: Record<string, unknown>) => {
      const answer = await administrator.post('/records/opportunity/query', body)
      return answer.body.rows.map((row: { ownerId: string }) => row.ownerId)
    }
    expect(await found({ text: 'owner:甲 status:won' })).toEqual([here.people['甲']])
    expect(await found({ text: 'owner:东区', filter: { field: 'ownerId', op: 'ne', value: here.people['甲'] } })).toHaveLength(2) // prettier-ignore
    const totals = await administrator.post('/records/opportunity/totals', { text: 'owner:东区', sum: ['amount'] })
    expect(totals.body).toMatchObject({ count: 3, sums: { amount: '300' } })
    const page = await administrator.get(`/records/opportunity?text=${encodeURIComponent('负责人:丁')}`)
    expect(page.body.rows).toHaveLength(1)
    const wrong = await administrator.post('/records/opportunity/query', { text: 'amount>lots' })
    expect([wrong.status, wrong.code, wrong.body.errors[0].field]).toEqual([400, 'FILTER_INVALID', 'text.7-11'])
  })

  it('knows my unit and below, whatever I may see', async () => {
    const mine = async (client: TestClient) => {
      const answer = await client.post('/records/opportunity/query', { text: 'owner:my_unit' })
      return answer.body.rows.map((row: { ownerId: string }) => row.ownerId).sort()
    }
    expect(await mine(as(here.somebody('丁')))).toEqual([here.people['丁']])
    expect(await mine(as(here.somebody('乙')))).toEqual([here.people['甲'], here.people['乙']].sort())
    expect(await mine(representative)).toEqual([here.people['甲']])
  })

  it('names no record that is out of reach', async () => {
    const far = here.records['account']?.['丁'] ?? ''
    const shown = await read(representative, { filter: { field: 'account', op: 'eq', value: far } })
    expect([shown.names, shown.text, shown.words]).toEqual([{}, `account:${far}`, 'Account is …'])
    const near = await read(representative, { text: `account:"${markOf('here', '甲')}"` })
    expect(near.filter).toEqual({ field: 'account', op: 'eq', value: here.records['account']?.['甲'] })
    const guessed = await read(representative, { text: `account="${markOf('here', '丁')}"` })
    expect(guessed.faults).toMatchObject([{ code: 'record' }])
    const offered = await representative.post('/filters/complete', {
      object: 'opportunity',
      text: 'account:',
      cursor: 8,
    })
    expect(JSON.stringify(offered.body)).not.toContain(markOf('here', '丁'))
  })

  it('is completed with what this company has', async () => {
    const complete = async (text: string) => {
      const answer = await administrator.post('/filters/complete', { object: 'opportunity', text, cursor: text.length })
      return answer.body.options.map((option: { insert: string }) => option.insert)
    }
    expect(await complete('stage:W')).toContain('Won')
    expect(await complete('owner:东')).toEqual(expect.arrayContaining(['东区', '东一队']))
    expect(await complete('activity:')).toContain('none/30d')
  })
})
