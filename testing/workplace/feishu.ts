import { randomUUID } from 'node:crypto'
import {
  belowOf,
  childrenOf,
  departmentOf,
  given,
  isVisible,
  memberOf,
  newToken,
  peopleIn,
  spendCode,
  type BrandRefusal,
  type Reply,
  type State,
  type TestBrand,
  type WorkplaceCall,
} from './brand.ts'
import { topOf, type TestDepartment, type TestPerson } from './directory.ts'

const refused = (status: number, code: number, msg: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers,
  json: { code, msg, error: { log_id: '20261126' } },
})
const fine = (data: Readonly<Record<string, unknown>>): Reply => ({ json: { code: 0, msg: 'success', data } })

const refusals: Readonly<Record<BrandRefusal, Reply>> = {
  rate: refused(429, 99991400, 'request trigger frequency limit', { 'x-ogw-ratelimit-reset': '7' }),
  ip: refused(403, 99991401, 'ip 203.0.113.9 is denied by app setting'),
  scope: refused(
    400,
    99991672,
    'Access denied. One of the following scopes is required: [contact:contact.base:readonly]',
  ),
  stale: refused(400, 99991663, 'Invalid access token for authorization'),
  busy: refused(500, 40003, 'internal error'),
}
const home = '/open-apis'
const mostOnPage = 50

/** 飞书: refusals have a status of HTTP of their own. */
export const feishu: TestBrand = {
  app: { corpId: null, appId: 'cli_a5c0ffee', secret: '飞书的密钥-feishu-secret' },
  codeName: 'code',
  signInPath: `${home}/authen/v1/authorize`,
  partOf: ({ path }) => {
    if (path.startsWith(`${home}/auth/v3/`)) return 'token'
    if (path.startsWith(`${home}/contact/v3/users/`)) return 'people'
    if (path.startsWith(`${home}/contact/v3/`)) return 'departments'
    return path.startsWith(`${home}/authen/`) ? 'sign-in' : undefined
  },
  refuse: (how) => refusals[how],
  answer: (state, call) => {
    if (call.path === `${home}/auth/v3/tenant_access_token/internal`) return tokenFor(state, call)
    if (call.path === `${home}/authen/v2/oauth/token`) return userToken(state, call)
    const [, token = ''] = /^Bearer (.+)$/.exec(String(call.headers['authorization'] ?? '')) ?? []
    if (token === '') return refused(400, 99991661, 'Missing access token for authorization')
    if (call.path === `${home}/authen/v1/user_info`) return whose(state, token)
    if (!state.tokens.has(token)) return refused(400, 99991663, 'Invalid access token for authorization')
    if (call.method !== 'GET') return refused(404, 99991301, 'request method does not match')
    return contacts(state, call)
  },
  faultOfSignIn: ({ app }, query) => {
    if (query.get('client_id') !== app.appId) return 'client_id'
    return query.get('response_type') === 'code' ? undefined : 'response_type'
  },
}

function tokenFor(state: State, { method, body }: WorkplaceCall): Reply {
  if (method !== 'POST') return refused(404, 99991301, 'request method does not match')
  if (body['app_id'] !== state.app.appId) return refused(400, 10003, 'invalid param')
  if (body['app_secret'] !== state.app.secret) return refused(400, 10014, 'app secret invalid')
  return { json: { code: 0, msg: 'ok', tenant_access_token: newToken(state, 't-'), expire: 7200 } }
}

