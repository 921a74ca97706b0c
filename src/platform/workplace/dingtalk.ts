import { z } from 'zod'
import { WorkplaceFault, type WorkplaceApp } from './adapter.ts'
import type { Complaint, Fields } from './judge.ts'
import { allPages, everythingBelow } from './pages.ts'
import { addressAt, filled, withQuery, type Protocol } from './protocol.ts'
import type { FoundDepartment, FoundPerson } from './put-together.ts'
import { read, type Question, type Talk } from './speak.ts'

const home = 'https://oapi.dingtalk.com'
const newHome = 'https://api.dingtalk.com'
const signInHome = 'https://login.dingtalk.com'
const mostOnPage = 100

const tokenShape = z.object({ accessToken: z.string().min(1), expireIn: z.number() })
const scopesShape = z.object({ auth_org_scopes: z.object({ authed_dept: z.array(z.int()) }) })
const departmentShape = z.object({ dept_id: z.int(), name: z.string(), parent_id: z.int().nullish() })
const oneDepartmentShape = z.object({ result: departmentShape })
const departmentsShape = z.object({ result: z.array(departmentShape) })
const personShape = z.object({
  userid: z.string().min(1),
  name: z.string(),
  state_code: z.string().nullish(),
  mobile: z.string().nullish(),
  email: z.string().nullish(),
  org_email: z.string().nullish(),
  job_number: z.string().nullish(),
  title: z.string().nullish(),
  dept_id_list: z.array(z.int()).nullish(),
  /** Of the department that was asked about. */
  leader: z.boolean().nullish(),
})
const peopleShape = z.object({
  result: z.object({ has_more: z.boolean(), next_cursor: z.int().nullish(), list: z.array(personShape) }),
})
const userTokenShape = z.object({ accessToken: z.string().min(1) })
const meShape = z.object({ unionId: z.string().min(1) })
/** Contact type 1: known to the company from outside. */
const memberShape = z.object({ result: z.object({ userid: z.string().min(1), contact_type: z.int().nullish() }) })

/**
 * 钉钉. Departments are told one level at a time, people of a department in pages of 100. Who left or is no longer let in
 * is not listed at all: whoever is listed is active, whether or not they ever opened 钉钉 (`active` says that only).
 * https://open.dingtalk.com/document/orgapp/obtain-the-department-list-v2, queries-the-complete-information-of-a-department-user
 */
export const dingtalk: Protocol = {
  brand: 'dingtalk',
  hiddenCodes: ['50004'],
  manners: {
    rates: [{ calls: 20, seconds: 1 }],
    complaintIn,
    meanings: {
      40014: 'token',
      41001: 'token',
      42001: 'token',
      InvalidAuthentication: 'token',
      40089: 'credentials',
      40096: 'credentials',
      invalidClientIdOrSecret: 'credentials',
      60020: 'ip',
      'Forbidden.AccessDenied.IpNotInWhiteList': 'ip',
      50002: 'scope',
      50004: 'scope',
      60011: 'scope',
      'Forbidden.AccessDenied.AccessTokenPermissionDenied': 'scope',
      60003: 'no-such-department',
      40009: 'no-such-department',
      90002: 'rate',
      90006: 'rate',
      90018: 'rate',
      'Forbidden.AccessDenied.QpsLimitForApi': 'rate',
      'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi': 'rate',
      40078: 'code',
      'invalidParameter.authCode.notFound': 'code',
      60121: 'not-a-member',
      [-1]: 'busy',
      ServiceUnavailable: 'busy',
    },
    tokenQuestion: (app) => ({
      method: 'POST',
      url: addressAt(app, newHome, '/v1.0/oauth2/accessToken'),
      json: { appKey: app.appId, appSecret: app.secret },
    }),
    readToken: (fields) => {
      const { accessToken, expireIn } = read(tokenShape, fields)
      return { value: accessToken, seconds: expireIn }
    },
    sign: (question, token) => ({ ...question, query: { access_token: token, ...question.query } }),
  },
  signInUrl: (app, { state, backUrl }) =>
    withQuery(addressAt(app, signInHome, '/oauth2/auth'), {
      redirect_uri: backUrl,
      response_type: 'code',
      client_id: app.appId,
      scope: 'openid',
      state,
      prompt: 'consent',
    }),
  identify: async (talk, app, code) => {
    const { accessToken } = await talk.askPlainly(userTokenShape, {
      method: 'POST',
      url: addressAt(app, newHome, '/v1.0/oauth2/userAccessToken'),
      json: { clientId: app.appId, clientSecret: app.secret, code, grantType: 'authorization_code' },
    })
    const { unionId } = await talk.askPlainly(meShape, {
      method: 'GET',
      url: addressAt(app, newHome, '/v1.0/contact/users/me'),
      headers: { 'x-acs-dingtalk-access-token': accessToken },
    })
    const { result } = await talk.ask(memberShape, post(app, '/topapi/user/getbyunionid', { unionid: unionId }))
    if (result.contact_type === 1) throw new WorkplaceFault('not-a-member', 'contact_type 1')
    return result.userid
  },
  readDepartments: async (talk, app, root) => {
    const roots = root === null ? await visibleRoots(talk, app) : [root]
    const tops: FoundDepartment[] = []
    for (const id of roots) tops.push(await readDepartment(talk, app, id))
    return everythingBelow(tops, async (id) => {
      const { result } = await talk.ask(departmentsShape, post(app, '/topapi/v2/department/listsub', withId(id)))
      return result.map(departmentOf)
    })
  },
  readPeople: async (talk, app, departmentId) => {
    const people = await allPages<z.infer<typeof personShape>, number>(async (cursor = 0) => {
      const { result } = await talk.ask(
        peopleShape,
        post(app, '/topapi/v2/user/list', {
          ...withId(departmentId),
          cursor,
          size: mostOnPage,
          // Whoever joins meanwhile stands on the last page.
          order_field: 'entry_asc',
          contain_access_limit: true,
        }),
      )
      return { items: result.list, hasMore: result.has_more, next: result.next_cursor ?? undefined }
    })
    return people.map((person) => personOf(person, departmentId))
  },
}

