import type { FastifyRequest } from 'fastify'
import type { Ctx } from '#platform/db/ctx.ts'

/** Why something is done, with any request that changes something; percent-encoded, for headers carry no Chinese. */
const reasonHeader = 'x-reason'
const longestReason = 500

/** From where a request came and why, as the audit keeps it. */
export function originOf(request: FastifyRequest): Pick<Ctx, 'origin' | 'reason'> {
  const reason = reasonOf(request.headers[reasonHeader])
  return {
    origin: { address: request.ip, agent: agentKind(request.headers['user-agent']) },
    ...(reason === undefined ? {} : { reason }),
  }
}

function reasonOf(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined
  const text = decoded(header).replaceAll('\u0000', '').trim()
  return text === '' ? undefined : text.slice(0, longestReason)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

// Each names itself as those before it, too: the most particular comes first.
const browsers = [
  ['WeCom', /wxwork/i],
  ['WeChat', /micromessenger/i],
  ['DingTalk', /dingtalk/i],
  ['Feishu', /lark|feishu/i],
  ['Edge', /edg(e|a|ios)?\//i],
  ['Firefox', /firefox|fxios/i],
  ['Chrome', /chrome|crios/i],
  ['Safari', /safari/i],
] as const
const systems = [
  ['HarmonyOS', /harmony/i],
  ['Android', /android/i],
  ['iOS', /iphone|ipad|ios/i],
  ['Windows', /windows/i],
  ['macOS', /mac os/i],
  ['Linux', /linux/i],
] as const

/** The kind of browser and system, or the first word of a program: enough to recognise, little to keep. */
export function agentKind(userAgent: string | undefined): string | null {
  if (!userAgent) return null
  const named = (kinds: readonly (readonly [string, RegExp])[]) => kinds.find(([, shape]) => shape.test(userAgent))?.[0]
  const browser = named(browsers)
  const system = named(systems)
  if (browser) return system ? `${browser} · ${system}` : browser
  return userAgent.split(/[\s(]/)[0]?.slice(0, 60) ?? null
}
