import { sql } from 'kysely'
import type { Logger } from 'pino'
import { eventParked } from '#engine/contract/parked-events.ts'
import type { Db } from '#platform/db/connect.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { markHandled, putOff, takeTurn, waitingEvents } from './event-store.ts'
import { handle, handleAll, type ToldEvent } from './handlers.ts'
import { problemOf } from './problem-of.ts'

interface DispatchHouse {
  readonly db: Db
  readonly log: Logger
  readonly now?: () => Date
}

const portion = 500
const restMs = 1000
/** Seconds until an event that failed is tried again; when the last try has failed it is parked. */
const waits = [1, 5, 25, 120] as const

/** Hands waiting events to their handlers, company by company, until it is stopped. Several processes may do so. */
export function startDispatch(house: DispatchHouse): { stop(): Promise<void> } {
  let ended = false
  let wake = (): void => undefined
  const loop = async () => {
    while (!ended) {
      const busy = await dispatchOnce(house).catch((error: unknown) => {
        house.log.error({ err: error }, 'events could not be handed on')
        return false
      })
      if (!busy && !ended) await new Promise<void>((resolve) => (wake = wakeAfter(restMs, resolve)))
    }
  }
  const done = loop()
  return {
    stop: async () => {
      ended = true
      wake()
      await done
    },
  }
}

function wakeAfter(ms: number, resolve: () => void): () => void {
  const timer = setTimeout(resolve, ms)
  return () => {
    clearTimeout(timer)
    resolve()
  }
}

/** One portion for each company with waiting events; answers whether there may be more. */
export async function dispatchOnce(house: DispatchHouse): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`select companies_with_events() as id`.execute(house.db)
  let busy = false
  for (const { id } of rows) {
    const company = await findCompany(house.db, { id })
    if (company) busy = (await dispatchPortion(house, systemContext(house, company), portion)) || busy
  }
  return busy
}

/**
 * Hands on the oldest events in their order. One that fails takes the portion back with it; those before it come again
 * at once, those behind it wait until it went well or is parked.
 */
async function dispatchPortion(house: DispatchHouse, ctx: Ctx, most: number): Promise<boolean> {
  const now = house.now?.() ?? new Date()
  let failing: ToldEvent | undefined
  try {
    return await inStep(
      ctx,
      async (step) => {
        failing = undefined
        if (!(await takeTurn(step))) return false
        const events = await waitingEvents(step, most, now)
        for (const event of events) {
          failing = event
          await handle(step, event)
        }
        // What is done for several, and what handlers wrote down at the end of the step: nobody knows whose it was.
        if (events.length > 1) failing = undefined
        await handleAll(step, events)
        await markHandled(step, events)
        return events.length === most
      },
      { kind: 'events' },
    )
  } catch (error) {
    if (failing) await putOffEvent(ctx, failing, { error, now })
    else if (most > 1) return dispatchPortion(house, ctx, 1)
    else throw error
    return true
  }
}

async function putOffEvent(
  ctx: Ctx,
  event: ToldEvent,
  { error, now }: { readonly error: unknown; readonly now: Date },
): Promise<void> {
  const after = await inStep(
    ctx,
    async (step) => {
      const put = await putOff(step, event.id, { problem: problemOf(error), now, waits })
      // That one was parked is an event itself; of its own parking nobody is told, or there would be no end.
      if (put?.isParked && event.name !== eventParked) {
        step.tell({ name: eventParked, payload: { event: event.id, name: event.name } })
      }
      return put
    },
    { kind: 'events' },
  )
  const about = { err: error, eventId: event.id, event: event.name, company: ctx.company.slug, tries: after?.tries }
  if (after?.isParked) ctx.log.error(about, 'an event is parked after its last try')
  else ctx.log.warn(about, 'an event failed and will be tried again')
}
