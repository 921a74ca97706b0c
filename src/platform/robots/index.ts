import type { FastifyInstance } from 'fastify'
import { robotRoutes } from '#engine/contract/robots.ts'
import type { Step } from '#platform/db/step.ts'
import { serve } from '#platform/http/serve.ts'
import { dueOn, registerLane } from '#platform/lanes/index.ts'
import { onGroupTelling, quietEndOf, type GroupTelling } from '#platform/notify/index.ts'
import { changeRobot, createRobot, listRobots, removeRobot, robotLane, testRobot } from './change-robots.ts'
import { putMessage, robotsCarrying } from './robot-store.ts'
import { nextWordAt, speakDue } from './speak.ts'

/** Lets robots carry what people want to be told in group chats. */
export function registerRobots(): void {
  onGroupTelling(putMessages)
  registerLane(robotLane, { work: speakDue, nextAt: nextWordAt, mostAtOnce: 20 })
}

async function putMessages(step: Step, telling: GroupTelling): Promise<void> {
  const robots = await robotsCarrying(step, telling.kind)
  if (robots.length === 0) return
  const dueAt = await quietEndOf(step)
  const { kind, key, about, actorId = null, count = 1 } = telling
  const people = telling.people.map(({ name }) => name).join('、')
  const message = {
    ...{ kind, key, actorId, count, dueAt },
    params: { ...telling.params, people },
    object: about?.object ?? null,
    recordId: about?.recordId ?? null,
  }
  for (const id of robots) {
    await putMessage(step, id, message)
    await dueOn(step, { kind: robotLane, id }, dueAt)
  }
}

/** Serves the page of robots. */
export function registerRobotRoutes(app: FastifyInstance): void {
  serve(app, robotRoutes.list, listRobots)
  serve(app, robotRoutes.create, (ctx, { body }) => createRobot(ctx, body))
  serve(app, robotRoutes.change, (ctx, { params, body }) => changeRobot(ctx, params.id, body))
  serve(app, robotRoutes.remove, (ctx, { params }) => removeRobot(ctx, params.id))
  serve(app, robotRoutes.test, (ctx, { params }) => testRobot(ctx, params.id))
}
