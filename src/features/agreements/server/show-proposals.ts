import { periodsTogether } from '#engine/metrics/plan-rule.ts'
import { sumOf } from '#engine/money/decimal.ts'
import { fromUnits, toUnits } from '#engine/money/units.ts'
import { readPeriod } from '#engine/calendar/period.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import type { Tx } from '#platform/db/step.ts'
import { readFigure } from '#platform/ledger/index.ts'
import { mayAct } from '#platform/records/scope.ts'
import { editPlans, targetErrors } from '#features/targets/contract.ts'
import { monthsOfPlan, nodeIdOf, openDraft, summaryOf } from '#features/targets/server/index.ts'
import type { OpenPlan, StoredPlan, StoredRow } from '#features/targets/server/index.ts'
import { bottomUpOf } from '../bottom-up.ts'
import type { ProposalRow } from '../contract.ts'
import { inTheirWords, proposalRefusal, proposingClosed, readSubmitted, type Submitted } from './proposal-rules.ts'
import { proposalStore } from './proposal-store.ts'
import type { StoredProposal, StoredSubmission } from './proposal-store.ts'

/** Every row in sight: planned from above, proposed from below, and the gap between. */
export async function listProposals(ctx: Ctx, planId: string) {
  return inView(ctx, async (tx) => {
    const open = await openDraft(tx, ctx, planId)
    const proposals = byRow(await proposalStore.ofPlan(tx, planId))
    const submissions = await proposalStore.submissions(tx, planId)
    return {
      plan: summaryOf(ctx, open),
      closed: inTheirWords(ctx, proposingClosed(ctx, open.plan)),
      until: open.plan.proposalsUntil,
      rows: rowsOf(ctx, open, { proposals, submissions, submitted: await readSubmitted(tx, planId) }),
    }
  })
}

type Proposals = ReadonlyMap<string, StoredProposal>

function byRow(all: readonly StoredProposal[]): Proposals {
  return new Map(all.map((one) => [nodeIdOf(one), one]))
}

interface Written {
  readonly proposals: Proposals
  readonly submissions: readonly StoredSubmission[]
  readonly submitted: Submitted
}

function rowsOf(ctx: Ctx, open: OpenPlan, { proposals, submissions, submitted }: Written): ProposalRow[] {
  const { unit } = open.plan
  const year = (months: readonly string[]) => toUnits(periodsTogether(months, open.plan), unit)
  const below = bottomUpOf(
    open.rows.map((row) => {
      const proposal = proposals.get(nodeIdOf(row))
      const { id, parentId } = row
      return { id, parentId, topDown: year(row.months), proposed: proposal ? year(proposal.periods) : null }
    }),
  )
  const handed = new Map(submissions.map((one) => [one.unitId, one]))
  const isOpen = proposingClosed(ctx, open.plan) === null
  const isManager = mayAct(ctx, editPlans)
  // What the draft has for people is not told to them: they are asked for a number of their own.
  const shown = (value: bigint) => (open.shownAt === null ? null : fromUnits(value, unit))
  return open.rows.map((row): ProposalRow => {
    const topDown = year(row.months)
    const { bottomUp = null, rows = 0, missing = 0 } = below.get(row.id) ?? {}
    const submission = row.kind === 'unit' ? handed.get(row.id) : undefined
    const stored = proposals.get(nodeIdOf(row))
    const isSubmitted = submission?.state === 'submitted'
    const isUnit = row.kind === 'unit' && isOpen && isManager
    return {
      node: row.id,
      kind: row.kind,
      name: row.name,
      tier: row.tier,
      parentId: row.parentId,
      topDown: shown(topDown),
      bottomUp: bottomUp === null ? null : fromUnits(bottomUp, unit),
      gap: bottomUp === null ? null : shown(topDown - bottomUp),
      rows,
      missing,
      proposal: stored ? onTheWire(stored) : null,
      submission: submission ? submissionOnTheWire(submission) : null,
      can: {
        propose: isOpen && proposalRefusal(ctx, open, row, submitted) === null,
        submit: isUnit && !isSubmitted && maySubmit(open, row),
        sendBack: isUnit && isSubmitted && open.canEdit(row.id),
      },
    }
  })
}

/** A unit is handed up by whoever leads it or stands above; the top of the plan has nobody above. */
export function maySubmit(open: OpenPlan, row: StoredRow): boolean {
  if (row.kind !== 'unit') return false
  return open.fixedTops.includes(row.id) || (open.canEdit(row.id) && row.parentId !== null)
}

/** One row with both its numbers, period by period, and how the proposal came to be. */
export async function showProposal(ctx: Ctx, planId: string, node: string) {
  return inView(ctx, async (tx) => {
    const open = await openDraft(tx, ctx, planId)
    const row = open.rows.find(({ id }) => id === node)
    if (!row) throw targetErrors.NODE_NOT_FOUND()
    const place = { planId, unitId: row.unitId, personId: row.personId }
    const stored = await proposalStore.find(tx, place)
    const submitted = await readSubmitted(tx, planId)
    const isOpen = proposingClosed(ctx, open.plan) === null
    return {
      name: row.name,
      periods: monthsOfPlan(ctx, open.plan),
      topDown: open.shownAt === null ? null : [...row.months],
      measure: summaryOf(ctx, open).measure,
      lastYear: await lastYearOf(tx, ctx, open.plan, row.id),
      proposal: stored ? onTheWire(stored) : null,
      history: (await proposalStore.history(tx, place)).map(({ kind, comment, ...one }) => {
        const { total, version, by, at } = onTheWire(one)
        return { kind, comment, total, version, by, at }
      }),
      can: { propose: isOpen && proposalRefusal(ctx, open, row, submitted) === null },
    }
  })
}

async function lastYearOf(tx: Tx, ctx: Ctx, { metric: key, year }: StoredPlan, node: string): Promise<string | null> {
  const metric = ctx.company.metrics.find(key)
  const before = readPeriod(String(year - 1), ctx.company.calendar)
  return metric && before.ok ? readFigure(tx, ctx, metric, node, before.period) : null
}

export function onTheWire({
  periods,
  version,
  byId,
  byName,
  at,
}: Pick<StoredProposal, 'periods' | 'version' | 'byId' | 'byName' | 'at'>) {
  const by = byId === null ? null : { id: byId, name: byName ?? '' }
  return { periods: [...periods], total: sumOf(periods), version, by, at: at.toISOString() }
}

function submissionOnTheWire({ state, byId, byName, at, comment }: StoredSubmission) {
  return { state, by: byId === null ? null : { id: byId, name: byName ?? '' }, at: at.toISOString(), comment }
}