/** Old addresses answer with `errcode`, some of it one of the gateway that wraps another; new ones with `code` alone. */
function complaintIn(fields: Fields): Complaint | undefined {
  const { errcode, errmsg, sub_code, sub_msg, code, message, accessdenieddetail } = fields
  if (errcode !== undefined) {
    if (errcode === 0) return undefined
    return sub_code === undefined || sub_code === null
      ? { code: String(errcode), detail: String(errmsg ?? '') }
      : { code: String(sub_code), detail: String(sub_msg ?? errmsg ?? '') }
  }
  if (code === undefined) return undefined
  const missing = accessdenieddetail === undefined ? '' : ` ${JSON.stringify(accessdenieddetail)}`
  return { code: String(code), detail: `${String(message ?? '')}${missing}` }
}

async function visibleRoots(talk: Talk, app: WorkplaceApp): Promise<readonly string[]> {
  const question: Question = { method: 'GET', url: addressAt(app, home, '/auth/scopes') }
  const { auth_org_scopes } = await talk.ask(scopesShape, question)
  return auth_org_scopes.authed_dept.map(String)
}

async function readDepartment(talk: Talk, app: WorkplaceApp, id: string): Promise<FoundDepartment> {
  const { result } = await talk.ask(oneDepartmentShape, post(app, '/topapi/v2/department/get', withId(id)))
  return departmentOf(result, 0)
}

/** They list in the order that people see. */
function departmentOf({ dept_id, name, parent_id }: z.infer<typeof departmentShape>, rank: number): FoundDepartment {
  return { id: String(dept_id), parentId: parent_id ? String(parent_id) : null, name, rank, leaderIds: [] }
}

function personOf(person: z.infer<typeof personShape>, listedIn: string): FoundPerson {
  const mobile = filled(person.mobile)
  const country = filled(person.state_code)
  return {
    id: person.userid,
    name: person.name,
    mobile: mobile !== null && country !== null ? `+${country}${mobile}` : mobile,
    email: filled(person.org_email, person.email),
    employeeNumber: filled(person.job_number),
    position: filled(person.title),
    departmentIds: [...new Set([...(person.dept_id_list ?? []).map(String), listedIn])],
    mainDepartmentId: null,
    leads: person.leader === true ? [listedIn] : [],
    isActive: true,
  }
}

const post = (app: WorkplaceApp, path: string, json: Fields): Question => ({
  method: 'POST',
  url: addressAt(app, home, path),
  json,
})

function withId(id: string): { readonly dept_id: number } {
  if (!/^\d{1,15}$/.test(id)) throw new WorkplaceFault('no-such-department', 'no-number', id)
  return { dept_id: Number(id) }
}
