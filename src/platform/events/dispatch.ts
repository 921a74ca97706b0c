import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Db } from '#platform/db/connect.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'

export interface ToldEvent {
  readonly id: string
  readonly name: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly personId: string | null
}

/** Reacts to an event in the transaction that marks it as handled: both happen or neither does. */
export type EventHandler = (step: Step, event: ToldEvent) => Promise<void>

const handlers = new Map<string, EventHandler[]>()

/** Called by rooms when the app is put together. */
export function onEvent(name: string, handler: EventHandler): void {
  handlers.set(name, [...(handlers.get(name) ?? []), handler])
}

interface DispatchHouse {
  readonly db: Db
  readonly log: Logger
  readonly now?: () => Date
}

const portion = 500
const restMs = 1000

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
    if (company) busy = (await dispatchPortion(systemContext(house, company))) || busy
  }
  return busy
}

async function dispatchPortion(ctx: Ctx): Promise<boolean> {
  return inStep(
    ctx,
    async (step) => {
      const { rows } = await sql<ToldEvent>`
        select id, name, payload, person_id as "personId" from event
        where company_id = ${ctx.company.id} and handled_at is null
        order by id limit ${portion} for update skip locked`.execute(step.tx)
      for (const event of rows) {
        for (const handler of handlers.get(event.name) ?? []) await handler(step, event)
      }
      await sql`
        update event set handled_at = now()
        where company_id = ${ctx.company.id} and id = any(${rows.map((row) => row.id)}::uuid[])`.execute(step.tx)
      return rows.length === portion
    },
    { kind: 'events' },
  )
}
