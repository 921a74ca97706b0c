import {
  drawnOn,
  openOrg,
  structureById,
  structureOf,
  takeBackRedrawn,
  writeRedrawn,
} from '#features/org/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step, type Tx } from '#platform/db/step.ts'
import { mayAct } from '#platform/records/scope.ts'
import type { FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import { reorganised, type DraftShape } from '../contract.ts'
import type { DraftStep } from '../draft-step.ts'
import type { Drawing } from '../drawing.ts'
import { reorganisationErrors } from '../errors.ts'
import { confirmReorganisations, prepareReorganisations } from '../permissions.ts'
import { isEmpty, redrawnBetween } from '../redrawn.ts'
import { takeSteps } from '../take-step.ts'
import { draftStore, type Draft } from './draft-store.ts'

export async function listDrafts(ctx: Ctx) {
  return inView(ctx, async (tx) => {
    const drafts = []
    for (const draft of await draftStore.all(tx)) {
      drafts.push({ ...(await onTheWire(tx, ctx, draft)), steps: draft.steps.length })
    }
    return { drafts }
  })
}

interface Wanted {
  readonly name: string
  readonly effectiveOn: string
  readonly structure?: string | undefined
  readonly steps: readonly DraftStep[]
}

/** Prepares a reorganisation: nothing of the organisation changes. */
export async function createDraft(ctx: Ctx, wanted: Wanted): Promise<DraftShape> {
  return inStep(
    ctx,
    async (step) => {
      const structure = await structureOf(step.tx, wanted.structure)
      refusePast(ctx, wanted.effectiveOn)
      refuseFaults(takeSteps(await drawnOn(step.tx, structure.id, wanted.effectiveOn), wanted.steps).faults)
      const id = await draftStore.insert(step, { ...wanted, structureId: structure.id })
      step.audit({ object: 'reorganisation', recordId: id, action: 'created', before: null, after: wanted })
      return shown(step, id)
    },
    { kind: 'reorganisation.create' },
  )
}

/** Saves the steps; each is taken on a copy of the organisation of its day, and the first that cannot be is told. */
export async function saveDraft(
  ctx: Ctx,
  id: string,
  wanted: Wanted & { readonly version: number },
): Promise<DraftShape> {
  return inStep(
    ctx,
    async (step) => {
      const before = await draftAt(step, id, wanted.version)
      if (before.status !== 'draft') throw refused('id', 'not_draft', words.notDraft)
      refusePast(ctx, wanted.effectiveOn)
      refuseFaults(takeSteps(await drawnOn(step.tx, before.structureId, wanted.effectiveOn), wanted.steps).faults)
      await draftStore.save(step, id, wanted)
      step.audit({ object: 'reorganisation', recordId: id, action: 'updated', before, after: wanted })
      return shown(step, id)
    },
    { kind: 'reorganisation.change' },
  )
}

export async function deleteDraft(ctx: Ctx, id: string): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const before = await draftStore.one(step.tx, id, true)
      if (before.status === 'confirmed') throw refused('id', 'not_draft', words.notDraft)
      await draftStore.remove(step, id)
      step.audit({ object: 'reorganisation', recordId: id, action: 'deleted', before, after: null })
    },
    { kind: 'reorganisation.delete' },
  )
}

/** Writes it, as the organisation is set up now, from its day on: all of it or nothing. */
export async function confirmDraft(ctx: Ctx, id: string, version: number): Promise<DraftShape> {
  return inStep(
    ctx,
    async (step) => {
      // Held before it is read: what somebody else confirms meanwhile is what this one begins from.
      await openOrg(step)
      const draft = await draftAt(step, id, version)
      if (draft.status !== 'draft') throw refused('id', 'not_draft', words.notDraft)
      refusePast(ctx, draft.effectiveOn)
      const { before, redrawn, faults } = await redraw(step.tx, draft)
      refuseFaults(faults)
      if (isEmpty(redrawn)) throw refused('steps', 'empty', words.empty)
      const facts = await writeRedrawn(step, wishOf(draft, redrawn))
      await draftStore.saveConfirmed(step, id, facts, {
        units: [...before.units.values()],
        assignments: before.assignments,
      })
      step.audit({ object: 'reorganisation', recordId: id, action: 'published', before: draft, after: redrawn })
      step.tell({ name: reorganised, payload: { reorganisationId: id, status: 'confirmed' } })
      return shown(step, id)
    },
    { kind: 'reorganisation.confirm' },
  )
}

