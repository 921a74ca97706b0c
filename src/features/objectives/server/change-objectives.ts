import type { FieldFault } from '#base/errors.ts'
import { readPeriod } from '#engine/calendar/period.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import type { Step } from '#platform/db/step.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import { mayAct } from '#platform/records/scope.ts'
import { targetErrors } from '#features/targets/contract.ts'
import { openPlan, readNodeId, readyReach } from '#features/targets/server/index.ts'
import { manageObjectives, objectiveChanged, objectiveErrors, type ObjectiveFields } from '../contract.ts'
import { makesCircle } from '../objective-tree.ts'
import { objectiveStore } from './objective-store.ts'
import type { StoredObjective } from './objective-store.ts'

type Wish = { readonly [K in keyof ObjectiveFields]?: ObjectiveFields[K] | undefined }

const empty = { note: '', parentId: null, ownerId: null, metric: null, unitId: null, status: 'open' } as const

export async function createObjective(ctx: Ctx, wish: Wish & Pick<ObjectiveFields, 'name' | 'period'>) {
  return inStep(
    ctx,
    async (step) => {
      const all = await objectiveStore.holdAll(step)
      const fields = await checked(step, all, null, { ...empty, ...given(wish), name: wish.name, period: wish.period })
      const id = await objectiveStore.insert(step, fields)
      follow(step, id, 'created', null, fields)
      return { id, version: 1 }
    },
    { kind: 'objective.create' },
  )
}

/** Changes or moves an objective. Its owner may as well, but only say how it stands. */
export async function changeObjective(ctx: Ctx, id: string, { version, ...wish }: Wish & { readonly version: number }) {
  return inStep(
    ctx,
    async (step) => {
      const all = await objectiveStore.holdAll(step)
      const before = found(all, id)
      refuseStranger(ctx, before, wish)
      if (before.version !== version) throw objectiveErrors.OBJECTIVE_CHANGED()
      const fields = await checked(step, all, id, { ...fieldsOf(before), ...given(wish) })
      await objectiveStore.update(step, id, fields)
      follow(step, id, 'updated', fieldsOf(before), fields)
      return { id, version: version + 1 }
    },
    { kind: 'objective.update' },
  )
}

export async function deleteObjective(ctx: Ctx, id: string): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const all = await objectiveStore.holdAll(step)
      const before = found(all, id)
      if (all.some(({ parentId }) => parentId === id)) throw objectiveErrors.OBJECTIVE_HAS_CHILDREN()
      await objectiveStore.remove(step, id)
      follow(step, id, 'deleted', fieldsOf(before), null)
    },
    { kind: 'objective.delete' },
  )
}

interface Linked {
  readonly planId: string
  readonly node: string | null
}

/** Sets which plans, or rows of plans within reach, serve the objective. */
export async function linkObjective(ctx: Ctx, id: string, { links }: { readonly links: readonly Linked[] }) {
  await readyReach(ctx)
  await inStep(
    ctx,
    async (step) => {
      found(await objectiveStore.holdAll(step), id)
      const places = []
      for (const { planId, node } of links) {
        const open = await openPlan(step.tx, ctx, planId)
        if (node !== null && !open.rows.some((row) => row.id === node)) throw targetErrors.NODE_NOT_FOUND()
        const place = node === null ? null : readNodeId(node)
        places.push({ planId, unitId: place?.unitId ?? null, personId: place?.personId ?? null })
      }
      await objectiveStore.putLinks(step, id, places)
      follow(step, id, 'linked', null, { links })
    },
    { kind: 'objective.link' },
  )
}

function found(all: readonly StoredObjective[], id: string): StoredObjective {
  const one = all.find((each) => each.id === id)
  if (!one) throw objectiveErrors.OBJECTIVE_NOT_FOUND()
  return one
}

function given(wish: Wish): Partial<ObjectiveFields> {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
}

function fieldsOf({ name, note, parentId, ownerId, period, metric, unitId, status }: ObjectiveFields): ObjectiveFields {
  return { name, note, parentId, ownerId, period, metric, unitId, status }
}

function refuseStranger(ctx: Ctx, before: StoredObjective, wish: Wish): void {
  if (mayAct(ctx, manageObjectives)) return
  const isOwner = before.ownerId !== null && before.ownerId === ctx.actor.personId
  const mayOwner = new Set(['status', 'note'])
  const label = {
    zh: '负责人可以改状态和说明；其他由有“管理战略目标”权限的人修改',
    en: 'Its owner changes status and note; all else is changed by those who manage objectives',
  }
  const beyond = Object.keys(given(wish)).filter((field) => !isOwner || !mayOwner.has(field))
  const faults = beyond.map((field) => ({ field, code: 'not-yours', label }))
  if (faults.length > 0 || !isOwner) throw objectiveErrors.OBJECTIVE_INVALID({}, faults)
}

/** The fields as they are kept, or why not, naming each; OBJECTIVE_CIRCLE where it would stand below itself. */
async function checked(
  step: Step,
  all: readonly StoredObjective[],
  id: string | null,
  fields: ObjectiveFields,
): Promise<ObjectiveFields> {
  const { ctx, tx } = step
  const unknown = { zh: '找不到', en: 'not found' }
  const faults: FieldFault[] = []
  const { parentId, ownerId, metric, unitId, period } = fields
  if (parentId !== null && !all.some((one) => one.id === parentId)) {
    faults.push({ field: 'parentId', code: 'unknown', label: unknown })
  }
  if (ownerId !== null && !(await objectiveStore.isThere(tx, 'person', ownerId))) {
    faults.push({ field: 'ownerId', code: 'unknown', label: unknown })
  }
  if (unitId !== null && !(await objectiveStore.isThere(tx, 'unit', unitId))) {
    faults.push({ field: 'unitId', code: 'unknown', label: unknown })
  }
  if (metric !== null && !metricsInSight(ctx).find(metric)) {
    faults.push({ field: 'metric', code: 'unknown', label: unknown })
  }
  const read = readPeriod(period, ctx.company.calendar)
  if (!read.ok) {
    const label = { zh: '请用 2026、2026-Q2 或 2026-M04', en: 'Write 2026, 2026-Q2 or 2026-M04' }
    faults.push({ field: 'period', code: read.reason, label })
  }
  if (faults.length > 0) throw objectiveErrors.OBJECTIVE_INVALID({}, faults)
  if (id !== null && makesCircle(all, id, parentId)) throw objectiveErrors.OBJECTIVE_CIRCLE()
  // A measure has its place: whoever sees only a part would read their own part as the whole.
  const at = metric !== null && unitId === null ? ((await objectiveStore.topUnit(tx)) ?? null) : unitId
  return { ...fields, unitId: at, period: read.ok ? read.period.key : period }
}

function follow(step: Step, id: string, action: string, before: unknown, after: unknown): void {
  step.audit({ object: 'objective', recordId: id, action, before, after })
  step.tell({ name: objectiveChanged, payload: { objectiveId: id } })
}
