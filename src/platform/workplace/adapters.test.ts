import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { workplaceBrands, type WorkplaceBrand } from '#engine/contract/workplace.ts'
import { limitCalls } from '#platform/outside/post.ts'
import type { Part } from '#testing/workplace/brand.ts'
import { buildPerson, departmentId, type TestPerson } from '#testing/workplace/directory.ts'
import { startWorkplace, type Refusal, type Workplace } from '#testing/workplace/start.ts'
import { WorkplaceFault, type WorkplaceAdapter, type WorkplaceDirectory, type WorkplaceProblem } from './adapter.ts'
import { adaptersWith } from './adapters.ts'

beforeAll(() => limitCalls({ allowsPrivate: true, timeoutMs: 10_000 }))
afterAll(() => limitCalls({ allowsPrivate: false, timeoutMs: 10_000 }))

describe.each(workplaceBrands)('%s', (brand) => {
  let workplace: Workplace
  let adapter: WorkplaceAdapter
  let waits: number[]
  let now: number

  beforeEach(async () => {
    workplace = await startWorkplace(brand)
    waits = []
    now = Date.UTC(2026, 10, 26)
    const clock = {
      now: () => now,
      wait: (ms: number) => {
        waits.push(ms)
        now += ms
        return Promise.resolve()
      },
    }
    adapter = adaptersWith(clock)[brand]
  })
  afterEach(async () => {
    limitCalls({ timeoutMs: 10_000 })
    await workplace.close()
  })

  const whole = () => adapter.readDirectory(workplace.app, { root: null })
  const faultOf = async (doing: Promise<unknown>): Promise<WorkplaceFault> => {
    const fault: unknown = await doing.catch((error: unknown) => error)
    if (fault instanceof WorkplaceFault) return fault
    throw new Error(`no fault, but ${JSON.stringify(fault)?.slice(0, 200)}`)
  }
  const problemOf = async (doing: Promise<unknown>): Promise<WorkplaceProblem> => (await faultOf(doing)).problem
  const tokenCalls = () => workplace.calls.filter(({ path }) => /gettoken|accessToken|tenant_access_token/.test(path))
  const signIn = (query: string) => adapter.identify(workplace.app, new URLSearchParams(query))
  const id = (number: number) => departmentId(brand, number)

  describe('reads the directory', () => {
    it('tells every department at every depth, with its parent, name and place', async () => {
      const { departments } = await whole()
      expect(sorted(departments)).toEqual(sorted(workplace.directory.departments))
    })

    it('tells every person once, in each of their departments, the main one first', async () => {
      const { people } = await whole()
      expect(sorted(people)).toEqual(sorted(workplace.directory.people.flatMap((person) => asTold(brand, person))))
    })

    it('tells people who stand only in the deepest department, and who leads what', async () => {
      const { people } = await whole()
      const found = people.find(({ name }) => name === '顾拾遗')
      expect(found?.departmentIds).toEqual([id(4)])
      // 飞书 tells it of the department; the others of a department's own members only.
      expect(found?.leads.toSorted()).toEqual(brand === 'feishu' ? [id(3), id(4)] : [id(4)])
    })

    it('reads pages to their end', async () => {
      const { people } = await whole()
      expect(people.filter(({ departmentIds }) => departmentIds.includes(id(5)))).toHaveLength(231)
    })

    it('begins at the department that is asked for, and tells of nothing beside it', async () => {
      const { departments, people } = await adapter.readDirectory(workplace.app, { root: id(2) })
      expect(departments.map((one) => one.name).toSorted()).toEqual(['南京办事处', '江苏分公司', '鼓楼一组'].toSorted())
      expect(departments.find((one) => one.id === id(2))?.parentId).toBeNull()
      expect(people.map(({ name }) => name)).toContain('欧阳娜娜')
      expect(people.map(({ name }) => name)).not.toContain('林知远')
    })

    it('leaves out departments that are not read where a person stands in several', async () => {
      const { people } = await adapter.readDirectory(workplace.app, { root: id(5) })
      expect(people.find(({ name }) => name === '林知远')).toMatchObject({ departmentIds: [id(5)], leads: [id(5)] })
    })

    it('reads what the app may see where that is not everything', async () => {
      workplace.show([id(3), id(5)])
      const { departments, people } = await whole()
      expect(departments.map((one) => [one.id, one.parentId]).toSorted()).toEqual(
        [
          [id(3), null],
          [id(4), id(3)],
          [id(5), null],
        ].toSorted(),
      )
      expect(people.map(({ name }) => name)).toEqual(expect.arrayContaining(['顾拾遗', '林知远']))
      expect(people.map(({ name }) => name)).not.toContain('Ren Hé')
    })

    it('faults rather than tell of a company without departments', async () => {
      workplace.show([])
      expect(await problemOf(whole())).toBe('scope')
    })

    it('numbers departments by their place, whatever scale the brand counts on', async () => {
      const found = workplace.directory.departments.find((one) => one.id === id(6))
      if (found) found.order = 0
      const other = workplace.directory.departments.find((one) => one.id === id(1))
      if (other) other.order = 40_000
      const { departments } = await whole()
      const below = departments.filter((one) => one.parentId === id(0)).toSorted((a, b) => a.order - b.order)
      expect(below.map((one) => [one.id, one.order])).toEqual([
        [id(6), 0],
        [id(5), 1],
        [id(1), 2],
      ])
    })

    it('tells how far it is', async () => {
      const told: { departments: number; people: number }[] = []
      await adapter.readDirectory(workplace.app, { root: null, onProgress: (so) => told.push(so) })
      expect(told[0]).toEqual({ departments: 7, people: 0 })
      expect(told.at(-1)).toEqual({ departments: 7, people: brand === 'dingtalk' ? 234 : 235 })
      expect(told).toHaveLength(8)
    })

    it('copes with a department of exactly as many people as a page holds', async () => {
      const crowd = (count: number, department: number): TestPerson[] =>
        Array.from({ length: count }, (_, index) =>
          buildPerson({ id: `crowd.${department}.${index}`, name: `众${index}`, departmentIds: [id(department)] }),
        )
      workplace.directory.people.push(...crowd(50, 6), ...crowd(100, 4))
      const { people } = await whole()
      expect(people.filter(({ id: personId }) => personId.startsWith('crowd.'))).toHaveLength(150)
    })
  })

  describe('keeps its token', () => {
    it('fetches one for many reads', async () => {
      await whole()
      await whole()
      expect(tokenCalls()).toHaveLength(1)
    })

    it('uses it until shortly before its end', async () => {
      await whole()
      now += 6800 * 1000
      await whole()
      expect(tokenCalls()).toHaveLength(1)
      now += 200 * 1000
      await whole()
      expect(tokenCalls()).toHaveLength(2)
    })

    it('asks anew after a token could not be had', async () => {
      workplace.refuse('ip', { on: 'token', times: 1 })
      expect(await problemOf(whole())).toBe('ip')
      expect((await whole()).departments).toHaveLength(7)
    })

    it('gives up where a fresh token is not taken either', async () => {
      workplace.refuse('stale', { on: 'people' })
      expect(await problemOf(whole())).toBe('credentials')
      expect(tokenCalls()).toHaveLength(2)
    })

    it('fetches one for all who ask at the same time', async () => {
      await Promise.all([whole(), whole(), whole()])
      expect(tokenCalls()).toHaveLength(1)
    })

    it('fetches it anew when the brand no longer takes it', async () => {
      await whole()
      workplace.expireTokens()
      expect((await whole()).departments).toHaveLength(7)
      expect(tokenCalls()).toHaveLength(2)
    })

    it('fetches it anew in the middle of a read, and loses nothing', async () => {
      const { people } = await adapter.readDirectory(workplace.app, {
        root: null,
        onProgress: (so) => {
          if (so.people === 1) workplace.expireTokens()
        },
      })
      expect(people).toHaveLength(brand === 'dingtalk' ? 234 : 235)
      expect(tokenCalls()).toHaveLength(2)
    })

    it('asks with a token of its own for another secret', async () => {
      await whole()
      const other = { ...workplace.app, secret: 'another' }
      expect(await problemOf(adapter.readDirectory(other, { root: null }))).toBe('credentials')
      expect((await whole()).departments).toHaveLength(7)
      expect(tokenCalls()).toHaveLength(2)
    })
  })

  describe('says what is wrong', () => {
    it('knows that the secret or the app is not theirs', async () => {
      for (const wrong of [{ secret: 'guessed' }, { appId: 'nobody', corpId: 'nobody' }]) {
        const fault = await faultOf(adapter.readDirectory({ ...workplace.app, ...wrong }, { root: null }))
        expect(fault.problem).toBe('credentials')
      }
    })

    it.each<[Refusal, Part, WorkplaceProblem]>([
      ['ip', 'token', 'ip'],
      ['ip', 'people', 'ip'],
      ['scope', 'departments', 'scope'],
      ['scope', 'people', 'scope'],
      ['broken', 'token', 'unexpected'],
      ['broken', 'departments', 'unexpected'],
      ['broken', 'people', 'unexpected'],
      ['empty', 'token', 'unexpected'],
      ['empty', 'departments', 'unexpected'],
      ['empty', 'people', 'unexpected'],
      ['http500', 'token', 'unreachable'],
      ['http500', 'people', 'unreachable'],
      ['busy', 'people', 'unreachable'],
      ['rate', 'people', 'rate'],
    ])('%s at %s means %s', async (how, on, problem) => {
      workplace.refuse(how, { on })
      expect(await problemOf(whole())).toBe(problem)
    })

    it('tells their own code and words, which name the address or the right that is missing', async () => {
      workplace.refuse('ip', { on: 'people' })
      expect(await faultOf(whole())).toMatchObject({
        code: expect.any(String),
        detail: expect.stringMatching(/203\.0\.113\.9/),
      })
    })

    it('never repeats the secret or the token', async () => {
      workplace.refuse('scope', { on: 'people' })
      const { message, code, detail } = await faultOf(whole())
      expect(`${message} ${code} ${detail}`).not.toMatch(/密钥|secret/)
    })

    it('does not follow their server elsewhere', async () => {
      workplace.refuse('elsewhere', { on: 'departments' })
      expect(await faultOf(whole())).toMatchObject({ problem: 'unexpected', code: 'HTTP 302' })
    })

    it('gives up on a server that never answers', async () => {
      await whole()
      limitCalls({ timeoutMs: 50 })
      workplace.refuse('hang')
      expect(await faultOf(whole())).toMatchObject({ problem: 'unreachable', code: 'timeout' })
    })

    it('says that nobody answers where nobody is', async () => {
      await workplace.close()
      expect(await faultOf(whole())).toMatchObject({ problem: 'unreachable', code: 'refused' })
      workplace = await startWorkplace(brand)
    })

    it('does not call into private networks unless the server allows it', async () => {
      limitCalls({ allowsPrivate: false })
      try {
        expect(await faultOf(whole())).toMatchObject({ problem: 'private-address', code: 'private' })
        const inTheOpen = { ...workplace.app, server: 'http://workplace.example.com' }
        expect(await faultOf(adapter.readDirectory(inTheOpen, { root: null }))).toMatchObject({ code: 'not-https' })
        expect(workplace.calls).toHaveLength(0)
      } finally {
        limitCalls({ allowsPrivate: true })
      }
    })

    it('says that a server is no address', async () => {
      const nowhere = { ...workplace.app, server: 'our own server' }
      expect(await faultOf(adapter.readDirectory(nowhere, { root: null }))).toMatchObject({ code: 'malformed' })
    })

    it.each(['999', 'od-does-not-exist', '../../etc', ''])('knows no department %j', async (root) => {
      expect(await problemOf(adapter.readDirectory(workplace.app, { root }))).toBe('no-such-department')
    })

    it('says of a department that the app may not see what it says of one that is not there', async () => {
      workplace.show([id(5)])
      expect(await problemOf(adapter.readDirectory(workplace.app, { root: id(2) }))).toBe('no-such-department')
    })
  })

  describe('tells all or nothing', () => {
    it.each<Refusal>(['http500', 'broken', 'empty', 'scope', 'ip'])('%s in the middle of the people', async (how) => {
      workplace.refuse(how, { on: 'people', after: 3 })
      await expect(whole()).rejects.toBeInstanceOf(WorkplaceFault)
      expect(workplace.calls.filter(({ path }) => /user/.test(path)).length).toBeGreaterThan(3)
    })

    it('tells nothing where a department goes away meanwhile', async () => {
      const reading = adapter.readDirectory(workplace.app, {
        root: null,
        onProgress: ({ people }) => {
          if (people === 0) workplace.directory.departments.splice(6)
        },
      })
      expect(await problemOf(reading)).toBe('unexpected')
    })

    it('mends a call that comes to nothing once', async () => {
      workplace.refuse('http500', { on: 'people', after: 2, times: 1 })
      workplace.refuse('busy', { on: 'departments', times: 1 })
      expect((await whole()).people).toHaveLength(brand === 'dingtalk' ? 234 : 235)
    })

    it('waits where it is told to slow down, and goes on', async () => {
      workplace.refuse('rate', { on: 'people', after: 2, times: 2 })
      expect((await whole()).people).toHaveLength(brand === 'dingtalk' ? 234 : 235)
      expect(waits.filter((ms) => ms >= 1000)).toEqual(brand === 'feishu' ? [7000, 7000] : [1000, 2000])
    })

    it('waits for no more than three minutes in all', async () => {
      workplace.refuse('rate', { on: 'people' })
      expect(await problemOf(whole())).toBe('rate')
      const waited = waits.reduce((sum, ms) => sum + ms, 0)
      expect(waited).toBeGreaterThan(60_000)
      expect(waited).toBeLessThanOrEqual(181_000)
    })

    it('keeps the pace that the brand allows', async () => {
      const parentId = id(6)
      for (let number = 100; number < 160; number += 1) {
        workplace.directory.departments.push({ id: id(number), parentId, name: `第${number}组`, order: number })
      }
      await whole()
      const callsASecond = { wecom: Number.POSITIVE_INFINITY, dingtalk: 20, feishu: 50 }[brand]
      const waited = waits.reduce((sum, ms) => sum + ms, 0)
      expect(waited).toBe(1000 * Math.floor((workplace.calls.length - 1) / callsASecond))
    })
  })

  describe('signs people in', () => {
    it('knows who scanned', async () => {
      expect(await signIn(workplace.signInAs('ouyang.na', 'state-1'))).toEqual({ id: 'ouyang.na' })
    })

    it('tells the same id that the directory does', async () => {
      const { people } = await whole()
      const who = await signIn(workplace.signInAs('gu.shiyi'))
      expect(people.find((one) => one.id === who.id)?.name).toBe('顾拾遗')
    })

    it.each(['a.stranger', 'dong.jie'])('lets nobody in who is no member: %s', async (stranger) => {
      expect(await problemOf(signIn(workplace.signInAs(stranger)))).toBe('not-a-member')
    })

    it('takes a code once', async () => {
      const answer = workplace.signInAs('ouyang.na')
      await signIn(answer)
      expect(await problemOf(signIn(answer))).toBe('code')
    })

    it.each(['', 'state=x', 'code=', 'code=made-up', 'error=access_denied&state=x', 'authCode=made-up'])(
      'takes no answer like %j',
      async (query) => {
        expect(await problemOf(signIn(query))).toBe('code')
      },
    )

    it('renews the app token on the way', async () => {
      await whole()
      workplace.expireTokens()
      expect(await signIn(workplace.signInAs('ouyang.na'))).toEqual({ id: 'ouyang.na' })
    })

    it.each<[Refusal, WorkplaceProblem]>([
      ['empty', 'unexpected'],
      ['broken', 'unexpected'],
      ['http500', 'unreachable'],
      ['ip', 'ip'],
      ['rate', 'rate'],
    ])('says what is wrong: %s', async (how, problem) => {
      workplace.refuse(how, { on: 'sign-in' })
      expect(await problemOf(signIn(workplace.signInAs('ouyang.na')))).toBe(problem)
    })

    it('does not let whoever signs in wait for minutes', async () => {
      workplace.refuse('rate')
      await problemOf(signIn(workplace.signInAs('ouyang.na')))
      expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(8000)
    })

    it('sends the browser to their page, which sends it back with code and state', async () => {
      workplace.seat('ouyang.na')
      const backUrl = 'https://crm.example.com/api/auth/workplace/back?brand=x'
      const page = adapter.signInUrl(workplace.app, { state: 'täter & 状态', backUrl })
      const answer = await fetch(page, { redirect: 'manual' })
      const back = new URL(answer.headers.get('location') ?? '')
      expect(back.origin + back.pathname).toBe('https://crm.example.com/api/auth/workplace/back')
      expect(back.searchParams.get('state')).toBe('täter & 状态')
      expect(await adapter.identify(workplace.app, back.searchParams)).toEqual({ id: 'ouyang.na' })
    })

    it("opens the brand's own page where no server is named", () => {
      const url = new URL(
        adapter.signInUrl({ ...workplace.app, server: null }, { state: 's', backUrl: 'https://b.example' }),
      )
      const host = {
        wecom: 'login.work.weixin.qq.com',
        dingtalk: 'login.dingtalk.com',
        feishu: 'accounts.feishu.cn',
      }[brand]
      expect([url.protocol, url.host]).toEqual(['https:', host])
    })
  })
})

/** The person as an adapter tells of them; 钉钉 does not list people who were frozen. */
function asTold(brand: WorkplaceBrand, person: TestPerson): WorkplaceDirectory['people'] {
  if (brand === 'dingtalk' && !person.isActive) return []
  const inOwn = person.leads.filter((id) => person.departmentIds.includes(id))
  return [
    {
      ...person,
      mobile: brand === 'wecom' ? (person.mobile?.replace('+86', '') ?? null) : person.mobile,
      employeeNumber: brand === 'wecom' ? null : person.employeeNumber,
      departmentIds: person.departmentIds,
      leads: brand === 'feishu' ? person.leads : inOwn,
    },
  ]
}

const sorted = <One extends { readonly id: string }>(all: readonly One[]): readonly unknown[] =>
  all
    .map((one) => ('leads' in one && Array.isArray(one.leads) ? { ...one, leads: one.leads.toSorted() } : one))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
