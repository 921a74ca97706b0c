import { z } from 'zod'
import { WorkplaceFault, type WorkplaceApp } from './adapter.ts'
import { allPages, everythingBelow } from './pages.ts'
import { addressAt, filled, withQuery, type Protocol } from './protocol.ts'
import type { FoundDepartment, FoundPerson } from './put-together.ts'
import { read, type Question, type Talk } from './speak.ts'

const home = 'https://open.feishu.cn'
const signInHome = 'https://accounts.feishu.cn'
const lark = { home: 'https://open.larksuite.com', signInHome: 'https://accounts.larksuite.com' }
/** The department of the whole company. */
const top = '0'
const noAuthority = '40004'
const tooManyBelow = '43010'
const mostOnPage = '50'
const mostScopesOnPage = '100'
const byOpenIds = { department_id_type: 'open_department_id', user_id_type: 'open_id' } as const

const tokenShape = z.object({ tenant_access_token: z.string().min(1), expire: z.number() })
const paging = { has_more: z.boolean(), page_token: z.string().nullish() }
const departmentShape = z.object({
  open_department_id: z.string().min(1),
  /** Left out, as the parent, where the app was not given the right to the field. */
  name: z.string().nullish(),
  parent_department_id: z.string().nullish(),
  order: z.union([z.string(), z.number()]).nullish(),
  leader_user_id: z.string().nullish(),
})
const oneDepartmentShape = z.object({ data: z.object({ department: departmentShape }) })
/** A page without anything on it comes without a list. */
const departmentsShape = z.object({ data: z.object({ ...paging, items: z.array(departmentShape).nullish() }) })
const scopesShape = z.object({ data: z.object({ ...paging, department_ids: z.array(z.string()).nullish() }) })
const personShape = z.object({
  open_id: z.string().min(1),
  name: z.string().nullish(),
  mobile: z.string().nullish(),
  email: z.string().nullish(),
  enterprise_email: z.string().nullish(),
  employee_no: z.string().nullish(),
  job_title: z.string().nullish(),
  department_ids: z.array(z.string()).nullish(),
  orders: z.array(z.object({ department_id: z.string().nullish(), is_primary_dept: z.boolean().nullish() })).nullish(),
  status: z
    .object({ is_frozen: z.boolean().nullish(), is_resigned: z.boolean().nullish(), is_exited: z.boolean().nullish() })
    .nullish(),
})
const peopleShape = z.object({ data: z.object({ ...paging, items: z.array(personShape).nullish() }) })
const userTokenShape = z.object({ access_token: z.string().min(1) })
const meShape = z.object({ data: z.object({ open_id: z.string().min(1) }) })

/**
 * 飞书, and Lark with its own server. One question answers all departments below one in pages, unless there are too many
 * of them; people are asked for department by department. Fields that the app has no right to are left out in silence:
 * without the name, the parent and the status nothing is read, and the fault names the right that is missing.
 * https://open.feishu.cn/document/server-docs/contact-v3/department/children, user/find_by_department
 */
export const feishu: Protocol = {
  brand: 'feishu',
  hiddenCodes: [noAuthority],
  manners: {
    rates: [
      { calls: 50, seconds: 1 },
      { calls: 1000, seconds: 60 },
    ],
    complaintIn: ({ code, msg, error_description }) =>
      code === 0 ? undefined : { code: String(code ?? 'no-code'), detail: String(msg ?? error_description ?? '') },
    meanings: {
      99991661: 'token',
      99991663: 'token',
      99991664: 'token',
      99991665: 'token',
      99991671: 'token',
      10003: 'credentials',
      10014: 'credentials',
      20002: 'credentials',
      20009: 'credentials',
      20048: 'credentials',
      20069: 'credentials',
      99991543: 'credentials',
      99991662: 'credentials',
      99991673: 'credentials',
      99991401: 'ip',
      [noAuthority]: 'scope',
      40014: 'scope',
      41050: 'scope',
      99991672: 'scope',
      99991676: 'scope',
      99991679: 'scope',
      40008: 'no-such-department',
      40015: 'no-such-department',
      99991400: 'rate',
      /** The calls of the month are used up. */
      99991403: 'spent',
      20003: 'code',
      20004: 'code',
      20024: 'code',
      20065: 'code',
      20008: 'not-a-member',
      20010: 'not-a-member',
      20066: 'not-a-member',
      20050: 'busy',
      20072: 'busy',
      40003: 'busy',
    },
    tokenQuestion: (app) => ({
      method: 'POST',
      url: addressAt(app, home, '/open-apis/auth/v3/tenant_access_token/internal'),
      json: { app_id: app.appId, app_secret: app.secret },
    }),
    readToken: (fields) => {
      const { tenant_access_token, expire } = read(tokenShape, fields)
      return { value: tenant_access_token, seconds: expire }
    },
    sign: (question, token) => ({ ...question, headers: { ...question.headers, authorization: `Bearer ${token}` } }),
  },
  signInUrl: (app, { state, backUrl }) => {
    // Lark's page of sign-in stands at an address of its own.
    const signInApp = app.server === lark.home ? { ...app, server: lark.signInHome } : app
    return withQuery(addressAt(signInApp, signInHome, '/open-apis/authen/v1/authorize'), {
      client_id: app.appId,
      response_type: 'code',
      redirect_uri: backUrl,
      state,
    })
  },
  identify: async (talk, app, code) => {
    const { access_token } = await talk.askPlainly(userTokenShape, {
      method: 'POST',
      url: addressAt(app, home, '/open-apis/authen/v2/oauth/token'),
      json: { grant_type: 'authorization_code', client_id: app.appId, client_secret: app.secret, code },
    })
    const { data } = await talk.askPlainly(meShape, {
      ...get(app, '/open-apis/authen/v1/user_info'),
      headers: { authorization: `Bearer ${access_token}` },
    })
    return data.open_id
  },
  readDepartments: async (talk, app, root) => {
    const tops = await readTops(talk, app, root)
    const found = new Map(tops.map((one) => [one.id, one]))
    for (const { id } of tops) {
      for (const one of await readBelow(talk, app, id)) if (!found.has(one.id)) found.set(one.id, one)
    }
    return [...found.values()]
  },
  readPeople: async (talk, app, departmentId) => {
    const people = await allPages<z.infer<typeof personShape>, string>(async (mark) => {
      const query = { ...byOpenIds, department_id: departmentId, page_size: mostOnPage, ...from(mark) }
      const { data } = await talk.ask(peopleShape, {
        ...get(app, '/open-apis/contact/v3/users/find_by_department'),
        query,
      })
      return pageOf(data, data.items)
    })
    return people.map((person) => personOf(person, departmentId))
  },
}

