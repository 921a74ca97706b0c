import type { FieldFault } from '#base/errors.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import { granteeKey } from '#engine/policy/sharing.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId, newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { recordErrors } from '#platform/records/errors.ts'
import { findRecord } from '#platform/records/read.ts'
import { loadStored } from '#platform/records/record-store.ts'
import { may, objectFor } from '#platform/records/scope.ts'
import { dropShare, keepShare, sharesOf } from '#platform/records/share-store.ts'
import { scopeOf } from '#platform/records/sight.ts'
import { recordShared, type ShareDraft, type ShareView } from '../contract.ts'
import { accessErrors, faultOf } from '../errors.ts'
import { isThere, namesOfGrantees } from './grantees.ts'
import { isOwned } from './owned.ts'

/** The team of a record in reach, and with whom it is shared; whether the actor may change that. */
export async function listShares(ctx: Ctx, key: string, id: string) {
  const object = objectFor(ctx, key, 'read')
  const { shares, canShare } = await inView(ctx, async (tx) => {
    if (!(await findRecord(tx, ctx, object, id))) throw recordErrors.RECORD_NOT_FOUND()
    const isMine = may(ctx, object, 'update') && (await isOwned(tx, ctx, object, id, await scopeOf(ctx, object, 'own')))
    return { shares: await sharesOf(tx, ctx, key, id), canShare: isMine }
  })
  const names = await namesOfGrantees(ctx, shares.map(({ to }) => to)) // prettier-ignore
  return {
    shares: shares.map(({ to, ...share }): ShareView => ({
      ...share,
      to: { ...to, name: names.get(granteeKey(to)) ?? '—' },
      isOver: share.until !== null && share.until < ctx.today,
    })),
    canShare,
  }
}

/**
 * Shares a record with somebody, or changes how it is. Only who reaches its owner shares it on: RECORD_ONLY_SEEN for who
 * sees it otherwise.
 */
export async function shareRecord(ctx: Ctx, key: string, recordId: string, draft: ShareDraft): Promise<{ id: string }> {
  const object = objectFor(ctx, key, 'update')
  const faults: FieldFault[] = []
  if (object.visibleToAll) faults.push(faultOf('to', 'open', { object: object.label.zh, objectEn: object.label.en }))
  if (!(await isThere(ctx, draft.to))) faults.push(faultOf('to', 'grantee'))
  if (draft.until !== undefined && draft.until < ctx.today) faults.push(faultOf('until', 'day'))
  if (faults.length > 0) throw accessErrors.SHARE_REFUSED({}, faults)
  return inStep(
    ctx,
    async (step) => {
      await lockOwned(step, object, recordId)
      const id = newId()
      const { to, level, part = null, note = null, until = null } = draft
      await keepShare(step, { object: key, recordId }, { id, to, level, part, note: note === '' ? null : note, until })
      const after = { share: { to, level, part, until } }
      step.audit({ object: key, recordId, action: 'shared', before: null, after })
      step.tell({ name: recordShared, payload: { object: key, id: recordId, to, level, part } })
      return { id }
    },
    { kind: 'record.share' },
  )
}

/** Ends a share; whoever it was shared with no longer sees the record by it from the next request on. */
export async function endShare(ctx: Ctx, key: string, recordId: string, shareId: string): Promise<void> {
  const object = objectFor(ctx, key, 'update')
  await inStep(
    ctx,
    async (step) => {
      await lockOwned(step, object, recordId)
      const share = (await sharesOf(step.tx, ctx, key, recordId)).find(({ id }) => id === shareId)
      if (!share || !(await dropShare(step, { object: key, recordId }, shareId))) throw accessErrors.SHARE_NOT_FOUND()
      const { to, level, part, until } = share
      step.audit({
        object: key,
        recordId,
        action: 'unshared',
        before: { share: { to, level, part, until } },
        after: null,
      })
      step.tell({ name: recordShared, payload: { object: key, id: recordId, to, level: null, part } })
    },
    { kind: 'record.unshare' },
  )
}

async function lockOwned(step: Step, object: ObjectType, id: string): Promise<void> {
  const stored = isId(id) ? (await loadStored(step, object, [id])).get(id) : undefined
  if (!stored) throw recordErrors.RECORD_NOT_FOUND()
  if (!stored.mayGiveAway) throw recordErrors.RECORD_ONLY_SEEN()
}
