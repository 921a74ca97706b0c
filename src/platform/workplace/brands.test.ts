import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import { limitCalls } from '#platform/outside/post.ts'
import { startReceiver, type Answering, type Received, type Receiver } from '#testing/receiver.ts'
import { departmentId } from '#testing/workplace/directory.ts'
import { startWorkplace, type Workplace } from '#testing/workplace/start.ts'
import { adaptersWith } from './adapters.ts'
import { adapters as doorAdapters, WorkplaceFault, type WorkplaceApp } from './index.ts'

const adapters = adaptersWith({ now: () => 0, wait: () => Promise.resolve() })
let open: { close(): Promise<void> } | undefined

beforeAll(() => limitCalls({ allowsPrivate: true }))
afterAll(() => limitCalls({ allowsPrivate: false }))
afterEach(() => open?.close())

async function start(brand: WorkplaceBrand): Promise<Workplace> {
  const workplace = await startWorkplace(brand)
  open = workplace
  return workplace
}

/** A server that answers what a test wants, call by call. */
async function answering(answer: (call: Received) => unknown): Promise<{ app: WorkplaceApp; receiver: Receiver }> {
  const receiver = await startReceiver()
  open = receiver
  receiver.answer = (call): Answering => ({ status: 200, body: JSON.stringify(answer(call)) })
  return { receiver, app: { corpId: 'ww1', appId: '1', secret: 's3cret', server: receiver.url } }
}

const faultOf = async (doing: Promise<unknown>) => {
  const fault: unknown = await doing.catch((error: unknown) => error)
  return fault instanceof WorkplaceFault ? fault : undefined
}
const read = (brand: WorkplaceBrand, app: WorkplaceApp) => adapters[brand].readDirectory(app, { root: null })

describe('企业微信', () => {
  const wecom = (more: (path: string) => unknown) => (call: Received) =>
    call.path === '/cgi-bin/gettoken' ? { errcode: 0, access_token: 't', expires_in: 7200 } : more(call.path)
  const departments = {
    errcode: 0,
    department: [{ id: 1, name: '总部', parentid: 0, order: 1, department_leader: ['b'] }],
  }

  it('gives people without phone and e-mail to apps of today, and the address of the company where it has one', async () => {
    const people = [
      { userid: 'a', name: '甲', department: [1], status: 1 },
      { userid: 'b', name: '乙', department: [1], status: 4, biz_mail: 'b@corp.example', email: '' },
      { userid: 'c', name: '丙', department: [1], status: 5 },
    ]
    const { app } = await answering(
      wecom((path) => (path.endsWith('/user/list') ? { errcode: 0, userlist: people } : departments)),
    )
    const directory = await read('wecom', app)
    expect(directory.people).toEqual([
      expect.objectContaining({ id: 'a', mobile: null, email: null, isActive: true, leads: [] }),
      expect.objectContaining({ id: 'b', email: 'b@corp.example', isActive: true, leads: ['1'] }),
      expect.objectContaining({ id: 'c', isActive: false }),
    ])
  })

  it('knows the refusal of the contacts assistant for what it is', async () => {
    const { app } = await answering(wecom(() => ({ errcode: 48009, errmsg: 'no longer allowed' })))
    expect(await faultOf(read('wecom', app))).toMatchObject({ problem: 'scope', code: '48009' })
  })

  it('takes an answer without errcode for no answer', async () => {
    const { app } = await answering(wecom(() => ({ department: [] })))
    expect(await faultOf(read('wecom', app))).toMatchObject({ problem: 'unexpected', code: 'no-errcode' })
  })

  it('does not ask without the id of the company', async () => {
    const { app, receiver } = await answering(() => ({}))
    expect(await faultOf(read('wecom', { ...app, corpId: null }))).toMatchObject({ problem: 'credentials' })
    expect(receiver.received).toHaveLength(0)
  })

  it('strikes the secret out of their words', async () => {
    const { app } = await answering(() => ({ errcode: 40001, errmsg: 'invalid credential s3cret, from ip: 1.2.3.4' }))
    expect(await faultOf(read('wecom', app))).toMatchObject({ detail: 'invalid credential …, from ip: 1.2.3.4' })
  })
})

