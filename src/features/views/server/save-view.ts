import pg from 'pg'
import { namedAsKept } from '#engine/query/renamed.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { objectFor } from '#platform/records/scope.ts'
import { unitsAround, type UnitsAround } from '#features/org/server/index.ts'
import { viewErrors, type SavedView, type ViewDefinition, type ViewKind, type Visibility } from '../contract.ts'
import { withoutGone } from '../without-gone.ts'
import { becameOfView, mayChange, seenView, sharingUnits, showView } from './show-views.ts'
import {
  deleteView,
  deleteViewsOfRole,
  isOffice,
  lockView,
  viewOfRole,
  writeChoice,
  writeView,
  type StoredView,
  type ViewRow,
} from './view-store.ts'

export interface NewView {
  readonly object: string
  readonly name: string
  readonly kind: ViewKind
  readonly definition: ViewDefinition
  readonly visibility?: Visibility | undefined
}

/** Saves a view: private unless told; sharing takes the right to. */
export async function createView(ctx: Ctx, input: NewView): Promise<SavedView> {
  const view: ViewRow = { ...input, id: newId(), visibility: input.visibility ?? { to: 'private' } }
  objectFor(ctx, view.object, 'read')
  refuseGone(ctx, view)
  const around = await unitsAround(ctx)
  await oncePerRole(() =>
    inStep(
      ctx,
      async (step) => {
        await refuseSharing(step, view, around)
        await writeView(step.tx, ctx, view)
        step.audit({ object: 'view', recordId: view.id, action: 'created', before: null, after: told(view) })
      },
      { kind: 'view.create' },
    ),
  )
  return showView(ctx, view.id)
}

export interface ViewChange {
  readonly version?: number | undefined
  readonly name?: string | undefined
  readonly kind?: ViewKind | undefined
  readonly definition?: ViewDefinition | undefined
  readonly visibility?: Visibility | undefined
}

/** Changes what is given of a view. */
export async function changeView(ctx: Ctx, id: string, change: ViewChange): Promise<SavedView> {
  const around = await unitsAround(ctx)
  await oncePerRole(() =>
    inStep(
      ctx,
      async (step) => {
        const version = await lockView(step.tx, ctx, id)
        const before = await seenView(step.tx, ctx, id, around)
        if (!mayChange(ctx, before)) throw viewErrors.VIEW_NOT_YOURS()
        if (change.version !== undefined && change.version !== version) throw viewErrors.VIEW_CHANGED()
        const after: ViewRow = {
          id,
          object: before.object,
          name: change.name ?? before.name,
          kind: change.kind ?? before.kind,
          definition: change.definition ? await asKept(step, before, change.definition) : before.definition,
          visibility: change.visibility ?? before.visibility,
        }
        if (change.definition) refuseGone(ctx, after)
        if (change.visibility) await refuseSharing(step, after, around)
        await writeView(step.tx, ctx, after)
        step.audit({ object: 'view', recordId: id, action: 'updated', before: told(before), after: told(after) })
      },
      { kind: 'view.change' },
    ),
  )
  return showView(ctx, id)
}

/** Deletes a view; nothing but the view is lost, and its audit keeps how it was. */
export async function removeView(ctx: Ctx, id: string): Promise<void> {
  const around = await unitsAround(ctx)
  await inStep(
    ctx,
    async (step) => {
      await lockView(step.tx, ctx, id)
      const before = await seenView(step.tx, ctx, id, around)
      if (!mayChange(ctx, before)) throw viewErrors.VIEW_NOT_YOURS()
      await deleteView(step.tx, ctx, id)
      step.audit({ object: 'view', recordId: id, action: 'deleted', before: told(before), after: null })
    },
    { kind: 'view.delete' },
  )
}

/** The views that a role begins with go with it. */
export async function removeViewsOfRole(step: Step, role: string): Promise<void> {
  for (const view of await deleteViewsOfRole(step.tx, step.ctx, role)) {
    step.audit({ object: 'view', recordId: view.id, action: 'deleted', before: told(view), after: null })
  }
}

/** Chooses the view of an object that the actor begins with; null: that of the role. */
export async function beginWith(ctx: Ctx, objectKey: string, viewId: string | null): Promise<void> {
  const object = objectFor(ctx, objectKey, 'read')
  if (ctx.actor.personId === null) return
  if (viewId !== null) {
    const around = await unitsAround(ctx)
    const view = await inView(ctx, (tx) => seenView(tx, ctx, viewId, around))
    if (view.object !== object.key) throw viewErrors.VIEW_NOT_FOUND()
  }
  await inStep(ctx, ({ tx }) => writeChoice(tx, ctx, object.key, viewId))
}

/** Who changes a view saw what merged records became; what they left alone names the same records as before. */
async function asKept({ tx, ctx }: Step, before: StoredView, definition: ViewDefinition): Promise<ViewDefinition> {
  const kept = before.definition.filter
  if (!kept || !definition.filter) return definition
  return { ...definition, filter: namedAsKept(definition.filter, kept, await becameOfView(tx, ctx, before)) }
}

function refuseGone(ctx: Ctx, { object, definition }: ViewRow): void {
  const { catalogue } = ctx.company
  const { gone } = withoutGone(definition, catalogue.get(object), catalogue)
  if (gone.length === 0) return
  const label = { zh: '没有这个字段，或条件不适合它', en: 'There is no such field, or the condition does not fit it' }
  throw viewErrors.VIEW_INVALID(
    {},
    gone.map((field) => ({ field, code: 'field', label })),
  )
}

async function refuseSharing(step: Step, view: ViewRow, around: UnitsAround): Promise<void> {
  const { visibility } = view
  if (visibility.to === 'private') return
  if (visibility.to === 'unit') {
    const units = await sharingUnits(step.tx, step.ctx, around)
    if (!units.some(({ id }) => id === visibility.unitId)) throw viewErrors.SHARING_NOT_ALLOWED()
    return
  }
  if (!isOffice(step.ctx)) throw viewErrors.SHARING_NOT_ALLOWED()
  if (visibility.to !== 'role') return
  const name = await viewOfRole(step.tx, step.ctx, { object: view.object, role: visibility.role, apart: view.id })
  if (name !== undefined) throw viewErrors.ROLE_HAS_VIEW({ name })
}

/** Two at once gave a role its view: the index let one through. */
async function oncePerRole(save: () => Promise<void>): Promise<void> {
  try {
    await save()
  } catch (error) {
    const isRace = error instanceof pg.DatabaseError && error.constraint === 'saved_view_of_role'
    throw isRace ? viewErrors.ROLE_HAS_VIEW({ name: '…' }) : error
  }
}

function told({ name, kind, definition, visibility }: Omit<ViewRow, 'id'>) {
  return { name, kind, definition, visibility }
}
