import { z } from 'zod'
import { WorkplaceFault, type SignInQuestion, type WorkplaceApp } from './adapter.ts'
import { addressAt, filled, withQuery, type Protocol } from './protocol.ts'
import type { FoundPerson } from './put-together.ts'
import { read, type Question } from './speak.ts'

const home = 'https://qyapi.weixin.qq.com'
const signInHome = 'https://login.work.weixin.qq.com'
const inAppHome = 'https://open.weixin.qq.com'

const tokenShape = z.object({ access_token: z.string().min(1), expires_in: z.number() })
const departmentsShape = z.object({
  department: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      parentid: z.int(),
      order: z.number(),
      department_leader: z.array(z.string()).nullish(),
    }),
  ),
})
const personShape = z.object({
  userid: z.string().min(1),
  name: z.string(),
  department: z.array(z.int()),
  /** In the order of `department`. */
  is_leader_in_dept: z.array(z.int()).nullish(),
  main_department: z.int().nullish(),
  mobile: z.string().nullish(),
  email: z.string().nullish(),
  biz_mail: z.string().nullish(),
  position: z.string().nullish(),
  /** 1 active, 2 disabled, 4 not activated yet, 5 left. */
  status: z.int(),
})
const peopleShape = z.object({ userlist: z.array(personShape) })
/** A stranger has an `openid` only. */
const whoShape = z.union([z.object({ userid: z.string().min(1) }), z.object({ openid: z.string() })])

/**
 * 企业微信. One call answers all departments below one; people are asked for department by department. Since 2022 new
 * apps are given no phone numbers and e-mail addresses.
 * https://developer.work.weixin.qq.com/document/path/90208, 90201, 98176, 91039
 */
export const wecom: Protocol = {
  brand: 'wecom',
  hiddenCodes: ['60011'],
  manners: {
    rates: [{ calls: 10_000, seconds: 60 }],
    complaintIn: ({ errcode, errmsg }) =>
      errcode === 0 ? undefined : { code: String(errcode ?? 'no-errcode'), detail: String(errmsg ?? '') },
    meanings: {
      40014: 'token',
      41001: 'token',
      42001: 'token',
      40001: 'credentials',
      40013: 'credentials',
      40091: 'credentials',
      41002: 'credentials',
      41004: 'credentials',
      60020: 'ip',
      48002: 'scope',
      /** The secret of the contacts assistant, from an address that is new since 2022: an app of one's own is needed. */
      48009: 'scope',
      60011: 'scope',
      301002: 'scope',
      60003: 'no-such-department',
      60123: 'no-such-department',
      45009: 'rate',
      45033: 'rate',
      40029: 'code',
      42003: 'code',
      [-1]: 'busy',
    },
    tokenQuestion: (app) => ({
      ...get(app, '/cgi-bin/gettoken'),
      query: { corpid: corpOf(app), corpsecret: app.secret },
    }),
    readToken: (fields) => {
      const { access_token, expires_in } = read(tokenShape, fields)
      return { value: access_token, seconds: expires_in }
    },
    sign: (question, token) => ({ ...question, query: { access_token: token, ...question.query } }),
  },
  signInUrl: (app, question) =>
    /wxwork/i.test(question.agent ?? '') ? inAppUrl(app, question) : scanUrl(app, question),
  identify: async (talk, app, code) => {
    const who = await talk.ask(whoShape, { ...get(app, '/cgi-bin/auth/getuserinfo'), query: { code } })
    if ('userid' in who) return who.userid
    throw new WorkplaceFault('not-a-member', 'openid')
  },
  readDepartments: async (talk, app, root) => {
    const query: Readonly<Record<string, string>> = root === null ? {} : { id: root }
    const { department } = await talk.ask(departmentsShape, { ...get(app, '/cgi-bin/department/list'), query })
    if (root !== null && !department.some(({ id }) => String(id) === root)) {
      throw new WorkplaceFault('no-such-department', 'not-listed', root)
    }
    return department.map(({ id, name, parentid, order, department_leader }) => ({
      id: String(id),
      parentId: String(parentid),
      name,
      // The greater, the nearer to the front.
      rank: -order,
      leaderIds: department_leader ?? [],
    }))
  },
  readPeople: async (talk, app, departmentId) => {
    const question = { ...get(app, '/cgi-bin/user/list'), query: { department_id: departmentId } }
    const { userlist } = await talk.ask(peopleShape, question)
    return userlist.map((person) => personOf(person, departmentId))
  },
}

const scanUrl = (app: WorkplaceApp, { state, backUrl }: SignInQuestion) =>
  withQuery(addressAt(app, signInHome, '/wwlogin/sso/login'), {
    login_type: 'CorpApp',
    appid: corpOf(app),
    agentid: app.appId,
    redirect_uri: backUrl,
    state,
  })

/** Whoever is in the app is known: it confirms by itself. https://developer.work.weixin.qq.com/document/path/91022 */
function inAppUrl(app: WorkplaceApp, { state, backUrl }: SignInQuestion): string {
  const url = withQuery(addressAt(app, inAppHome, '/connect/oauth2/authorize'), {
    appid: corpOf(app),
    redirect_uri: backUrl,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
    agentid: app.appId,
  })
  return `${url}#wechat_redirect`
}

function personOf(person: z.infer<typeof personShape>, listedIn: string): FoundPerson {
  const { department, is_leader_in_dept, main_department } = person
  return {
    id: person.userid,
    name: person.name,
    mobile: filled(person.mobile),
    email: filled(person.email, person.biz_mail),
    employeeNumber: null,
    position: filled(person.position),
    departmentIds: [...new Set([...department.map(String), listedIn])],
    mainDepartmentId: main_department ? String(main_department) : null,
    leads: department.filter((_id, index) => is_leader_in_dept?.[index] === 1).map(String),
    isActive: person.status !== 2 && person.status !== 5,
  }
}

const get = (app: WorkplaceApp, path: string): Question => ({ method: 'GET', url: addressAt(app, home, path) })

function corpOf({ corpId }: WorkplaceApp): string {
  if (corpId === null) throw new WorkplaceFault('credentials', 'no-corp-id')
  return corpId
}
