import { createHmac } from 'node:crypto'
import { bytesOf, fieldsOf, type RobotAdapter, type RobotProblem } from './adapter.ts'

const mostBytes = 20_000
const meanings: Readonly<Record<string, RobotProblem>> = {
  19001: 'address',
  19002: 'address',
  19021: 'signature',
  19022: 'ip',
  19024: 'keyword',
  11231: 'address',
  230025: 'too-long',
}

/** 飞书: signed in the body; 100 messages a minute and 5 a second, bodies of 20 KB. */
export const feishu: RobotAdapter = {
  brand: 'feishu',
  rates: [
    { calls: 100, seconds: 60 },
    { calls: 5, seconds: 1 },
  ],
  isAddress: (url) => /\/bot\/v2\/hook\/[\w-]+$/.test(url.pathname),
  write: ({ address, secret, text, now }) => {
    const timestamp = String(Math.floor(now.getTime() / 1000))
    const sign = secret && createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64')
    return { url: address, body: JSON.stringify({ ...(sign ? { timestamp, sign } : {}), ...contentOf(text) }) }
  },
  // Room for time and signature.
  fits: (text) => bytesOf(JSON.stringify(contentOf(text))) + 120 <= mostBytes,
  judge: ({ status, body }) => {
    const fields = fieldsOf(body)
    const given = fields['code'] ?? fields['StatusCode']
    const code = String(given ?? status)
    if (given === 0) return { kind: 'sent' }
    if (given === 11232 || given === 9499 || status === 429) return { kind: 'slow-down', seconds: 60, code }
    return { kind: 'refused', problem: meanings[code] ?? 'other', code }
  },
}

const contentOf = (text: string) => ({ msg_type: 'text', content: { text } })
