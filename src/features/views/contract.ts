import { z } from 'zod'
import { defineErrors } from '#base/errors.ts'
import { defineRoute } from '#engine/contract/route.ts'
import { roleKey } from '#engine/contract/role-key.ts'
import { buckets } from '#engine/query/bucket.ts'
import { aggregates, filterSchema } from '#engine/query/filter.ts'

export const viewErrors = defineErrors({
  VIEW_NOT_FOUND: { status: 404, label: { zh: '找不到这个视图', en: 'This view was not found' } },
  VIEW_INVALID: { status: 422, label: { zh: '视图有误', en: 'The view is not valid' } },
  VIEW_CHANGED: {
    status: 409,
    label: {
      zh: '别人刚刚修改了这个视图，请重新打开后再保存',
      en: 'Someone changed this view meanwhile; open it again before you save',
    },
  },
  VIEW_NOT_YOURS: {
    status: 403,
    label: {
      zh: '只有创建者、管理员或销售运营可以修改这个视图；您可以另存一份',
      en: 'Only who made this view, administrators and sales operations may change it; save a copy of your own',
    },
  },
  SHARING_NOT_ALLOWED: {
    status: 403,
    label: {
      zh: '您不能这样共享视图：经理可共享给自己的团队，管理员和销售运营可共享给全公司',
      en: 'You may not share a view like this: managers share with their team, administrators and sales operations with everybody',
    },
  },
  ROLE_HAS_VIEW: {
    status: 409,
    label: { zh: '这个角色已有默认视图“{name}”', en: 'This role begins with the view “{name}” already' },
  },
})

export const viewKinds = ['list', 'kanban', 'calendar', 'timeline', 'map'] as const
export type ViewKind = (typeof viewKinds)[number]

const field = z.string().min(1).max(100)
const column = z.strictObject({
  field,
  /** Pixels; as wide as the field asks for unless told. */
  width: z.number().int().min(60).max(800).optional(),
  /** Stays at the left while the others are scrolled. */
  pinned: z.boolean().optional(),
})

/** What a view shows. What is absent is as usual for the object. */
export const definitionSchema = z.strictObject({
  filter: filterSchema.optional(),
  sort: z
    .array(z.strictObject({ field, descending: z.boolean().optional() }))
    .max(5)
    .optional(),
  columns: z.array(column).max(200).optional(),
  /** Up to two levels with subtotals. */
  group: z
    .array(z.strictObject({ field, by: z.enum(buckets).optional() }))
    .max(2)
    .optional(),
  density: z.enum(['comfortable', 'compact']).optional(),
  /** The figures under the columns. */
  summary: z
    .array(z.strictObject({ field, aggregate: z.enum(aggregates) }))
    .max(20)
    .optional(),
  /** Columns of the board, and what is summed in their heads. */
  kanban: z.strictObject({ by: field, sum: field.optional() }).optional(),
  calendar: z.strictObject({ by: field, span: z.enum(['month', 'week']).optional() }).optional(),
  timeline: z
    .strictObject({ from: field, to: field.optional(), scale: z.enum(['week', 'month', 'quarter']).optional() })
    .optional(),
  /** The field that names a province, and what is summed; the number of records unless told. */
  map: z.strictObject({ by: field, sum: field.optional() }).optional(),
})
export type ViewDefinition = z.infer<typeof definitionSchema>

const visibilitySchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('private') }),
  /** The people who today stand in this unit or below. */
  z.strictObject({ to: z.literal('unit'), unitId: z.uuid() }),
  z.strictObject({ to: z.literal('everybody') }),
  /** Everybody of the role begins with it. */
  z.strictObject({ to: z.literal('role'), role: roleKey }),
])
export type Visibility = z.infer<typeof visibilitySchema>

const name = z.string().trim().min(1).max(60)
const object = z.string().min(1).max(60)
/** As large as the database counts. */
const seenVersion = z.number().int().min(1).max(2_147_483_647)

const view = z.object({
  id: z.uuid(),
  object: z.string(),
  name: z.string(),
  kind: z.enum(viewKinds),
  definition: definitionSchema,
  visibility: visibilitySchema,
  version: z.number().int(),
  createdBy: z.uuid().nullable(),
  createdByName: z.string().nullable(),
  /** Does the person begin with it? By an own choice, else by the role's. */
  isFirst: z.boolean(),
  /** Fields that the view names and the object has no more; the definition is given without them. */
  gone: z.array(z.string()),
  can: z.object({ change: z.boolean() }),
})
export type SavedView = z.infer<typeof view>

export const viewsRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/v1/views',
    summary: { zh: '能看到的视图', en: 'The views of an object that the caller sees' },
    access: 'signed-in',
    query: z.strictObject({ object }),
    reply: z.object({
      views: z.array(view),
      /** With whom the caller may share: units, everybody and roles. */
      sharing: z.object({ units: z.array(z.object({ id: z.uuid(), name: z.string() })), everybody: z.boolean() }),
    }),
  }),
  create: defineRoute({
    method: 'POST',
    path: '/api/v1/views',
    summary: { zh: '保存视图', en: 'Save a view' },
    access: 'signed-in',
    body: z.strictObject({
      object,
      name,
      kind: z.enum(viewKinds),
      definition: definitionSchema,
      visibility: visibilitySchema.optional(),
    }),
    reply: view,
  }),
  change: defineRoute({
    method: 'PATCH',
    path: '/api/v1/views/:id',
    summary: { zh: '修改视图', en: 'Change a view' },
    access: 'signed-in',
    params: z.strictObject({ id: z.uuid() }),
    body: z.strictObject({
      version: seenVersion.optional(),
      name: name.optional(),
      kind: z.enum(viewKinds).optional(),
      definition: definitionSchema.optional(),
      visibility: visibilitySchema.optional(),
    }),
    reply: view,
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/v1/views/:id',
    summary: { zh: '删除视图', en: 'Delete a view' },
    access: 'signed-in',
    params: z.strictObject({ id: z.uuid() }),
  }),
  begin: defineRoute({
    method: 'PUT',
    path: '/api/v1/views/first',
    summary: { zh: '设置打开时的视图', en: 'Choose the view to begin with; null: that of the role' },
    access: 'signed-in',
    body: z.strictObject({ object, viewId: z.uuid().nullable() }),
  }),
  history: defineRoute({
    method: 'GET',
    path: '/api/v1/views/:id/history',
    summary: { zh: '视图的修改历史', en: 'Who changed a view and how, newest first' },
    access: 'signed-in',
    params: z.strictObject({ id: z.uuid() }),
    reply: z.object({
      entries: z.array(
        z.object({
          at: z.union([z.date(), z.string()]),
          action: z.string(),
          personName: z.string().nullable(),
          before: z.record(z.string(), z.unknown()).nullable(),
          after: z.record(z.string(), z.unknown()).nullable(),
        }),
      ),
    }),
  }),
}

export { viewPermissions } from './permissions.ts'
