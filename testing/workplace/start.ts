import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import type { WorkplaceApp } from '#platform/workplace/adapter.ts'
import type { BrandRefusal, Part, Reply, State, TestBrand, WorkplaceCall } from './brand.ts'
import { dingtalk } from './dingtalk.ts'
import { buildDirectory, type TestDirectory } from './directory.ts'
import { feishu } from './feishu.ts'
import { wecom } from './wecom.ts'

/**
 * `stale`: takes no token; `empty`: answers well, but nothing; `broken`: half of its JSON; `elsewhere`: sends to another
 * address; `hang`: never answers.
 */
export type Refusal = BrandRefusal | 'empty' | 'broken' | 'http500' | 'elsewhere' | 'hang'

interface When {
  /** Only calls about this. */
  readonly on?: Part
  /** So many of them are answered well before. */
  readonly after?: number
  /** So many are refused, then all is well again; without it all are. */
  readonly times?: number
}

/** A workplace on this machine: speaks the brand's protocol and refuses whatever is not as documented. */
export interface Workplace {
  readonly brand: WorkplaceBrand
  readonly url: string
  /** The app as registered there, with its right secret. */
  readonly app: WorkplaceApp
  /** Changes count from the next call on. */
  readonly directory: TestDirectory
  readonly calls: readonly WorkplaceCall[]
  /** The tokens given so far are over. */
  expireTokens(): void
  refuse(how: Refusal, when?: When): void
  /** Ends every refusal. */
  welcome(): void
  /** The app may see these departments with everything below; null: all. */
  show(departmentIds: readonly string[] | null): void
  /** 飞书: too many departments to be asked for at once. */
  growHuge(): void
  /** The query with which the browser comes back after the person signed in; strangers may as well. */
  signInAs(userId: string, state?: string): string
  /** Who signs in when a browser opens the page of sign-in; null: nobody. */
  seat(userId: string | null): void
  close(): Promise<void>
}

const brands: Readonly<Record<WorkplaceBrand, TestBrand>> = { wecom, dingtalk, feishu }

export async function startWorkplace(
  brand: WorkplaceBrand,
  directory: TestDirectory = buildDirectory(brand),
): Promise<Workplace> {
  const spoken = brands[brand]
  const calls: WorkplaceCall[] = []
  const refusals: { readonly how: Refusal; readonly on: Part | undefined; after: number; times: number }[] = []
  let seated: string | null = null

  const server = createServer((request, response) => void take(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const state: State = {
    app: { ...spoken.app, server: url },
    directory,
    tokens: new Set(),
    expired: new Set(),
    codes: new Map(),
    userTokens: new Map(),
    sees: null,
    isHuge: false,
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url)
    const query = searchParams
    const body = fieldsOf(await textOf(request))
    if (pathname === spoken.signInPath) return showSignIn(query, response)
    const call = { method: request.method ?? '', path: pathname, query, body, headers: request.headers }
    calls.push(call)
    const how = refusalOf(spoken.partOf(call))
    if (how === 'hang') return
    if (how === 'elsewhere')
      return send(response, 'text/html', { status: 302, headers: { location: url }, json: null }, '')
    if (how === 'http500') return send(response, 'text/html', { status: 500, json: null }, '<html>Bad Gateway</html>')
    const reply =
      how === undefined || how === 'broken' || how === 'empty' ? spoken.answer(state, call) : spoken.refuse(how)
    const text = JSON.stringify(how === 'empty' ? emptied(reply.json) : reply.json)
    send(response, 'application/json', reply, how === 'broken' ? text.slice(0, text.length / 2) : text)
  }

  function refusalOf(part: Part | undefined): Refusal | undefined {
    for (const refusal of refusals) {
      if ((refusal.on !== undefined && refusal.on !== part) || refusal.times === 0) continue
      if (refusal.after > 0) {
        refusal.after -= 1
        continue
      }
      refusal.times -= 1
      return refusal.how
    }
    return undefined
  }

  function showSignIn(query: URLSearchParams, response: ServerResponse): void {
    const back = query.get('redirect_uri')
    const fault = back === null ? 'redirect_uri' : spoken.faultOfSignIn(state, query)
    if (fault !== undefined || back === null || seated === null) {
      response.writeHead(fault === undefined ? 200 : 400, { 'content-type': 'text/plain; charset=utf-8' })
      response.end(fault === undefined ? '请扫码登录' : `参数错误 ${fault}`)
      return
    }
    const target = new URL(back)
    for (const [name, value] of new URLSearchParams(signInAs(seated, query.get('state') ?? ''))) {
      target.searchParams.set(name, value)
    }
    response.writeHead(302, { location: target.href })
    response.end()
  }

  function signInAs(userId: string, state_ = ''): string {
    const code = randomUUID()
    state.codes.set(code, userId)
    return new URLSearchParams({ [spoken.codeName]: code, state: state_ }).toString()
  }

  return {
    brand,
    url,
    app: state.app,
    directory,
    calls,
    expireTokens: () => {
      for (const token of state.tokens) state.expired.add(token)
      state.tokens.clear()
    },
    refuse: (how, { on, after = 0, times = Number.POSITIVE_INFINITY } = {}) => {
      refusals.push({ how, on, after, times })
    },
    welcome: () => refusals.splice(0),
    show: (departmentIds) => {
      state.sees = departmentIds
    },
    growHuge: () => {
      state.isHuge = true
    },
    signInAs,
    seat: (userId) => {
      seated = userId
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function send(response: ServerResponse, type: string, { status = 200, headers = {} }: Reply, text: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, ...headers })
  response.end(text)
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  if (body === '') return {}
  const parsed: unknown = JSON.parse(body)
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
}

/** The answer as if well, with nothing in it but that. */
function emptied(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return {}
  return Object.fromEntries(Object.entries(json).filter(([name]) => /^(errcode|errmsg|code|msg)$/.test(name)))
}
