import { createHmac } from 'node:crypto'
import { bytesOf, fieldsOf, type RobotAdapter, type RobotProblem } from './adapter.ts'

const mostBytes = 20_000
const goneCodes = new Set([300001, 300005, 400013, 400101, 400102])
const tooFast = new Set([130101, 410100])

/** 钉钉: signed in the address (加签); 20 messages a minute, or it is mute for ten. Two are kept in hand. */
export const dingtalk: RobotAdapter = {
  brand: 'dingtalk',
  rates: [{ calls: 18, seconds: 60 }],
  isAddress: (url) => url.pathname.endsWith('/robot/send') && url.searchParams.has('access_token'),
  write: ({ address, secret, text, now }) => {
    const url = new URL(address)
    if (secret) {
      const timestamp = String(now.getTime())
      const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
      url.searchParams.set('timestamp', timestamp)
      url.searchParams.set('sign', sign)
    }
    return { url: url.href, body: bodyOf(text) }
  },
  fits: (text) => bytesOf(bodyOf(text)) <= mostBytes,
  judge: ({ status, body }) => {
    const { errcode, errmsg } = fieldsOf(body)
    const code = String(errcode ?? status)
    if (errcode === 0) return { kind: 'sent' }
    if (tooFast.has(Number(errcode)) || status === 429) return { kind: 'slow-down', seconds: 600, code }
    if (errcode === 310000) return { kind: 'refused', problem: safetyProblem(String(errmsg)), code }
    return { kind: 'refused', problem: goneCodes.has(Number(errcode)) ? 'address' : 'other', code }
  },
}

const bodyOf = (text: string) => JSON.stringify({ msgtype: 'text', text: { content: text } })

/** 310000 stands for every setting of its safety; the text tells which. */
function safetyProblem(message: string): RobotProblem {
  if (/keyword|关键词/i.test(message)) return 'keyword'
  if (/\bip\b|whitelist|白名单/i.test(message)) return 'ip'
  return /sign|timestamp|签名/i.test(message) ? 'signature' : 'other'
}
