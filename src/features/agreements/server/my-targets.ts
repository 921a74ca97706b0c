import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import type { Tx } from '#platform/db/step.ts'
import {
  amendmentStore,
  findDraft,
  inForce,
  leavesOf,
  monthsOfPlan,
  planStore,
  summaryOf,
} from '#features/targets/server/index.ts'
import type { OpenPlan, StoredAmendment, StoredPlan, StoredRow } from '#features/targets/server/index.ts'
import { isInForce } from '#features/targets/contract.ts'
import type { AppError } from '#base/errors.ts'
import type { OwnProposal, OwnTarget } from '../contract.ts'
import { agreementErrors } from '../errors.ts'
import { headsOf } from './head-store.ts'
import { inTheirWords, proposalRefusal, proposingClosed, readSubmitted } from './proposal-rules.ts'
import { proposalStore } from './proposal-store.ts'
import { onTheWire } from './show-proposals.ts'

/** The targets of the actor, and of the units that they head, and where a number is asked of them. */
export async function myTargets(ctx: Ctx, { year }: { readonly year?: number | undefined }) {
  return inView(ctx, async (tx) => {
    const targets: OwnTarget[] = []
    const proposals: OwnProposal[] = []
    for (const { id } of await planStore.list(tx, ctx, { year })) {
      const open = await findDraft(tx, ctx, id)
      const own = open && (await ownRows(tx, ctx, open))
      if (!open || !own || own.length === 0) continue
      if (open.plan.asksProposals && !isInForce(open.plan.status))
        proposals.push(...(await askedOf(tx, ctx, open, own)))
      targets.push(...(await boundBy(tx, ctx, open, new Set(own.map((row) => row.id)))))
    }
    return { targets, proposals }
  })
}

async function ownRows(tx: Tx, ctx: Ctx, open: OpenPlan): Promise<readonly StoredRow[]> {
  const units = open.rows.flatMap((row) => (row.kind === 'unit' ? [row.unitId] : []))
  const heads = await headsOf(tx, units)
  return open.rows.filter((row) =>
    row.kind === 'person' ? row.personId === ctx.actor.personId : heads.get(row.unitId) === ctx.actor.personId,
  )
}

async function askedOf(tx: Tx, ctx: Ctx, open: OpenPlan, own: readonly StoredRow[]): Promise<OwnProposal[]> {
  const { plan } = open
  const submitted = await readSubmitted(tx, plan.id)
  const asked: OwnProposal[] = []
  for (const row of own) {
    const stored = await proposalStore.find(tx, { planId: plan.id, unitId: row.unitId, personId: row.personId })
    // Heads who carry nothing themselves have no number to give, unless they gave one.
    if (!stored && row.isHead && row.months.every((value) => value === '0')) continue
    asked.push({
      ...ownRow(ctx, open, row),
      proposal: stored ? onTheWire(stored) : null,
      proposeClosed: inTheirWords(ctx, proposingClosed(ctx, plan) ?? proposalRefusal(ctx, open, row, submitted)),
      proposalsUntil: plan.proposalsUntil,
    })
  }
  return asked
}

/** What of the plan binds: its figures, or those of before it was reopened. */
async function boundBy(tx: Tx, ctx: Ctx, draft: OpenPlan, own: ReadonlySet<string>): Promise<OwnTarget[]> {
  const open = await inForce(tx, draft)
  if (!open) return []
  const { plan } = open
  const firstOpen = leavesOf(ctx, plan.year).findIndex(({ to }) => to > ctx.today)
  const amendments = await amendmentStore.list(tx, plan.id, [...own], { upTo: open.shownAt ?? 0 })
  return open.rows.flatMap((row) => {
    // Heads who carry nothing themselves have no target of their own.
    if (!own.has(row.id) || (row.kind === 'person' && row.months.every((value) => value === '0'))) return []
    return [
      {
        ...ownRow(ctx, open, row),
        months: [...row.months],
        amendments: amendments.filter(({ node }) => node === row.id).map(amendmentOnTheWire),
        appealClosed: inTheirWords(ctx, appealsClosed(ctx, plan)),
        firstOpen: firstOpen < 0 ? null : firstOpen + 1,
        appealsUntil: plan.appealsUntil,
      },
    ]
  })
}

function ownRow(ctx: Ctx, open: OpenPlan, { id: node, name, kind }: StoredRow) {
  return { plan: summaryOf(ctx, open), node, name, kind, periods: monthsOfPlan(ctx, open.plan) }
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
