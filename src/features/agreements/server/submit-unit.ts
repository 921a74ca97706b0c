import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import type { Tx } from '#platform/db/step.ts'
import { targetErrors } from '#features/targets/contract.ts'
import { nodeIdOf, openDraft, readyReach } from '#features/targets/server/index.ts'
import type { OpenPlan, StoredRow } from '#features/targets/server/index.ts'
import { proposalChanged } from '../contract.ts'
import { agreementErrors } from '../errors.ts'
import { proposingClosed } from './proposal-rules.ts'
import { proposalStore } from './proposal-store.ts'
import { maySubmit } from './show-proposals.ts'

interface Handed {
  readonly unit: string
  readonly comment?: string | undefined
}

/** Hands the proposals of a unit to the tier above: what is below stands still until it is sent back. */
export async function submitUnit(ctx: Ctx, planId: string, handed: Handed): Promise<void> {
  await hand(ctx, planId, handed, 'submitted')
}

/** The tier above sends them back with a comment. */
export async function sendBackUnit(ctx: Ctx, planId: string, handed: Handed): Promise<void> {
  await hand(ctx, planId, handed, 'sent-back')
}

async function hand(ctx: Ctx, planId: string, { unit, comment }: Handed, state: 'submitted' | 'sent-back') {
  await readyReach(ctx)
  await inStep(
    ctx,
    async (step) => {
      await proposalStore.holdPlan(step.tx, planId)
      const open = await openDraft(step.tx, ctx, planId)
      const row = open.rows.find(({ id }) => id === unit)
      if (!row) throw targetErrors.NODE_NOT_FOUND()
      const closed = proposingClosed(ctx, open.plan)
      if (closed) throw closed
      const isAllowed = state === 'submitted' ? maySubmit(open, row) : open.canEdit(row.id)
      if (!isAllowed) throw agreementErrors.UNIT_NOT_YOURS()
      if (state === 'submitted' && !(await isProposedFor(step.tx, open, row))) {
        throw agreementErrors.NOTHING_TO_SUBMIT({ name: row.name })
      }
      await proposalStore.putSubmission(step, planId, { unitId: unit, state, comment: comment || null })
      step.tell({
        name: proposalChanged,
        payload: { planId, node: unit, kind: state, comment: comment || null, version: 0, personId: null },
      })
      const after = { node: unit, comment: comment || null }
      step.audit({ object: 'target_proposal', recordId: planId, action: state, before: null, after })
    },
    { kind: `proposal.${state}` },
  )
}

/** Whether anybody has proposed a number for a unit or for what is below it. */
async function isProposedFor(tx: Tx, { plan, rows }: OpenPlan, unit: StoredRow): Promise<boolean> {
  const proposed = new Set((await proposalStore.ofPlan(tx, plan.id)).map(nodeIdOf))
  const parents = new Map(rows.map(({ id, parentId }) => [id, parentId]))
  const isBelow = (id: string | null): boolean => id !== null && (id === unit.id || isBelow(parents.get(id) ?? null))
  return rows.some((row) => proposed.has(nodeIdOf(row)) && isBelow(row.id))
}