/** Before its day a confirmed reorganisation can be taken back as a whole. */
export async function revokeDraft(ctx: Ctx, id: string, version: number): Promise<DraftShape> {
  return inStep(
    ctx,
    async (step) => {
      const draft = await draftAt(step, id, version)
      if (draft.status !== 'confirmed') throw refused('id', 'not_confirmed', words.notConfirmed)
      if (draft.effectiveOn <= ctx.today) throw refused('id', 'begun', words.begun)
      const facts = await draftStore.facts(step.tx, id)
      await takeBackRedrawn(step, { id, on: draft.effectiveOn }, facts)
      await draftStore.saveRevoked(step, id)
      step.audit({ object: 'reorganisation', recordId: id, action: 'revoked', before: draft, after: null })
      step.tell({ name: reorganised, payload: { reorganisationId: id, status: 'revoked' } })
      return shown(step, id)
    },
    { kind: 'reorganisation.revoke' },
  )
}

export async function draftRevisions(ctx: Ctx, id: string) {
  return inView(ctx, async (tx) => {
    await draftStore.one(tx, id)
    return { revisions: await draftStore.revisions(tx, id) }
  })
}

/** The organisation of the day of a draft, before and after its steps; of a confirmed one as it was set up before. */
export async function redraw(tx: Tx, draft: Pick<Draft, 'structureId' | 'effectiveOn' | 'steps' | 'drawn'>) {
  const now = await drawnOn(tx, draft.structureId, draft.effectiveOn)
  const before: Drawing = draft.drawn
    ? { ...now, units: new Map(draft.drawn.units.map((unit) => [unit.id, unit])), assignments: draft.drawn.assignments }
    : now
  const { drawing: after, faults } = takeSteps(before, draft.steps)
  return { before, after, faults, redrawn: redrawnBetween(before, after) }
}

const wishOf = (draft: Draft, redrawn: ReturnType<typeof redrawnBetween>) => ({
  id: draft.id,
  structureId: draft.structureId,
  on: draft.effectiveOn,
  redrawn,
})

async function draftAt(step: Step, id: string, version: number): Promise<Draft> {
  const draft = await draftStore.one(step.tx, id, true)
  if (draft.version !== version) {
    throw reorganisationErrors.REORGANISATION_CHANGED({ name: draft.name }, [], { current: draft })
  }
  return draft
}

const shown = async ({ tx, ctx }: Step, id: string) => onTheWire(tx, ctx, await draftStore.one(tx, id))

export async function onTheWire(tx: Tx, ctx: Ctx, draft: Draft): Promise<DraftShape> {
  const { structureId, steps, changedAt, confirmedAt, drawn: _, ...rest } = draft
  const { nameZh, nameEn } = await structureById(tx, structureId)
  const [mayPrepare, mayConfirm] = [mayAct(ctx, prepareReorganisations), mayAct(ctx, confirmReorganisations)]
  return {
    ...rest,
    steps: [...steps],
    structure: { zh: nameZh, en: nameEn },
    changedAt: changedAt.toISOString(),
    confirmedAt: confirmedAt?.toISOString() ?? null,
    can: {
      edit: mayPrepare && draft.status === 'draft',
      confirm: mayConfirm && draft.status === 'draft' && draft.effectiveOn >= ctx.today,
      revoke: mayConfirm && draft.status === 'confirmed' && draft.effectiveOn > ctx.today,
    },
  }
}

function refuseFaults(faults: ReadonlyMap<number, FieldFault>): void {
  if (faults.size > 0) throw reorganisationErrors.REORGANISATION_REFUSED({}, [...faults.values()])
}

function refusePast(ctx: Ctx, day: string): void {
  if (day < ctx.today) throw refused('effectiveOn', 'past', words.past)
}

const refused = (field: string, code: string, label: Label) =>
  reorganisationErrors.REORGANISATION_REFUSED({}, [{ field, code, label }])

const words = {
  notDraft: { zh: '已确认的方案不能再改；生效前可以撤销', en: 'It is confirmed; before its day it can be revoked' },
  notConfirmed: { zh: '它还没有确认', en: 'It is not confirmed' },
  begun: { zh: '生效日已到，不能撤销', en: 'Its day has come; it cannot be revoked' },
  empty: { zh: '方案里还没有任何变动', en: 'It changes nothing yet' },
  past: { zh: '生效日不能早于今天', en: 'It cannot begin before today' },
} as const
