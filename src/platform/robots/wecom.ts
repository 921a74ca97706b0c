import { bytesOf, fieldsOf, type RobotAdapter, type RobotProblem } from './adapter.ts'

const mostBytes = 2048
const meanings: Readonly<Record<string, RobotProblem>> = { 93000: 'address', 93008: 'address', 45002: 'too-long' }

/** 企业微信: the key stands in the address; 20 messages a minute, texts of 2,048 bytes. */
export const wecom: RobotAdapter = {
  brand: 'wecom',
  rates: [{ calls: 20, seconds: 60 }],
  isAddress: (url) => url.pathname.endsWith('/webhook/send') && url.searchParams.has('key'),
  write: ({ address, text }) => ({
    url: address,
    body: JSON.stringify({ msgtype: 'text', text: { content: text } }),
  }),
  fits: (text) => bytesOf(text) <= mostBytes,
  judge: ({ status, body }) => {
    const { errcode } = fieldsOf(body)
    const code = String(errcode ?? status)
    if (errcode === 0) return { kind: 'sent' }
    if (errcode === 45009 || status === 429) return { kind: 'slow-down', seconds: 60, code }
    return { kind: 'refused', problem: meanings[code] ?? 'other', code }
  },
}
