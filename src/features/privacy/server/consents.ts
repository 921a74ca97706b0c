import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import { inStep, inView, type Tx } from '#platform/db/step.ts'
import { findRecord } from '#platform/records/read.ts'
import { may, objectFor } from '#platform/records/scope.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { ConsentSaid } from '../contract.ts'
import { privacyErrors } from '../errors.ts'
import { isPersonal } from '../personal-objects.ts'
import { consentsOf, insertConsent, withdrawnOf } from './consent-store.ts'

interface Place {
  readonly object: string
  readonly id: string
}

/** What a person in reach agreed to and withdrew. */
export async function listConsents(ctx: Ctx, place: Place) {
  const object = objectFor(ctx, place.object, 'read')
  return inView(ctx, async (tx) => {
    await mustSee(tx, ctx, object, place.id)
    return {
      consents: await consentsOf(tx, ctx, place),
      withdrawn: await withdrawnOf(tx, ctx, place),
      canRecord: may(ctx, object, 'update'),
    }
  })
}

/** Records what a person said; nothing said before is changed. */
export async function recordConsent(ctx: Ctx, place: Place, said: ConsentSaid) {
  const object = objectFor(ctx, place.object, 'update')
  return inStep(
    ctx,
    async (step) => {
      await mustSee(step.tx, ctx, object, place.id)
      const written = await insertConsent(step, place, said)
      const { kind, saidOn, channel, textVersion, note } = written
      const after = { object: object.key, kind, saidOn, channel, textVersion, note }
      step.audit({ object: 'consent', recordId: place.id, action: said.state, before: null, after })
      step.tell({ name: `consent.${said.state}`, payload: { object: object.key, recordId: place.id, kind } })
      return written
    },
    { kind: 'consent.record' },
  )
}

async function mustSee(tx: Tx, ctx: Ctx, object: ObjectType, id: string): Promise<void> {
  if (!isPersonal(object) || !isId(id)) throw privacyErrors.SUBJECT_NOT_FOUND()
  if (!(await findRecord(tx, ctx, object, id))) throw privacyErrors.SUBJECT_NOT_FOUND()
}