describe('钉钉', () => {
  const dingtalk = (more: (call: Received) => unknown) => (call: Received) =>
    call.path === '/v1.0/oauth2/accessToken' ? { accessToken: 't', expireIn: 7200 } : more(call)

  it('tells the right that is missing, from within the code of their gateway', async () => {
    const workplace = await start('dingtalk')
    workplace.refuse('scope', { on: 'departments' })
    const fault = await faultOf(read('dingtalk', workplace.app))
    expect(fault).toMatchObject({ problem: 'scope', code: '60011' })
    expect(fault?.detail).toContain('qyapi_get_department_list')
  })

  it('tells the right that is missing at its new addresses too', async () => {
    const { app } = await answering(
      dingtalk(() => ({
        code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
        message: '没有调用该接口的权限',
        accessdenieddetail: { requiredScopes: ['Contact.User.Read'] },
      })),
    )
    const fault = await faultOf(adapters.dingtalk.identify(app, new URLSearchParams('authCode=x')))
    expect(fault).toMatchObject({ problem: 'scope' })
    expect(fault?.detail).toContain('Contact.User.Read')
  })

  it('asks for people whom colleagues cannot look up, too, and for late-comers last', async () => {
    const workplace = await start('dingtalk')
    await read('dingtalk', workplace.app)
    const asked = workplace.calls.filter(({ path }) => path === '/topapi/v2/user/list')
    expect(asked.map(({ body }) => body)).toEqual(
      asked.map(() => expect.objectContaining({ contain_access_limit: true, order_field: 'entry_asc', size: 100 })),
    )
  })

  it('lets no outside contact of the company in', async () => {
    const { app } = await answering(
      dingtalk(({ path }) => {
        if (path === '/v1.0/oauth2/userAccessToken') return { accessToken: 'user' }
        if (path === '/v1.0/contact/users/me') return { unionId: 'u1' }
        return { errcode: 0, result: { userid: 'ext', contact_type: 1 } }
      }),
    )
    const fault = await faultOf(adapters.dingtalk.identify(app, new URLSearchParams('authCode=x')))
    expect(fault).toMatchObject({ problem: 'not-a-member' })
  })

  it.each([
    ['without saying where', undefined],
    ['at the same place', 0],
  ])('takes a list that goes on %s for a fault, and does not go in circles', async (_how, next_cursor) => {
    const department = { dept_id: 1, name: '总部' }
    const { app, receiver } = await answering(
      dingtalk(({ path }) => {
        if (path === '/auth/scopes') return { errcode: 0, auth_org_scopes: { authed_dept: [1] } }
        if (path.endsWith('/department/get')) return { errcode: 0, result: department }
        if (path.endsWith('/listsub')) return { errcode: 0, result: [] }
        return { errcode: 0, result: { has_more: true, next_cursor, list: [{ userid: 'a', name: '甲' }] } }
      }),
    )
    expect(await faultOf(read('dingtalk', app))).toMatchObject({ problem: 'unexpected', code: 'paging' })
    expect(receiver.received.length).toBeLessThan(8)
  })

  it('ends where departments contain each other', async () => {
    const { app } = await answering(
      dingtalk(({ path, body }) => {
        if (path === '/auth/scopes') return { errcode: 0, auth_org_scopes: { authed_dept: [1, 2] } }
        const { dept_id } = JSON.parse(body) as { dept_id: number }
        const other = dept_id === 1 ? 2 : 1
        if (path.endsWith('/department/get')) return { errcode: 0, result: { dept_id, name: '部门', parent_id: other } }
        if (path.endsWith('/listsub'))
          return { errcode: 0, result: [{ dept_id: other, name: '部门', parent_id: dept_id }] }
        return { errcode: 0, result: { has_more: false, list: [] } }
      }),
    )
    expect((await read('dingtalk', app)).departments).toHaveLength(2)
  })
})

