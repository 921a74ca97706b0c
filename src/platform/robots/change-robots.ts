import type { z } from 'zod'
import type { FieldFault } from '#base/errors.ts'
import { inWords } from '#base/label.ts'
import type { RobotBrand, RobotView, robotRoutes } from '#engine/contract/robots.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId, newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Tx } from '#platform/db/step.ts'
import { dropLane, dueOn } from '#platform/lanes/index.ts'
import { allNoticeKinds } from '#platform/notify/index.ts'
import { openSecret, sealSecret } from '#platform/secrets/seal-secret.ts'
import { addressFaultOf } from '#platform/webhooks/errors.ts'
import { robotProblems, type RobotProblem } from './adapter.ts'
import { adapters } from './adapters.ts'
import { robotErrors } from './errors.ts'
import { allRobots, deleteRobot, insertRobot, robotById, saveRobot, type Robot } from './robot-store.ts'
import { mayCallAt, say } from './speak.ts'

export const robotLane = 'robot'

type Body<K extends keyof typeof robotRoutes> = z.output<NonNullable<(typeof robotRoutes)[K]['body']>>

const carried = () => allNoticeKinds().filter(({ saysInGroup }) => saysInGroup !== undefined)

export async function listRobots(ctx: Ctx) {
  const robots = await inView(ctx, (tx) => allRobots(tx, ctx))
  return {
    robots: robots.map((robot) => viewOf(ctx, robot)),
    kinds: carried().map(({ key, label }) => ({ kind: key, label })),
  }
}

/** Adds a robot that looks with the eyes of the actor. */
export async function createRobot(ctx: Ctx, wish: Body<'create'>): Promise<RobotView> {
  const { personId } = ctx.actor
  if (personId === null) throw robotErrors.ROBOT_INVALID()
  refuseFaults(wish.brand, wish)
  const id = newId()
  return inStep(
    ctx,
    async (step) => {
      const { name, brand, kinds, language, address, secret } = wish
      const sealedSecret = secret ? sealSecret('robot', secret) : null
      const kept = { id, name, kinds, language, isOn: true, sealedAddress: sealSecret('robot', address), sealedSecret }
      await insertRobot(step, { ...kept, brand, ownerId: personId })
      const after = { name, brand, kinds, language }
      step.audit({ object: 'robot', recordId: id, action: 'created', before: null, after })
      return viewOf(ctx, await foundIn(step.tx, ctx, id))
    },
    { kind: 'robot.create' },
  )
}

export async function changeRobot(ctx: Ctx, id: string, wish: Body<'change'>): Promise<RobotView> {
  return inStep(
    ctx,
    async (step) => {
      const before = await foundIn(step.tx, ctx, id)
      refuseFaults(before.brand, wish)
      const { version, address, secret } = wish
      const sealedSecret = secret === undefined ? before.sealedSecret : secret ? sealSecret('robot', secret) : null
      const after: Robot = {
        ...before,
        name: wish.name ?? before.name,
        kinds: wish.kinds ?? before.kinds,
        language: wish.language ?? before.language,
        isOn: wish.isOn ?? before.isOn,
        sealedAddress: address === undefined ? before.sealedAddress : sealSecret('robot', address),
        sealedSecret,
      }
      if (!(await saveRobot(step, after, version))) throw robotErrors.ROBOT_CHANGED()
      const keysChanged = address !== undefined || secret !== undefined
      step.audit({
        object: 'robot',
        recordId: id,
        action: 'updated',
        before: told(before),
        after: { ...told(after), keysChanged },
      })
      if (after.isOn) await dueOn(step, { kind: robotLane, id }, ctx.now)
      return viewOf(ctx, await foundIn(step.tx, ctx, id))
    },
    { kind: 'robot.change' },
  )
}

