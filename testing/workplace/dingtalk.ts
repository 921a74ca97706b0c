import { randomUUID } from 'node:crypto'
import { childrenOf, departmentOf, given, isVisible, memberOf, newToken, peopleIn, spendCode } from './brand.ts'
import type { BrandRefusal, Reply, State, TestBrand, WorkplaceCall } from './brand.ts'
import { topOf, type TestPerson } from './directory.ts'

const refused = (errcode: number, errmsg: string): Reply => ({ json: { errcode, errmsg, request_id: '15r4a7o3' } })
const fine = (fields: Readonly<Record<string, unknown>>): Reply => ({
  json: { errcode: 0, errmsg: 'ok', ...fields, request_id: '15r4a7o3' },
})
const denied = (status: number, code: string, message: string, more = {}): Reply => ({
  status,
  json: { code, message, requestid: '5A1C', ...more },
})

const refusals: Readonly<Record<BrandRefusal, Reply>> = {
  rate: refused(90018, '您的服务器调用钉钉开放平台当前接口的请求都被暂时禁用了'),
  ip: refused(60020, '访问ip不在白名单之中,request ip=203.0.113.9'),
  scope: {
    json: {
      errcode: 88,
      sub_code: '60011',
      sub_msg: '应用尚未开通所需的权限：[qyapi_get_department_list]',
      errmsg: 'ding talk error[subcode=60011,submsg=应用尚未开通所需的权限：[qyapi_get_department_list]]',
    },
  },
  stale: refused(40014, '不合法的access_token'),
  busy: refused(-1, '系统繁忙'),
}
const parts: Readonly<Record<string, 'token' | 'departments' | 'people' | 'sign-in'>> = {
  '/v1.0/oauth2/accessToken': 'token',
  '/auth/scopes': 'departments',
  '/topapi/v2/department/get': 'departments',
  '/topapi/v2/department/listsub': 'departments',
  '/topapi/v2/user/list': 'people',
  '/v1.0/oauth2/userAccessToken': 'sign-in',
  '/v1.0/contact/users/me': 'sign-in',
  '/topapi/user/getbyunionid': 'sign-in',
}

/** 钉钉: its new addresses answer with codes in words, its old ones with numbers. */
export const dingtalk: TestBrand = {
  app: { corpId: null, appId: 'dingoa5c0ffee', secret: '钉钉的密钥-dingtalk-secret' },
  codeName: 'authCode',
  signInPath: '/oauth2/auth',
  partOf: ({ path }) => parts[path],
  refuse: (how) => refusals[how],
  answer: (state, call) => (call.path.startsWith('/v1.0/') ? answerNew(state, call) : answerOld(state, call)),
  faultOfSignIn: ({ app }, query) => {
    if (query.get('client_id') !== app.appId) return 'client_id'
    if (query.get('response_type') !== 'code') return 'response_type'
    if (query.get('prompt') !== 'consent') return 'prompt'
    return query.get('scope')?.split(' ').includes('openid') ? undefined : 'scope'
  },
}

function answerNew(state: State, call: WorkplaceCall): Reply {
  const { app } = state
  if (call.path === '/v1.0/contact/users/me') {
    const token = call.headers['x-acs-dingtalk-access-token']
    const userId = typeof token === 'string' ? state.userTokens.get(token) : undefined
    if (userId === undefined) return denied(400, 'InvalidAuthentication', '不合法的access_token')
    return { json: { nick: '昵称', unionId: `union-${userId}`, openId: `open-${userId}` } }
  }
  if (call.method !== 'POST') return denied(405, 'MethodNotAllowed', 'post only')
  if (call.path === '/v1.0/oauth2/accessToken') {
    if (call.body['appKey'] !== app.appId || call.body['appSecret'] !== app.secret) {
      return denied(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret')
    }
    return { json: { accessToken: newToken(state), expireIn: 7200 } }
  }
  if (call.path !== '/v1.0/oauth2/userAccessToken') return denied(404, 'InvalidAction.NotFound', 'no such path')
  if (call.body['clientId'] !== app.appId || call.body['clientSecret'] !== app.secret) {
    return denied(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret')
  }
  if (call.body['grantType'] !== 'authorization_code') return denied(400, 'invalidParameter.grantType', 'grantType')
  const userId = spendCode(state, call.body['code'])
  if (userId === undefined) return denied(400, 'invalidParameter.authCode.notFound', '不存在的授权码')
  const accessToken = randomUUID()
  state.userTokens.set(accessToken, userId)
  return { json: { accessToken, refreshToken: randomUUID(), expireIn: 7200 } }
}

function answerOld(state: State, call: WorkplaceCall): Reply {
  const token = call.query.get('access_token')
  if (token === null || token === '') return refused(40035, '缺少参数 access_token')
  if (state.expired.has(token)) return refused(42001, 'access_token已过期')
  if (!state.tokens.has(token)) return refused(40014, '不合法的access_token')
  if (call.path === '/auth/scopes') {
    const authed_dept = (state.sees ?? [topOf.dingtalk]).map(Number)
    return fine({ auth_user_field: ['name'], auth_org_scopes: { authed_dept, authed_user: [] } })
  }
  if (call.method !== 'POST') return refused(43002, 'require POST method')
  if (call.path === '/topapi/user/getbyunionid') return byUnion(state, call.body['unionid'])
  const deptId = call.body['dept_id']
  if (typeof deptId !== 'number') return refused(400002, '无效的参数')
  const department = departmentOf(state, String(deptId))
  if (!department) return refused(60003, '未找到对应部门')
  if (!isVisible(state, department.id)) return refused(50004, '请求的部门id不在授权范围内')
  if (call.path === '/topapi/v2/department/get') {
    const { id, name, parentId, order } = department
    return fine({ result: given({ dept_id: Number(id), name, parent_id: parentId && Number(parentId), order }) })
  }
  if (call.path === '/topapi/v2/department/listsub') {
    const result = childrenOf(state, department.id).map(({ id, name, parentId }) => ({
      dept_id: Number(id),
      name,
      parent_id: Number(parentId),
    }))
    return fine({ result })
  }
  if (call.path === '/topapi/v2/user/list') return people(state, department.id, call.body)
  return { status: 404, json: { errcode: 404, errmsg: '请求的URI地址不存在' } }
}

function people(state: State, id: string, body: WorkplaceCall['body']): Reply {
  const { cursor, size } = body
  if (typeof cursor !== 'number' || typeof size !== 'number' || size < 1 || size > 100) {
    return refused(400002, '无效的参数: size')
  }
  const all = peopleIn(state, id).filter(({ isActive }) => isActive)
  const list = all.slice(cursor, cursor + size).map((person) => personFields(person, id))
  const hasMore = cursor + size < all.length
  return fine({ result: { has_more: hasMore, ...(hasMore ? { next_cursor: cursor + size } : {}), list } })
}

function personFields(person: TestPerson, listedIn: string) {
  return given({
    userid: person.id,
    unionid: `union-${person.id}`,
    name: person.name,
    ...(person.mobile === null ? {} : { state_code: '86', mobile: person.mobile.replace(/^\+86/, '') }),
    email: person.email ?? '',
    job_number: person.employeeNumber ?? '',
    title: person.position ?? '',
    dept_id_list: person.departmentIds.map(Number),
    leader: person.leads.includes(listedIn),
    active: true,
  })
}

function byUnion(state: State, unionId: unknown): Reply {
  const member = typeof unionId === 'string' ? memberOf(state, unionId.replace(/^union-/, '')) : undefined
  if (!member) return refused(60121, '找不到该用户')
  return fine({ result: { contact_type: 0, userid: member.id } })
}
