import type { ObjectType } from '#engine/model/object-type.ts'
import { renamed } from '#engine/query/renamed.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { becameOf } from '#platform/merge/resolve-filter.ts'
import { mayAct, objectFor } from '#platform/records/scope.ts'
import { unitsAround, type UnitsAround } from '#features/org/server/index.ts'
import { viewErrors, type SavedView } from '../contract.ts'
import { shareViews } from '../permissions.ts'
import { withoutGone } from '../without-gone.ts'
import { choiceOf, historyOfView, isOffice, unitNames, viewsSeen, type StoredView } from './view-store.ts'

/** The views of an object that the actor sees, by name, and with whom the actor may share. */
export async function listViews(ctx: Ctx, objectKey: string) {
  const object = objectFor(ctx, objectKey, 'read')
  const around = await unitsAround(ctx)
  return inView(ctx, async (tx) => {
    const stored = await viewsSeen(tx, ctx, { object: object.key }, around)
    const chosen = await choiceOf(tx, ctx, object.key)
    const first = firstOf(ctx, stored, chosen)
    return {
      views: await shownViews(tx, ctx, object, { stored, first }),
      sharing: { units: [...(await sharingUnits(tx, ctx, around))], everybody: isOffice(ctx) },
    }
  })
}

/** A view that the actor sees, as it is shown. */
export async function showView(ctx: Ctx, id: string): Promise<SavedView> {
  const around = await unitsAround(ctx)
  return inView(ctx, async (tx) => {
    const view = await seenView(tx, ctx, id, around)
    const chosen = await choiceOf(tx, ctx, view.object)
    const all = await viewsSeen(tx, ctx, { object: view.object }, around)
    const became = await becameOfView(tx, ctx, view)
    return shownView(ctx, afterMerges(view, became), firstOf(ctx, all, chosen) === view.id)
  })
}

/** Who changed a view that the actor sees, newest first. */
export async function viewHistory(ctx: Ctx, id: string) {
  const around = await unitsAround(ctx)
  return inView(ctx, async (tx) => {
    await seenView(tx, ctx, id, around)
    return historyOfView(tx, ctx, id)
  })
}

/** The view as it is stored, or VIEW_NOT_FOUND: what is not shared with the actor is not there. */
export async function seenView(tx: Tx, ctx: Ctx, id: string, around: UnitsAround): Promise<StoredView> {
  const [view] = await viewsSeen(tx, ctx, { id }, around)
  if (!view) throw viewErrors.VIEW_NOT_FOUND()
  objectFor(ctx, view.object, 'read')
  return view
}

/** Whoever made it, and the office for what is shared. */
export function mayChange(ctx: Ctx, { createdBy, visibility }: StoredView): boolean {
  if (createdBy !== null && createdBy === ctx.actor.personId) return true
  return isOffice(ctx) && visibility.to !== 'private'
}

/** With which units the actor may share: the office with all, leaders with their own and those below. */
export async function sharingUnits(tx: Tx, ctx: Ctx, around: UnitsAround) {
  if (isOffice(ctx)) return unitNames(tx, ctx, 'all')
  return mayAct(ctx, shareViews) ? unitNames(tx, ctx, around.under) : []
}

/** The own choice if it is still to be seen, else what the role begins with. */
function firstOf(ctx: Ctx, views: readonly StoredView[], chosen: string | undefined): string | undefined {
  if (chosen !== undefined && views.some(({ id }) => id === chosen)) return chosen
  return views.find(({ visibility }) => visibility.to === 'role' && visibility.role === ctx.actor.role.key)?.id
}

/** Views of one object. A view that names a record that was merged away means what that became. */
async function shownViews(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  { stored, first }: { readonly stored: readonly StoredView[]; readonly first: string | undefined },
): Promise<SavedView[]> {
  const filters = stored.flatMap(({ definition }) => definition.filter ?? [])
  const became = await becameOf(tx, ctx, object, filters)
  return stored.map((view) => shownView(ctx, afterMerges(view, became), view.id === first))
}

/** What the records that the filter of a view names became, where they were merged away. */
export async function becameOfView(tx: Tx, ctx: Ctx, { object: key, definition }: StoredView) {
  return becameOf(tx, ctx, ctx.company.catalogue.get(key), definition.filter ? [definition.filter] : [])
}

function afterMerges(view: StoredView, became: ReadonlyMap<string, string>): StoredView {
  const { filter } = view.definition
  return filter ? { ...view, definition: { ...view.definition, filter: renamed(filter, became) } } : view
}

function shownView(ctx: Ctx, view: StoredView, isFirst: boolean): SavedView {
  const { catalogue } = ctx.company
  const { definition, gone } = withoutGone(view.definition, catalogue.get(view.object), catalogue)
  return { ...view, definition, gone: [...gone], isFirst, can: { change: mayChange(ctx, view) } }
}
