import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import type { Tx } from '#platform/db/step.ts'
import {
  amendmentStore,
  openPlan,
  leavesOf,
  monthsOfPlan,
  planStore,
  summaryOf,
} from '#features/targets/server/index.ts'
import type { OpenPlan, StoredAmendment, StoredPlan } from '#features/targets/server/index.ts'
import { isInForce } from '#features/targets/contract.ts'
import type { AppError } from '#base/errors.ts'
import type { OwnTarget } from '../contract.ts'
import { agreementErrors } from '../errors.ts'
import { headsOf } from './head-store.ts'
import { inTheirWords, proposalRefusal, proposingClosed, readSubmitted } from './proposal-rules.ts'
import { proposalStore } from './proposal-store.ts'
import { onTheWire } from './show-proposals.ts'

/** The targets of the actor, and of the units that they head, with what may be done about them now. */
export async function myTargets(ctx: Ctx, { year }: { readonly year?: number | undefined }) {
  return inView(ctx, async (tx) => {
    const targets: OwnTarget[] = []
    for (const { id } of await planStore.list(tx, { year })) {
      const open = await openPlan(tx, ctx, id).catch(() => undefined)
      if (open) targets.push(...(await ownRows(tx, ctx, open)))
    }
    return { targets }
  })
}

async function ownRows(tx: Tx, ctx: Ctx, open: OpenPlan): Promise<OwnTarget[]> {
  const { plan } = open
  const units = open.rows.flatMap((row) => (row.kind === 'unit' ? [row.unitId] : []))
  const heads = await headsOf(tx, units)
  const own = open.rows.filter((row) =>
    row.kind === 'person' ? row.personId === ctx.actor.personId : heads.get(row.unitId) === ctx.actor.personId,
  )
  if (own.length === 0) return []
  const periods = leavesOf(ctx, plan.year)
  const submitted = await readSubmitted(tx, plan.id)
  const amendments = await amendmentStore.list(tx, plan.id)
  const firstOpen = periods.findIndex(({ to }) => to > ctx.today)
  const rows: OwnTarget[] = []
  for (const row of own) {
    // Heads who carry nothing themselves have no target of their own.
    if (row.kind === 'person' && !plan.asksProposals && row.months.every((value) => value === '0')) continue
    const place = { planId: plan.id, unitId: row.unitId, personId: row.personId }
    const stored = await proposalStore.find(tx, place)
    rows.push({
      plan: summaryOf(ctx, open),
      node: row.id,
      name: row.name,
      kind: row.kind,
      periods: monthsOfPlan(ctx, plan),
      months: [...row.months],
      proposal: stored ? onTheWire(stored) : null,
      amendments: amendments.filter(({ node }) => node === row.id).map(amendmentOnTheWire),
      proposeClosed: inTheirWords(ctx, proposingClosed(ctx, plan) ?? proposalRefusal(ctx, open, row, submitted)),
      appealClosed: inTheirWords(ctx, appealsClosed(ctx, plan)),
      firstOpen: firstOpen < 0 ? null : firstOpen + 1,
      proposalsUntil: plan.proposalsUntil,
      appealsUntil: plan.appealsUntil,
    })
  }
  return rows
}

/** Why nobody can appeal against targets of the plan today; null where they can. */
export function appealsClosed(ctx: Ctx, plan: StoredPlan): AppError | null {
  if (!isInForce(plan.status)) return agreementErrors.APPEAL_NOT_IN_FORCE()
  const last = plan.appealsUntil
  if (last !== null && last < ctx.today) return agreementErrors.APPEALS_OVER({ day: last })
  const end = leavesOf(ctx, plan.year).at(-1)?.to ?? ctx.today
  return end <= ctx.today ? agreementErrors.APPEALS_OVER({ day: end }) : null
}

function amendmentOnTheWire({ id, fromDay, before, after, reason, byId, byName, at }: StoredAmendment) {
  const by = byId === null ? null : { id: byId, name: byName ?? '' }
  return { id, fromDay, before: [...before], after: [...after], reason, by, at: at.toISOString() }
}