export async function removeRobot(ctx: Ctx, id: string): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const before = await foundIn(step.tx, ctx, id)
      await deleteRobot(step, id)
      await dropLane(step, { kind: robotLane, id })
      step.audit({ object: 'robot', recordId: id, action: 'deleted', before: told(before), after: null })
    },
    { kind: 'robot.remove' },
  )
}

const testWords = {
  zh: '【Terrace】测试消息：{company} 的群机器人“{name}”已连接。',
  en: '【Terrace】Test message: the robot “{name}” of {company} is connected.',
}

/** Says a test message at once and answers how it went. */
export async function testRobot(ctx: Ctx, id: string) {
  const { robot, at } = await inView(ctx, async (tx) => {
    const found = await foundIn(tx, ctx, id)
    return { robot: found, at: await mayCallAt(tx, ctx, found) }
  })
  const seconds = Math.ceil((at.getTime() - ctx.now.getTime()) / 1000)
  if (seconds > 0) throw robotErrors.ROBOT_BUSY({ seconds })
  const text = inWords(testWords, robot.language, { company: ctx.company.name, name: robot.name })
  const { kind } = await say(ctx, robot, text)
  const after = viewOf(ctx, await inView(ctx, (tx) => foundIn(tx, ctx, id)))
  return { isSent: kind === 'sent', problem: kind === 'sent' ? null : after.lastFailure, robot: after }
}

async function foundIn(tx: Tx, ctx: Ctx, id: string): Promise<Robot> {
  const robot = isId(id) ? await robotById(tx, ctx, id) : undefined
  if (!robot) throw robotErrors.ROBOT_NOT_FOUND()
  return robot
}

function refuseFaults(
  brand: RobotBrand,
  { address, kinds = [] }: { readonly address?: string | undefined; readonly kinds?: readonly string[] | undefined },
): void {
  const notTheirs = { zh: '不是这种群机器人的地址', en: 'Not an address of such a robot' }
  const noKind = { zh: '群机器人不发送这种通知', en: 'Robots do not carry such notices' }
  const known = new Set(carried().map(({ key }) => key))
  const faults: FieldFault[] = kinds.flatMap((kind, at) =>
    known.has(kind) ? [] : [{ field: `kinds.${at}`, code: 'unknown', label: noKind }],
  )
  if (address !== undefined) {
    faults.push(...addressFaultOf('address', address))
    if (URL.canParse(address) && !adapters[brand].isAddress(new URL(address))) {
      faults.push({ field: 'address', code: 'brand', label: notTheirs })
    }
  }
  if (faults.length > 0) throw robotErrors.ROBOT_INVALID({}, faults.slice(0, 50))
}

const told = ({ name, kinds, language, isOn }: Robot) => ({ name, kinds, language, isOn })

function viewOf({ language: reader, now }: Ctx, robot: Robot): RobotView {
  const { id, name, brand, language, isOn, waiting, lastSuccessAt, lastFailureAt, version } = robot
  const address = openSecret('robot', robot.sealedAddress)
  return {
    ...{ id, name, brand, language, isOn, waiting, lastSuccessAt, lastFailureAt, version },
    mutedUntil: robot.mutedUntil !== null && robot.mutedUntil > now ? robot.mutedUntil : null,
    host: address !== undefined && URL.canParse(address) ? new URL(address).host : '—',
    hasSecret: robot.sealedSecret !== null,
    kinds: [...robot.kinds],
    owner: { id: robot.ownerId, name: robot.ownerName, isActive: robot.ownerIsActive },
    lastFailure: robot.lastFailure === null ? null : problemText(robot, reader),
  }
}

const isProblem = (text: string): text is RobotProblem => text in robotProblems

function problemText({ lastFailure, lastFailureCode }: Robot, language: Ctx['language']): string {
  const key = lastFailure !== null && isProblem(lastFailure) ? lastFailure : 'other'
  const words = inWords(robotProblems[key], language)
  return lastFailureCode ? `${words} (${lastFailureCode})` : words
}
