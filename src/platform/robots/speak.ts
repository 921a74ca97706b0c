import { inWords, type Label } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Tx } from '#platform/db/step.ts'
import { contextOfPerson } from '#platform/db/system.ts'
import { inReadersWords } from '#platform/notify/index.ts'
import { postOutside } from '#platform/outside/post.ts'
import { addressOf } from '#platform/outside/public-address.ts'
import { openSecret } from '#platform/secrets/seal-secret.ts'
import type { RobotAdapter, Verdict } from './adapter.ts'
import { adapters } from './adapters.ts'
import { callsLeft, nextCallAt, stretchOf } from './allowance.ts'
import {
  callsWithin,
  deleteMessages,
  dueMessages,
  firstDueAt,
  noteCall,
  noteRefused,
  noteSpoken,
  putOffMessages,
  robotById,
  type Robot,
  type RobotMessage,
} from './robot-store.ts'

/** Every message says from whom: groups may ask for a keyword. */
const mark = '【Terrace】'
const mostTogether = 200
const mostTries = 10
const againAfterMs = 300_000

const manyWords: Label = { zh: '{n} 条消息', en: '{n} messages' }

/** Says what waits for a robot, as fast as its brand allows; what would be too much is put together. */
export async function speakDue(system: Ctx, robotId: string): Promise<void> {
  for (;;) {
    const { robot, calls, waiting } = await inView(system, async (tx) => {
      const found = await robotById(tx, system, robotId)
      const seconds = found ? stretchOf(adapters[found.brand].rates) : 0
      return {
        robot: found,
        calls: await callsWithin(tx, system, robotId, seconds),
        waiting: await dueMessages(tx, system, robotId, mostTogether),
      }
    })
    if (!robot?.isOn || waiting.length === 0 || (robot.mutedUntil !== null && robot.mutedUntil > system.now)) return
    const adapter = adapters[robot.brand]
    const left = callsLeft(adapter.rates, calls, system.now)
    if (left === 0) return
    if (!(await sayNext(system, robot, waiting.length > left ? waiting : waiting.slice(0, 1)))) return
  }
}

/** False where nothing more may follow for now. */
async function sayNext(system: Ctx, robot: Robot, messages: readonly RobotMessage[]): Promise<boolean> {
  const lines = await linesFor(system, robot, messages)
  const { text, spoken } = together(adapters[robot.brand], robot, lines)
  // What the owner of the robot may not see is not said.
  const unseen = messages.filter(({ id }) => !lines.some((line) => line.id === id))
  if (unseen.length > 0) await inStep(system, (step) => deleteMessages(step, unseen))
  if (spoken.length === 0) return true
  const verdict = await say(system, robot, text)
  await inStep(system, async (step) => {
    const told = messages.filter(({ id }) => spoken.includes(id))
    if (verdict.kind === 'sent') return deleteMessages(step, told)
    if (verdict.kind === 'slow-down') return
    await putOffMessages(step, spoken, { at: new Date(system.now.getTime() + againAfterMs), mostTries })
  })
  return verdict.kind === 'sent'
}

/** Says a text, and notes how it went. */
export async function say(system: Ctx, robot: Robot, text: string): Promise<Verdict> {
  await inStep(system, (step) => noteCall(step, robot.id))
  const verdict = await call(system, robot, text)
  await inStep(system, (step) => {
    if (verdict.kind === 'sent') return noteSpoken(step, robot.id)
    const { code } = verdict
    const isMuted = verdict.kind === 'slow-down'
    const mutedUntil = isMuted ? new Date(system.now.getTime() + verdict.seconds * 1000) : null
    return noteRefused(step, robot.id, { problem: isMuted ? 'rate' : verdict.problem, code, mutedUntil })
  })
  if (verdict.kind !== 'sent') system.log.warn({ robot: robot.id, code: verdict.code }, 'a robot was refused')
  return verdict
}

/** Whether a robot may speak now; when, if not. */
export async function mayCallAt(tx: Tx, ctx: Ctx, robot: Robot): Promise<Date> {
  const { rates } = adapters[robot.brand]
  const free = nextCallAt(rates, await callsWithin(tx, ctx, robot.id, stretchOf(rates)), ctx.now)
  return robot.mutedUntil !== null && robot.mutedUntil > free ? robot.mutedUntil : free
}

export async function nextWordAt(tx: Tx, ctx: Ctx, robotId: string): Promise<Date | null> {
  const robot = await robotById(tx, ctx, robotId)
  const first = await firstDueAt(tx, ctx, robotId)
  if (!robot?.isOn || first === null) return null
  const free = await mayCallAt(tx, ctx, robot)
  return first > free ? first : free
}

async function call({ now }: Ctx, robot: Robot, text: string): Promise<Verdict> {
  const adapter = adapters[robot.brand]
  const address = openSecret('robot', robot.sealedAddress)
  const secret = robot.sealedSecret === null ? undefined : openSecret('robot', robot.sealedSecret)
  if (address === undefined || (robot.sealedSecret !== null && secret === undefined)) {
    return { kind: 'refused', problem: 'secret-changed', code: '' }
  }
  const { url, body } = adapter.write({ address, secret, text, now })
  const answered = await postOutside(url, { body, headers: { 'content-type': 'application/json; charset=utf-8' } })
  if (answered.ok) return adapter.judge(answered)
  const problem = answered.problem === 'private-address' ? 'private-address' : 'unreachable'
  return { kind: 'refused', problem, code: answered.problem }
}

interface Line {
  readonly id: string
  readonly text: string
  readonly link: string | null
}

async function linesFor(system: Ctx, robot: Robot, messages: readonly RobotMessage[]): Promise<readonly Line[]> {
  const person = await contextOfPerson(system, robot.ownerId)
  if (!person) return []
  const owner: Ctx = { ...person, language: robot.language }
  const notices = messages.map((message) => ({ ...message, number: 0, isRead: false }))
  return (await inReadersWords(owner, notices, { inGroup: true })).map(({ id, text, object, recordId, page }) => ({
    id,
    text,
    link: addressOf(recordId === null ? (page ?? '/') : `/records/${object}/${recordId}`),
  }))
}

/** One message of all lines, or of as many as fit: the others follow with the next. */
function together(
  { fits }: RobotAdapter,
  { language }: Robot,
  lines: readonly Line[],
): { readonly text: string; readonly spoken: readonly string[] } {
  const [first] = lines
  if (!first) return { text: '', spoken: [] }
  for (let count = lines.length; count > 1; count -= 1) {
    const head = `${mark}${inWords(manyWords, language, { n: count })}`
    const text = [head, ...lines.slice(0, count).map((line) => `· ${line.text}`)].join('\n')
    if (fits(text)) return { text, spoken: lines.slice(0, count).map(({ id }) => id) }
  }
  const whole = `${mark}${first.text}`
  const linked = first.link === null ? whole : `${whole}\n${first.link}`
  return { text: [linked, whole].find(fits) ?? shortened(whole, fits), spoken: [first.id] }
}

function shortened(text: string, fits: (text: string) => boolean): string {
  const signs = [...text]
  let most = signs.length
  while (most > 0 && !fits(`${signs.slice(0, most).join('')}…`)) most = Math.floor(most * 0.9)
  return `${signs.slice(0, most).join('')}…`
}
