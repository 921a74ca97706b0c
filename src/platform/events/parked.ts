import { defineErrors } from '#base/errors.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { systemContext } from '#platform/db/system.ts'
import { lockParked, markHandled, noteProblem, parkedEvents, type ParkedEvent } from './event-store.ts'
import { handle, handleAll } from './handlers.ts'
import { problemOf } from './problem-of.ts'

const eventErrors = defineErrors({
  EVENT_NOT_PARKED: { status: 404, label: { zh: '没有这个搁置的事件', en: 'There is no such parked event' } },
  EVENT_FAILED_AGAIN: {
    status: 409,
    label: { zh: '再次处理仍然失败，事件保持搁置：{problem}', en: 'It failed again and stays parked: {problem}' },
  },
})

const mostShown = 200

/** The company's events that were given up after their last try, oldest first. */
export function listParked(ctx: Ctx): Promise<readonly ParkedEvent[]> {
  return inView(ctx, (tx) => parkedEvents(tx, ctx, mostShown))
}

/** Hands a parked event to its handlers now, whatever was handled since. EVENT_FAILED_AGAIN leaves it parked. */
export async function retryParked(ctx: Ctx, id: string): Promise<void> {
  if (!isId(id)) throw eventErrors.EVENT_NOT_PARKED()
  // Handlers act as the system, whoever asks.
  const system = {
    ...systemContext({ ...ctx, now: () => ctx.now }, ctx.company),
    today: ctx.today,
    requestId: ctx.requestId,
  }
  const options = { kind: 'events' }
  let isFound = false
  try {
    await inStep(
      system,
      async (step) => {
        const event = await lockParked(step, id)
        isFound = event !== undefined
        if (!event) return
        await handle(step, event)
        await handleAll(step, [event])
        await markHandled(step, [event])
      },
      options,
    )
  } catch (error) {
    if (!isFound) throw error
    const problem = problemOf(error)
    ctx.log.warn({ err: error, eventId: id }, 'a parked event failed again')
    await inStep(system, (step) => noteProblem(step, id, problem), options)
    throw eventErrors.EVENT_FAILED_AGAIN({ problem })
  }
  if (!isFound) throw eventErrors.EVENT_NOT_PARKED()
}
