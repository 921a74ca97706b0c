import { isVisible, departmentOf, belowOf, given, memberOf, newToken, peopleIn, spendCode } from './brand.ts'
import type { BrandRefusal, Reply, State, TestBrand } from './brand.ts'
import type { TestDepartment, TestPerson } from './directory.ts'

const refused = (errcode: number, errmsg: string): Reply => ({ json: { errcode, errmsg } })
const fine = (fields: Readonly<Record<string, unknown>>): Reply => ({ json: { errcode: 0, errmsg: 'ok', ...fields } })

const refusals: Readonly<Record<BrandRefusal, Reply>> = {
  rate: refused(45009, 'api freq out of limit'),
  ip: refused(60020, 'not allow to access from your ip, hint: [1], from ip: 203.0.113.9'),
  scope: refused(48002, 'api forbidden'),
  stale: refused(40014, 'invalid access_token'),
  busy: refused(-1, 'system busy'),
}

/** 企业微信. */
export const wecom: TestBrand = {
  app: { corpId: 'ww5c0ffee0', appId: '1000002', secret: '企微的密钥-wecom-secret' },
  codeName: 'code',
  signInPath: '/wwlogin/sso/login',
  partOf: ({ path }) => {
    if (path === '/cgi-bin/gettoken') return 'token'
    if (path === '/cgi-bin/department/list') return 'departments'
    if (path === '/cgi-bin/user/list') return 'people'
    return path === '/cgi-bin/auth/getuserinfo' ? 'sign-in' : undefined
  },
  refuse: (how) => refusals[how],
  answer: (state, call) => {
    if (call.method !== 'GET') return refused(43001, 'require GET method')
    if (call.path === '/cgi-bin/gettoken') return tokenFor(state, call.query)
    const token = call.query.get('access_token')
    if (token === null || token === '') return refused(41001, 'access_token missing')
    if (state.expired.has(token)) return refused(42001, 'access_token expired')
    if (!state.tokens.has(token)) return refused(40014, 'invalid access_token')
    if (call.path === '/cgi-bin/department/list') return departments(state, call.query.get('id'))
    if (call.path === '/cgi-bin/user/list') return people(state, call.query.get('department_id'))
    if (call.path === '/cgi-bin/auth/getuserinfo') return whose(state, call.query.get('code'))
    return { status: 404, json: { errcode: 404, errmsg: 'no such path' } }
  },
  faultOfSignIn: ({ app }, query) => {
    if (query.get('login_type') !== 'CorpApp') return 'login_type'
    if (query.get('appid') !== app.corpId) return 'appid'
    return query.get('agentid') === app.appId ? undefined : 'agentid'
  },
}

function tokenFor(state: State, query: URLSearchParams): Reply {
  if (query.get('corpid') !== state.app.corpId) return refused(40013, 'invalid corpid')
  if (query.get('corpsecret') !== state.app.secret) return refused(40001, 'invalid credential')
  return fine({ access_token: newToken(state), expires_in: 7200 })
}

function departments(state: State, id: string | null): Reply {
  const all = state.directory.departments.filter((one) => isVisible(state, one.id))
  if (id === null) return fine({ department: all.map(departmentFields) })
  const root = departmentOf(state, id)
  if (!root) return refused(60003, 'invalid department id')
  if (!isVisible(state, id)) return refused(60011, 'no privilege to access/modify contact/party/agent')
  return fine({ department: [root, ...belowOf(state, id)].map(departmentFields) })
}

/** The greater their order, the nearer to the front. */
function departmentFields({ id, name, parentId, order }: TestDepartment) {
  return { id: Number(id), name, parentid: Number(parentId ?? 0), order: 100_000_000 - order }
}

function people(state: State, id: string | null): Reply {
  if (id === null || !/^\d+$/.test(id)) return refused(40066, 'invalid department_id')
  if (!departmentOf(state, id)) return refused(60003, 'invalid department id')
  if (!isVisible(state, id)) return refused(60011, 'no privilege to access/modify contact/party/agent')
  return fine({ userlist: peopleIn(state, id).map((person) => personFields(state, person)) })
}

/** Departments are listed in no order that means anything; the main one is named. */
function personFields(state: State, person: TestPerson) {
  const seen = person.departmentIds.filter((id) => isVisible(state, id))
  const ids = seen.toSorted((a, b) => Number(b) - Number(a))
  return given({
    userid: person.id,
    name: person.name,
    department: ids.map(Number),
    order: ids.map(() => 0),
    is_leader_in_dept: ids.map((id) => (person.leads.includes(id) ? 1 : 0)),
    main_department: Number(person.departmentIds[0]),
    mobile: person.mobile?.replace(/^\+86/, ''),
    email: person.email,
    position: person.position ?? '',
    status: person.isActive ? 1 : 2,
  })
}

function whose(state: State, code: string | null): Reply {
  const userId = spendCode(state, code)
  if (userId === undefined) return refused(40029, 'invalid code')
  const member = memberOf(state, userId)
  return fine(member ? { userid: member.id } : { openid: `o-${userId}` })
}
