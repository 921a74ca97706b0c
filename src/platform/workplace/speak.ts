import type { z } from 'zod'
import { callOutside, faultOfAddress } from '#platform/outside/post.ts'
import { WorkplaceFault, type WorkplaceApp } from './adapter.ts'
import type { Clock, Patience } from './clock.ts'
import { judge, type Fields, type Verdict, type Wording } from './judge.ts'
import { pacer, type Rate } from './pace.ts'
import { keepTokens, type Token } from './tokens.ts'

/** One call, before it is signed. */
export interface Question {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly query?: Readonly<Record<string, string>>
  /** The body, as JSON. */
  readonly json?: Fields
  readonly headers?: Readonly<Record<string, string>>
}

/** How one brand is spoken to. */
export interface Manners extends Wording {
  /** Calls of one app, at the most. */
  readonly rates: readonly Rate[]
  tokenQuestion(app: WorkplaceApp): Question
  readToken(fields: Fields): Token
  sign(question: Question, token: string): Question
}

/** One undertaking with a brand, for one app. Each throws WorkplaceFault. */
export interface Talk {
  /** Asks as the app. A token that they no longer take is fetched anew once. */
  ask<T>(shape: z.ZodType<T>, question: Question): Promise<T>
  /** Asks without the app's token. */
  askPlainly<T>(shape: z.ZodType<T>, question: Question): Promise<T>
}

/** A list of 企业微信 comes in one piece, whatever its length. */
const mostBytes = 32 * 1024 * 1024
const mostDetail = 500
/** How long to wait after refusals in a row where they do not say. */
const rateWaitsMs = [1000, 2000, 5000, 10_000, 20_000, 30_000] as const
const busyWaitsMs = [1000, 3000] as const

/** Speaks to one brand; tokens and pace are kept over undertakings. */
export function speaker(manners: Manners, clock: Clock) {
  const tokens = keepTokens(clock)
  const pace = pacer(manners.rates, clock)

  /** Tries until they answer, or as long as patience lasts; a token that they do not take is told, not thrown. */
  async function hear(app: WorkplaceApp, patience: Patience, question: Question): Promise<Verdict> {
    const addressFault = faultOfAddress(question.url)
    if (addressFault !== undefined) throw new WorkplaceFault('private-address', addressFault)
    for (let tries = 0; ; tries += 1) {
      await pace([app.server, app.corpId, app.appId].join(' '))
      const verdict = judge(manners, await call(question))
      if (verdict.kind === 'well' || verdict.kind === 'token') return verdict
      const ms = waitOf(verdict, tries, patience)
      if (ms === undefined || !(await patience.wait(ms))) throw verdict.fault
    }
  }

  return (app: WorkplaceApp, patience: Patience): Talk => {
    const hearIt = async (question: Question, token = ''): Promise<Verdict> => {
      try {
        const verdict = await hear(app, patience, question)
        return verdict.kind === 'well' ? verdict : { ...verdict, fault: scrubbed(verdict.fault, [app.secret, token]) }
      } catch (fault) {
        throw fault instanceof WorkplaceFault ? scrubbed(fault, [app.secret, token]) : fault
      }
    }
    const askPlainly = async (question: Question): Promise<Fields> => wellOf(await hearIt(question))
    const fetchToken = async () => manners.readToken(await askPlainly(manners.tokenQuestion(app)))

    const askAsApp = async (question: Question): Promise<Fields> => {
      const token = await tokens.tokenOf(app, fetchToken)
      const verdict = await hearIt(manners.sign(question, token), token)
      if (verdict.kind !== 'token') return wellOf(verdict)
      await tokens.forget(app, token)
      const fresh = await tokens.tokenOf(app, fetchToken)
      return wellOf(await hearIt(manners.sign(question, fresh), fresh))
    }
    return {
      ask: async (shape, question) => read(shape, await askAsApp(question)),
      askPlainly: async (shape, question) => read(shape, await askPlainly(question)),
    }
  }
}

/** What was answered, in the shape that is documented; anything else is a fault, never nothing. */
export function read<T>(shape: z.ZodType<T>, fields: Fields): T {
  const parsed = shape.safeParse(fields)
  if (parsed.success) return parsed.data
  const path = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new WorkplaceFault('unexpected', 'shape', path)
}

function call({ method, url, query = {}, json, headers = {} }: Question) {
  const address = new URL(url)
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
  const all = { accept: 'application/json', 'accept-encoding': 'identity', ...headers }
  if (json === undefined) return callOutside(address.href, { method, headers: all, mostBytes })
  const typed = { ...all, 'content-type': 'application/json; charset=utf-8' }
  return callOutside(address.href, { method, headers: typed, body: JSON.stringify(json), mostBytes })
}

/** Milliseconds until the next try; undefined: there is none. */
function waitOf(verdict: Exclude<Verdict, { kind: 'well' }>, tries: number, { repeats }: Patience) {
  if (verdict.kind === 'rate') {
    return Math.max(verdict.afterMs ?? 0, rateWaitsMs[Math.min(tries, rateWaitsMs.length - 1)] ?? 0)
  }
  if (verdict.kind === 'busy' && tries < repeats) return busyWaitsMs[Math.min(tries, busyWaitsMs.length - 1)]
  return undefined
}

function wellOf(verdict: Verdict): Fields {
  if (verdict.kind === 'well') return verdict.fields
  throw verdict.fault
}

/** Their words may repeat what they were told. */
function scrubbed({ problem, code, detail }: WorkplaceFault, secrets: readonly string[]): WorkplaceFault {
  const clean = (text: string) =>
    secrets.filter((secret) => secret !== '').reduce((left, secret) => left.replaceAll(secret, '…'), text)
  return new WorkplaceFault(problem, clean(code), clean(detail).slice(0, mostDetail))
}
