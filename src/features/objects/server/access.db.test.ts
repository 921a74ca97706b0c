import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { roles } from '#engine/policy/role.ts'
import { movePerson } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { populated, type Name, type Populated } from '#testing/walk/populated.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated

beforeAll(async () => {
  here = await populated(database, 'here', as)
})

const owners = ['甲', '乙', '丙', '丁'] as const
const idOf = (object: string, owner: Name): string => here.records[object]?.[owner] ?? ''

async function why(who: Name, object: string, id: string) {
  const { status, body } = await as(here.somebody(who)).get(`/records/${object}/${id}/access`)
  return status === 200 ? body.reasons.map(({ kind, words }: any) => [kind, words]) : status
}

async function whyOf(who: Name, whose: Name, id: string, language = 'en') {
  const path = `/records/account/${id}/access/${here.people[whose]}`
  return as(here.somebody(who)).get(path, { 'accept-language': language })
}

describe('why somebody sees a record', () => {
  it('is told in a sentence', async () => {
    expect(await why('甲', 'account', idOf('account', '甲'))).toEqual([['own', 'You own it']])
    expect(await why('乙', 'account', idOf('account', '甲'))).toEqual([
      ['unit', 'Its owner 甲 stands in your unit 东一队 or below'],
    ])
    expect(await why('丁', 'account', idOf('account', '甲'))).toEqual([
      ['role', 'Your role, Sales director, sees every record of the company'],
    ])
    expect(await why('甲', 'product', idOf('product', '甲'))).toEqual([
      ['everybody', 'Everybody in the company sees all Products'],
    ])
    expect(await why('甲', 'account', idOf('account', '丁'))).toBe(404)
  })

  it('is told to administrators about others, with what stands in the way', async () => {
    const id = idOf('account', '丙')
    const seen = (await whyOf('管', '丙', id)).body
    expect([seen.reasons, seen.obstacle]).toEqual([[{ kind: 'own', words: '丙 owns it' }], null])
    const unseen = async (whose: Name, language = 'en') => {
      const { body } = await whyOf('管', whose, id, language)
      expect(body.reasons).toEqual([])
      return body.obstacle
    }
    expect(await unseen('甲')).toBe(
      'Its owner is 丙 (东二队); the role Representative sees only what they own themselves',
    )
    expect(await unseen('乙')).toBe('Its owner 丙 (东二队) stands neither in 乙’s unit 东一队 nor below')
    expect(await unseen('乙', 'zh')).toBe('负责人丙（东二队）不在乙的单元“东一队”或其下级')
    await sql`update person set is_active = false where id = ${here.people['甲']}`.execute(database.owner)
    expect(await unseen('甲')).toBe('甲 is deactivated and cannot sign in')
    await sql`update person set is_active = true where id = ${here.people['甲']}`.execute(database.owner)
    await sql`update unit set head_id = ${here.people['乙']} where id = ${here.company.units['东区']}`.execute(
      database.owner,
    )
    await sql`update company set org_version = org_version + 1`.execute(database.owner)
    expect((await whyOf('管', '乙', id)).body.reasons).toEqual([
      { kind: 'unit', words: 'Its owner 丙 stands in 乙’s unit 东区 or below' },
    ])
    await sql`update unit set head_id = null`.execute(database.owner)
  })

  it('is asked about others by administrators only, of people of the own company', async () => {
    for (const who of ['营', '丁', '乙', '甲'] as const) {
      expect((await whyOf(who, '甲', idOf('account', '甲'))).code).toBe('PERMISSION_MISSING')
    }
    const elsewhere = await populated(database, 'elsewhere', as)
    const path = `/records/account/${idOf('account', '甲')}/access/${elsewhere.people['甲']}`
    expect((await as(here.somebody('管')).get(path)).code).toBe('PERSON_NOT_FOUND')
  })

  it('has a reason exactly for the records of their list, wherever people stand and whatever their role', async () => {
    const unit = fc.constantFrom('公司', '东区', '西区', '东一队', '东二队', '西一队')
    const move = fc.record({ who: fc.constantFrom(...owners), unit, role: fc.constantFrom(...roles), head: unit })
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 3 }), async (moves) => {
        for (const { who, unit: to, role, head } of moves) {
          await movePerson(here.company.ctx, here.people[who], here.company.units[to] ?? '', '2026-03-01')
          await sql`update person set role = ${role} where id = ${here.people[who]}`.execute(database.owner)
          await sql`update unit set head_id = ${here.people[who]} where id = ${here.company.units[head]}`.execute(database.owner) // prettier-ignore
          await sql`update company set org_version = org_version + 1`.execute(database.owner)
        }
        for (const who of owners) {
          for (const object of ['account', 'payment', 'product']) {
            const listed = await as(here.somebody(who)).post(`/records/${object}/query`, { limit: 200 })
            const inList = new Set(listed.body.rows.map(({ id }: { id: string }) => id))
            for (const owner of owners) {
              const id = idOf(object, owner)
              const told = (await as(here.somebody('管')).get(`/records/${object}/${id}/access/${here.people[who]}`))
                .body
              expect(told.reasons.length > 0, `${who} ${object} of ${owner}`).toBe(inList.has(id))
              expect(told.obstacle === null).toBe(inList.has(id))
              expect(await why(who, object, id)).toEqual(inList.has(id) ? expect.any(Array) : 404)
              for (const { kind, words } of told.reasons) if (kind === 'unit') expect(words).not.toContain('unit  or')
            }
          }
        }
      }),
      { numRuns: 4, seed: 7 },
    )
  }, 60_000)
})
