import { fromUnits, isWhole, toUnits } from '#engine/money/units.ts'
import type { z } from 'zod'
import type { FieldFault } from '#base/errors.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import type { Step } from '#platform/db/step.ts'
import { targetErrors } from '#features/targets/contract.ts'
import { openDraft, readyReach } from '#features/targets/server/index.ts'
import type { StoredPlan, StoredRow } from '#features/targets/server/index.ts'
import { overPeriods } from '../bottom-up.ts'
import { proposalChanged, type proposeRoute } from '../contract.ts'
import { agreementErrors } from '../errors.ts'
import { proposalRefusal, proposingClosed, readSubmitted } from './proposal-rules.ts'
import { proposalStore } from './proposal-store.ts'
import type { ProposedPlace } from './proposal-store.ts'
import { onTheWire } from './show-proposals.ts'

type Wish = z.output<NonNullable<typeof proposeRoute.body>>

/**
 * Writes what somebody proposes for a row, or what a manager makes of it, and keeps what was before. Many people do this
 * at once: each writes a row of their own, the plan is only held open. Throws PROPOSAL_CHANGED where another was quicker.
 */
export async function propose(ctx: Ctx, planId: string, node: string, wish: Wish) {
  await readyReach(ctx)
  return inStep(
    ctx,
    async (step) => {
      const { tx } = step
      await proposalStore.holdPlan(tx, planId)
      const open = await openDraft(tx, ctx, planId)
      const row = open.rows.find(({ id }) => id === node)
      if (!row) throw targetErrors.NODE_NOT_FOUND()
      const submitted = await readSubmitted(tx, planId)
      const closed = proposingClosed(ctx, open.plan) ?? proposalRefusal(ctx, open, row, submitted)
      if (closed) throw closed
      const isOwn = row.personId !== null && row.personId === ctx.actor.personId
      const periods = periodsWished(open.plan, row, wish, isOwn)
      const place = { planId, unitId: row.unitId, personId: row.personId }
      await write(step, place, wish.version, periods)
      const kind = isOwn ? 'proposed' : 'adjusted'
      const comment = wish.comment || null
      const version = (wish.version ?? 0) + 1
      await proposalStore.note(step, place, { kind, version, periods, comment })
      step.tell({
        name: proposalChanged,
        payload: { planId, node, kind, comment, version, personId: row.personId },
      })
      step.audit({
        object: 'target_proposal',
        recordId: planId,
        action: kind,
        before: { version: wish.version },
        after: { node, periods, comment },
      })
      const stored = await proposalStore.find(tx, place)
      if (!stored) throw targetErrors.NODE_NOT_FOUND()
      return { proposal: onTheWire(stored) }
    },
    { kind: 'proposal.write' },
  )
}

async function write(step: Step, place: ProposedPlace, seen: number | null, periods: readonly string[]) {
  const isWritten =
    seen === null
      ? await proposalStore.insert(step, place, periods)
      : await proposalStore.update(step, place, { version: seen, periods })
  if (isWritten) return
  const there = await proposalStore.find(step.tx, place)
  throw agreementErrors.PROPOSAL_CHANGED({ name: there?.byName ?? '—' }, [], there ? onTheWire(there) : undefined)
}

/** The wished parts over the plan's periods by its season, or PROPOSAL_INVALID naming every field at fault. */
function periodsWished({ unit }: StoredPlan, row: StoredRow, { parts, comment }: Wish, isOwn: boolean): string[] {
  const faults: FieldFault[] = parts.flatMap((part, at) =>
    isWhole(part, unit) ? [] : [{ field: `parts.${at}`, code: 'too-fine', label: tooFine, params: { part, unit } }],
  )
  if (!isOwn && !comment) faults.push({ field: 'comment', code: 'required', label: sayWhy })
  const shape = row.months.map((value) => toUnits(value, unit))
  const spread =
    faults.length > 0
      ? null
      : overPeriods(
          parts.map((part) => toUnits(part, unit)),
          shape,
        )
  if (spread && !spread.ok) {
    faults.push({ field: 'parts', code: 'uneven', label: uneven, params: { n: parts.length, periods: shape.length } })
  }
  if (!spread?.ok) throw agreementErrors.PROPOSAL_INVALID({}, faults)
  return spread.periods.map((value) => fromUnits(value, unit))
}

const tooFine = { zh: '{part} 不是 {unit} 的整数倍', en: '{part} is not a multiple of {unit}' }
const sayWhy = { zh: '调整别人的上报请写明原因', en: 'Say why, when you adjust the number of somebody else' }
const uneven = {
  zh: '{n} 个数不能平分到 {periods} 期；请填全年、每季度或每期的数',
  en: '{n} numbers do not divide {periods} periods; give one for the year, for each quarter or for each period',
}
