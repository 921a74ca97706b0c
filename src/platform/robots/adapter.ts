import type { Label } from '#base/label.ts'
import type { RobotBrand } from '#engine/contract/robots.ts'

/** Why a robot did not speak, as it is told to people. */
export const robotProblems = {
  rate: {
    zh: '发送太快，被限流；排队的消息会合并后稍后发送',
    en: 'Too many messages for now: what waits is put together and sent later',
  },
  signature: { zh: '签名不对：请核对加签密钥', en: 'The signature does not fit: check the signing secret' },
  keyword: {
    zh: '机器人要求自定义关键词：请在群里把“Terrace”加为关键词',
    en: 'The robot asks for a keyword: add “Terrace” to its keywords in the group',
  },
  ip: {
    zh: '机器人只接受白名单里的 IP：请把服务器的出口地址加进去',
    en: 'The robot takes messages from listed addresses only: add that of this server',
  },
  address: {
    zh: '机器人已被删除、停用，或地址不对：请在群里重新复制地址',
    en: 'The robot is gone, turned off, or its address is wrong: copy it anew from the group',
  },
  'too-long': { zh: '消息太长', en: 'The message is too long' },
  unreachable: { zh: '连接不上对方服务器', en: 'Their server could not be reached' },
  'private-address': {
    zh: '地址在本机或内网，服务器的设置不允许',
    en: 'The address is on this machine or in a private network, which a setting of the server forbids',
  },
  'secret-changed': {
    zh: '服务器的密钥更换过，原地址已无法读取：请重新填写',
    en: 'The secret of the server has changed and the address cannot be read any more: enter it anew',
  },
  other: { zh: '对方拒收', en: 'Their server refused the message' },
} as const satisfies Readonly<Record<string, Label>>

export type RobotProblem = keyof typeof robotProblems

/** What their answer means. */
export type Verdict =
  | { readonly kind: 'sent' }
  /** Nothing more for so many seconds. */
  | { readonly kind: 'slow-down'; readonly seconds: number; readonly code: string }
  | { readonly kind: 'refused'; readonly problem: RobotProblem; readonly code: string }

interface Spoken {
  /** As the chat program shows it; it holds the key. */
  readonly address: string
  readonly secret: string | undefined
  readonly text: string
  readonly now: Date
}

/** One chat program: how it is spoken to, how much of it, and what its answers mean. */
export interface RobotAdapter {
  readonly brand: RobotBrand
  /** So many calls in any stretch of so many seconds. */
  readonly rates: readonly { readonly calls: number; readonly seconds: number }[]
  isAddress(url: URL): boolean
  write(spoken: Spoken): { readonly url: string; readonly body: string }
  fits(text: string): boolean
  judge(answer: { readonly status: number; readonly body: string }): Verdict
}

/** The fields of an answer; none where it is no JSON object. */
export function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  } catch {
    return {}
  }
}

export const bytesOf = (text: string): number => Buffer.byteLength(text)