describe('飞书', () => {
  it('asks level by level where there are too many departments to be asked for at once', async () => {
    const workplace = await start('feishu')
    workplace.growHuge()
    const { departments } = await read('feishu', workplace.app)
    expect(departments).toHaveLength(7)
    expect(departments.find(({ id }) => id === departmentId('feishu', 4))?.parentId).toBe(departmentId('feishu', 3))
  })

  it('reads more departments than fit on a page', async () => {
    const workplace = await start('feishu')
    const parentId = departmentId('feishu', 6)
    const more = Array.from({ length: 120 }, (_, index) => ({
      id: departmentId('feishu', 100 + index),
      parentId,
      name: `第${index}组`,
      order: index,
    }))
    workplace.directory.departments.push(...more)
    const { departments } = await read('feishu', workplace.app)
    expect(departments.filter((one) => one.parentId === parentId).map(({ name }) => name)).toEqual(
      more.map(({ name }) => name),
    )
  })

  it('waits for nothing where the calls of the month are used up', async () => {
    const { app, receiver } = await answering(() => ({ code: 99991403, msg: "This month's quota has been exceeded" }))
    expect(await faultOf(read('feishu', app))).toMatchObject({ problem: 'rate', code: '99991403' })
    expect(receiver.received).toHaveLength(1)
  })

  it.each([
    ['name', 'contact:user.base:readonly'],
    ['status', 'contact:user.employee:readonly'],
  ])('names the right without which the %s of people is left out', async (field, right) => {
    const whole: Readonly<Record<string, unknown>> = { open_id: 'ou_1', name: '甲', status: { is_frozen: false } }
    const person = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field))
    const { app } = await answering(({ path }) => {
      if (path.includes('/auth/')) return { code: 0, tenant_access_token: 't-1', expire: 7200 }
      if (path.endsWith('/children')) return { code: 0, data: { has_more: false } }
      if (path.endsWith('/find_by_department')) return { code: 0, data: { has_more: false, items: [person] } }
      return { code: 0, data: { department: { open_department_id: '0' } } }
    })
    expect(await faultOf(read('feishu', app))).toMatchObject({ problem: 'scope', detail: right })
  })

  it.each([
    ['name', 'contact:department.base:readonly'],
    ['parent_department_id', 'contact:department.organize:readonly'],
  ])('names the right without which the %s of departments is left out', async (field, right) => {
    const whole = { open_department_id: 'od-1', name: '部门', parent_department_id: '0' }
    const department = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field))
    const { app } = await answering(({ path }) => {
      if (path.includes('/auth/')) return { code: 0, tenant_access_token: 't-1', expire: 7200 }
      if (path.endsWith('/children')) return { code: 0, data: { has_more: false, items: [department] } }
      return { code: 0, data: { department: { open_department_id: '0' } } }
    })
    expect(await faultOf(read('feishu', app))).toMatchObject({ problem: 'scope', detail: right })
  })

  it("opens Lark's own page of sign-in", () => {
    const app = { corpId: null, appId: 'cli', secret: 's', server: 'https://open.larksuite.com' }
    const page = new URL(adapters.feishu.signInUrl(app, { state: 's', backUrl: 'https://b.example/' }))
    expect(page.host).toBe('accounts.larksuite.com')
  })
})

it('says that an answer is too long to be read', { timeout: 30_000 }, async () => {
  const huge = 'x'.repeat(33 * 1024 * 1024)
  const { app } = await answering(() => ({ errcode: 0, access_token: huge, expires_in: 7200 }))
  expect(await faultOf(read('wecom', app))).toMatchObject({ problem: 'unexpected', code: 'too-long' })
})

it('reads by the clock of the machine, too', async () => {
  const workplace = await start('wecom')
  const { people } = await doorAdapters.wecom.readDirectory(workplace.app, { root: departmentId('wecom', 4) })
  expect(people.map(({ name }) => name)).toEqual(['顾拾遗', '欧阳娜娜'])
})