/** Where reading begins: the whole company where the app may see it, else each department that it was given. */
async function readTops(talk: Talk, app: WorkplaceApp, root: string | null): Promise<readonly FoundDepartment[]> {
  try {
    return [await readDepartment(talk, app, root ?? top)]
  } catch (fault) {
    if (root !== null || !(fault instanceof WorkplaceFault) || fault.code !== noAuthority) throw fault
  }
  const ids = await allPages<string, string>(async (mark) => {
    const query = { ...byOpenIds, page_size: mostScopesOnPage, ...from(mark) }
    const { data } = await talk.ask(scopesShape, { ...get(app, '/open-apis/contact/v3/scopes'), query })
    return pageOf(data, data.department_ids)
  })
  const tops: FoundDepartment[] = []
  for (const id of ids) tops.push(await readDepartment(talk, app, id))
  return tops
}

async function readDepartment(talk: Talk, app: WorkplaceApp, id: string): Promise<FoundDepartment> {
  const question = { ...get(app, `/open-apis/contact/v3/departments/${encodeURIComponent(id)}`), query: byOpenIds }
  return departmentOf((await talk.ask(oneDepartmentShape, question)).data.department)
}

async function readBelow(talk: Talk, app: WorkplaceApp, id: string): Promise<readonly FoundDepartment[]> {
  try {
    return await readChildren(talk, app, id, { isDeep: true })
  } catch (fault) {
    if (!(fault instanceof WorkplaceFault) || fault.code !== tooManyBelow) throw fault
  }
  const tops = await readChildren(talk, app, id, { isDeep: false })
  return everythingBelow(tops, (child) => readChildren(talk, app, child, { isDeep: false }))
}

async function readChildren(talk: Talk, app: WorkplaceApp, id: string, { isDeep }: { readonly isDeep: boolean }) {
  const children = await allPages<z.infer<typeof departmentShape>, string>(async (mark) => {
    const query = { ...byOpenIds, fetch_child: String(isDeep), page_size: mostOnPage, ...from(mark) }
    const path = `/open-apis/contact/v3/departments/${encodeURIComponent(id)}/children`
    const { data } = await talk.ask(departmentsShape, { ...get(app, path), query })
    return pageOf(data, data.items)
  })
  return children.map(departmentOf)
}

function departmentOf(department: z.infer<typeof departmentShape>): FoundDepartment {
  const { open_department_id: id, name, parent_department_id, order, leader_user_id } = department
  const isTop = id === top
  return {
    id,
    parentId: isTop ? null : needed(parent_department_id, 'contact:department.organize:readonly'),
    name: isTop ? (name ?? top) : needed(name, 'contact:department.base:readonly'),
    rank: Number(order ?? 0),
    leaderIds: leader_user_id ? [leader_user_id] : [],
  }
}

function personOf(person: z.infer<typeof personShape>, listedIn: string): FoundPerson {
  const status = needed(person.status, 'contact:user.employee:readonly')
  const main = person.orders?.find(({ is_primary_dept }) => is_primary_dept === true)?.department_id
  return {
    id: person.open_id,
    name: needed(person.name, 'contact:user.base:readonly'),
    mobile: filled(person.mobile),
    email: filled(person.enterprise_email, person.email),
    employeeNumber: filled(person.employee_no),
    position: filled(person.job_title),
    departmentIds: [...new Set([...(person.department_ids ?? []), listedIn])],
    mainDepartmentId: main ?? null,
    leads: [],
    isActive: status.is_frozen !== true && status.is_resigned !== true && status.is_exited !== true,
  }
}

/** A field that they leave out for want of a right. */
function needed<T>(value: T | null | undefined, right: string): T {
  if (value === null || value === undefined) throw new WorkplaceFault('scope', 'field', right)
  return value
}

const pageOf = <Item>(
  { has_more, page_token }: { has_more: boolean; page_token?: string | null | undefined },
  items: readonly Item[] | null | undefined,
) => ({ items: items ?? [], hasMore: has_more, next: filled(page_token) ?? undefined })

const from = (mark: string | undefined): Readonly<Record<string, string>> =>
  mark === undefined ? {} : { page_token: mark }

const get = (app: WorkplaceApp, path: string): Question => ({ method: 'GET', url: addressAt(app, home, path) })
