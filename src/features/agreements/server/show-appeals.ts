import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import type { Tx } from '#platform/db/step.ts'
import { mayAct } from '#platform/records/scope.ts'
import { editPlans, managePlans } from '#features/targets/contract.ts'
import { findDraft, nodeIdOf, leavesOf, summaryOf } from '#features/targets/server/index.ts'
import type { OpenPlan } from '#features/targets/server/index.ts'
import type { Appeal } from '../contract.ts'
import { agreementErrors } from '../errors.ts'
import { appealStore } from './appeal-store.ts'
import type { StoredAppeal } from './appeal-store.ts'
import { isDecider } from './deciders.ts'
import { headsOf, namesOf } from './head-store.ts'

type Wanted = 'mine' | 'decide' | 'all'

/** How many appeals a page has at least, where there are so many. */
const atOnce = 50
/** How many portions are looked through in one request. */
const mostPortions = 10

interface AppealsAsked {
  readonly list: Wanted
  readonly before?: string | undefined
}

/**
 * Appeals that the actor lodged, decides, or sees because they lead those who lodged them: all that wait for a decision,
 * else page by page, the newest first.
 */
export async function listAppeals(
  ctx: Ctx,
  { list, before }: AppealsAsked,
): Promise<{ appeals: Appeal[]; next: string | null }> {
  return inView(ctx, async (tx) => {
    const { personId } = ctx.actor
    if (list === 'decide') {
      const open = await appealStore.open(tx, mayAct(ctx, managePlans) ? {} : { headId: personId })
      const seen = await inSight(open, lookerOf(tx, ctx))
      return { appeals: seen.filter(({ can }) => can.decide || can.escalate), next: null }
    }
    const seesOthers = mayAct(ctx, editPlans) || mayAct(ctx, managePlans)
    const whose = list === 'mine' ? { appellantId: personId } : seesOthers ? {} : { concerns: personId }
    const look = lookerOf(tx, ctx)
    const appeals: Appeal[] = []
    let next = before
    // Those out of sight are left out, so that one portion may not fill a page; whoever sees few reads on by `next`.
    for (let portion = 0; portion < mostPortions; portion += 1) {
      const some = await appealStore.list(tx, { ...whose, before: next, limit: atOnce })
      appeals.push(...(await inSight(some, look)))
      next = some.at(-1)?.id
      if (some.length < atOnce || next === undefined) return { appeals, next: null }
      if (appeals.length >= atOnce) break
    }
    return { appeals, next: next ?? null }
  })
}

async function inSight(stored: readonly StoredAppeal[], lookAt: Looker): Promise<Appeal[]> {
  const look = await lookAt(stored)
  const appeals: Appeal[] = []
  for (const one of stored) {
    const appeal = await look(one)
    if (appeal) appeals.push(appeal)
  }
  return appeals
}

/** The appeal with what the actor may do, or APPEAL_NOT_FOUND. */
export async function appealInSight(tx: Tx, ctx: Ctx, id: string): Promise<AppealSeen> {
  const seen = await findAppeal(tx, ctx, id)
  if (!seen) throw agreementErrors.APPEAL_NOT_FOUND()
  return seen
}

export interface AppealSeen {
  readonly stored: StoredAppeal
  readonly appeal: Appeal
}

/** The same, undefined where it is out of sight. */
export async function findAppeal(tx: Tx, ctx: Ctx, id: string): Promise<AppealSeen | undefined> {
  const stored = await appealStore.find(tx, id)
  const appeal = stored && (await (await lookerOf(tx, ctx)([stored]))(stored))
  return stored && appeal ? { stored, appeal } : undefined
}

export async function showAppeal(ctx: Ctx, id: string) {
  return inView(ctx, async (tx) => {
    const { stored, appeal } = await appealInSight(tx, ctx, id)
    return {
      appeal,
      reasons: stored.reasons,
      decision: stored.decision,
      evidence: [...stored.evidence],
      steps: (await appealStore.steps(tx, id)).map(({ kind, byId, byName, at, comment }) => ({
        kind,
        by: byId === null ? null : { id: byId, name: byName ?? '' },
        at: at.toISOString(),
        comment,
      })),
    }
  })
}

/** Looks at some appeals with the actor's eyes: null for those out of sight. */
type Looker = (stored: readonly StoredAppeal[]) => Promise<(one: StoredAppeal) => Promise<Appeal | null>>

/** One for a request: plans are opened once each, however many portions are looked at. */
function lookerOf(tx: Tx, ctx: Ctx): Looker {
  const plans = new Map<string, Promise<OpenPlan | undefined>>()
  const planOf = (id: string) => {
    const known = plans.get(id) ?? findDraft(tx, ctx, id)
    plans.set(id, known)
    return known
  }
  return async (stored) => {
    const units = stored.flatMap(({ atUnitId }) => (atUnitId === null ? [] : [atUnitId]))
    const heads = await headsOf(tx, [...new Set(units)])
    const names = await namesOf(tx, [...heads.values()])
    return async (one) => {
      const open = await planOf(one.planId)
      if (!open) return null
      const node = nodeIdOf(one)
      const isOwn = one.appellantId === ctx.actor.personId
      const decides = isDecider(ctx, one, heads)
      const isAbove = mayAct(ctx, editPlans) && open.rows.some(({ id }) => id === node)
      if (!isOwn && !decides && !isAbove) return null
      const head = one.atUnitId === null ? undefined : heads.get(one.atUnitId)
      return appealOnTheWire(ctx, one, open, {
        node,
        isOwn,
        decides,
        decider: head === undefined ? null : { id: head, name: names.get(head) ?? '' },
      })
    }
  }
}

interface Seen {
  readonly node: string
  readonly isOwn: boolean
  readonly decides: boolean
  readonly decider: Appeal['decider']
}

function appealOnTheWire(ctx: Ctx, one: StoredAppeal, open: OpenPlan, { node, isOwn, decides, decider }: Seen): Appeal {
  const { id, metric, metricLabel, measure, unit, rule, year, yearLabel } = summaryOf(ctx, open)
  const period = leavesOf(ctx, open.plan.year)[one.from - 1]
  const isOpen = one.state === 'open'
  return {
    id: one.id,
    plan: { id, metric, metricLabel, measure, unit, rule, year, yearLabel },
    node,
    name: one.personName ?? one.unitName,
    unitName: one.unitName,
    appellant: { id: one.appellantId, name: one.appellantName },
    from: one.from,
    fromLabel: period?.label ?? { zh: String(one.from), en: String(one.from) },
    fromDay: period?.from ?? '',
    standing: one.standing,
    asked: one.asked,
    granted: one.granted,
    state: one.state,
    decideBy: one.decideBy,
    isOverdue: isOpen && one.decideBy < ctx.today,
    decider,
    decidedBy: one.decidedById === null ? null : { id: one.decidedById, name: one.decidedByName ?? '' },
    decidedAt: one.decidedAt?.toISOString() ?? null,
    createdAt: one.createdAt.toISOString(),
    version: one.version,
    // Who cannot change the row, hands the appeal on.
    can: {
      decide: isOpen && decides && open.canEdit(node),
      escalate: isOpen && decides && one.atUnitId !== null,
      withdraw: isOpen && isOwn,
    },
  }
}
