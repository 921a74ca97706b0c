import type { Logger } from 'pino'
import type { Db } from '#platform/db/connect.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Tx } from '#platform/db/step.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { lanesDue, leaveLane, lockLane, takeLane, type Lane } from './lane-store.ts'

interface SendHouse {
  readonly db: Db
  readonly log: Logger
  readonly now?: () => Date
}

interface LaneWork {
  /** Sends what is due, for at most some minutes; runs in one process at a time. */
  work(ctx: Ctx, id: string): Promise<void>
  /** When the next thing is due; null: nothing is left. */
  nextAt(tx: Tx, ctx: Ctx, id: string): Promise<Date | null>
  /** Lanes of this kind that one process works on together: few where they ask the database, many where they wait for others. */
  readonly mostAtOnce: number
}

const works = new Map<string, LaneWork>()

/** Called by those who send when the app is put together. */
export function registerLane(kind: string, work: LaneWork): void {
  works.set(kind, work)
}

/** What a process has begun another one leaves alone for so long, then takes it for lost. */
const holdMs = 300_000
const afterFailureMs = 60_000
const restMs = 1000

/** Works on every lane with something due, each by itself, until all are done. */
export async function sendOnce(house: SendHouse): Promise<void> {
  const now = house.now?.() ?? new Date()
  await Promise.all((await lanesDue(house.db, now)).map((lane) => workOn(house, lane)))
}

/**
 * Sends what is due until it is stopped; several processes may do so. A lane that hangs holds up no other, and of each
 * kind only some are worked on together: those who use the app meanwhile find connections to the database.
 */
export function startSending(house: SendHouse): { stop(): Promise<void> } {
  const busy = new Map<string, { readonly kind: string; readonly ended: Promise<void> }>()
  let ended = false
  const isFull = (kind: string) =>
    [...busy.values()].filter((one) => one.kind === kind).length >= (works.get(kind)?.mostAtOnce ?? 1)
  const look = async () => {
    const lanes = await lanesDue(house.db, house.now?.() ?? new Date())
    for (const lane of lanes) {
      const key = `${lane.companyId} ${lane.kind} ${lane.id}`
      if (ended || busy.has(key) || isFull(lane.kind)) continue
      busy.set(key, { kind: lane.kind, ended: workOn(house, lane).finally(() => leave(key, lane.kind)) })
    }
  }
  const trouble = (error: unknown) => house.log.error({ err: error }, 'what is to leave could not be looked for')
  let looking = Promise.resolve()
  const lookAgain = () => {
    looking = looking.then(() => (ended ? undefined : look().catch(trouble)))
  }
  const leave = (key: string, kind: string) => {
    const others = isFull(kind)
    busy.delete(key)
    if (others) lookAgain()
  }
  const timer = setInterval(lookAgain, restMs)
  return {
    stop: async () => {
      ended = true
      clearInterval(timer)
      await looking
      await Promise.all([...busy.values()].map((one) => one.ended))
    },
  }
}

async function workOn(house: SendHouse, { companyId, ...lane }: Lane & { readonly companyId: string }): Promise<void> {
  try {
    await workInCompany(house, companyId, lane)
  } catch (error) {
    house.log.error({ err: error, lane: lane.kind, id: lane.id }, 'a lane could not be worked on')
  }
}

async function workInCompany(house: SendHouse, companyId: string, lane: Lane): Promise<void> {
  const work = works.get(lane.kind)
  const company = await findCompany(house.db, { id: companyId })
  if (!work || !company) return
  const ctx = systemContext(house, company)
  const isTaken = await inStep(ctx, (step) => takeLane(step, lane, new Date(ctx.now.getTime() + holdMs)))
  if (!isTaken) return
  let failedAt: Date | undefined
  try {
    await work.work(ctx, lane.id)
  } catch (error) {
    house.log.error({ err: error, lane: lane.kind, id: lane.id }, 'a lane failed and will be worked on again')
    failedAt = ctx.now
  }
  await inStep(ctx, async (step) => {
    await lockLane(step, lane)
    const next = await work.nextAt(step.tx, ctx, lane.id)
    await leaveLane(step, lane, next && failedAt ? laterOf(next, failedAt.getTime() + afterFailureMs) : next)
  })
}

const laterOf = (one: Date, other: number) => new Date(Math.max(one.getTime(), other))