function contacts(state: State, { path, query }: WorkplaceCall): Reply {
  const size = Number(query.get('page_size') ?? 20)
  if (path === `${home}/contact/v3/scopes`) {
    if (size < 1 || size > 100) return refused(400, 40011, 'page size is invalid')
    const firstLevel = childrenOf(state, topOf.feishu).map(({ id }) => id)
    return page(query, size, state.sees ?? firstLevel, 'department_ids')
  }
  if (size < 1 || size > mostOnPage) return refused(400, 40011, 'page size is invalid')
  if (path === `${home}/contact/v3/users/find_by_department`) {
    const fault = faultOfDepartment(state, query.get('department_id') ?? '')
    if (fault) return fault
    const people = peopleIn(state, query.get('department_id') ?? '')
    return page(query, size, people.map(personFields), 'items')
  }
  const [, id = '', rest] = /^\/open-apis\/contact\/v3\/departments\/([^/]+)(\/children)?$/.exec(path) ?? []
  const fault = faultOfDepartment(state, decodeURIComponent(id))
  if (fault) return fault
  const department = departmentOf(state, decodeURIComponent(id))
  if (!department) return refused(404, 99991201, 'resource not find')
  if (rest === undefined) return fine({ department: departmentFields(state, department) })
  const isDeep = query.get('fetch_child') === 'true'
  if (isDeep && state.isHuge) return refused(400, 43010, 'big dept forbid recursion error')
  const below = isDeep ? belowOf(state, department.id) : childrenOf(state, department.id)
  return page(
    query,
    size,
    below.map((one) => departmentFields(state, one)),
    'items',
  )
}

function faultOfDepartment(state: State, id: string): Reply | undefined {
  if (!departmentOf(state, id)) return refused(400, 40015, 'department not exist')
  return isVisible(state, id) ? undefined : refused(403, 40004, 'no dept authority error')
}

/** Without anything to list they leave the list itself out. */
function page(query: URLSearchParams, size: number, all: readonly unknown[], name: string): Reply {
  const from = query.has('page_token') ? Number(/^page-(\d+)$/.exec(query.get('page_token') ?? '')?.[1]) : 0
  if (!Number.isInteger(from)) return refused(400, 40012, 'page token is invalid error')
  const hasMore = from + size < all.length
  const items = all.slice(from, from + size)
  return fine({
    has_more: hasMore,
    ...(hasMore ? { page_token: `page-${from + size}` } : {}),
    ...(items.length > 0 ? { [name]: items } : {}),
  })
}

function departmentFields(state: State, { id, name, parentId, order }: TestDepartment) {
  const leader = state.directory.people.find(({ leads }) => leads.includes(id))
  return {
    name,
    open_department_id: id,
    department_id: id,
    parent_department_id: parentId ?? '',
    order: String(order * 2000),
    leader_user_id: leader?.id ?? '',
    status: { is_deleted: false },
  }
}

function personFields(person: TestPerson) {
  return given({
    open_id: person.id,
    union_id: `on_${person.id}`,
    name: person.name,
    mobile: person.mobile,
    email: person.email ?? '',
    employee_no: person.employeeNumber ?? '',
    job_title: person.position ?? '',
    department_ids: person.departmentIds.toReversed(),
    orders: person.departmentIds.map((id, index) => ({ department_id: id, is_primary_dept: index === 0 })),
    status: { is_frozen: !person.isActive, is_resigned: false, is_activated: true, is_exited: false, is_unjoin: false },
  })
}

function userToken(state: State, { body }: WorkplaceCall): Reply {
  if (body['grant_type'] !== 'authorization_code') return refused(400, 20036, 'The grant_type is not supported.')
  if (body['client_id'] !== state.app.appId) return refused(400, 20048, 'The specified app does not exist.')
  if (body['client_secret'] !== state.app.secret) return refused(400, 20002, 'The client secret is invalid.')
  const userId = spendCode(state, body['code'])
  if (userId === undefined) return refused(400, 20003, 'The authorization code is not found.')
  if (!memberOf(state, userId)) return refused(400, 20010, 'The user does not have permission to use this app.')
  const token = `u-${randomUUID()}`
  state.userTokens.set(token, userId)
  return { json: { code: 0, access_token: token, expires_in: 7200, token_type: 'Bearer', scope: '' } }
}

function whose(state: State, token: string): Reply {
  const userId = state.userTokens.get(token)
  if (userId === undefined) return refused(401, 99991668, 'Invalid access token for authorization.')
  return fine({ open_id: userId, union_id: `on_${userId}`, name: '姓名', tenant_key: '736588c9260f175e' })
}
