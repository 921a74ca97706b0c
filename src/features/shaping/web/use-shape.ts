import { App } from 'antd'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call, type CallInput, type CallReply } from '#web/api/call.ts'
import { useUndo } from '#web/kit/use-undo.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { shapingRoutes, type FieldDraft, type SetupDraft } from '../contract.ts'
import { useRefusal } from './use-refusal.tsx'
import { shapeWords } from './words.ts'

type Shape = CallReply<typeof shapingRoutes.show>
export type ShapedObject = Shape['objects'][number]
export type ShapedField = Shape['fields'][number]
export type ObjectDraft = CallInput<typeof shapingRoutes.changeObject>['body']
export type Layouts = NonNullable<SetupDraft['layouts']>
export type Rules = NonNullable<SetupDraft['rules']>

const pollingMs = 2000

/** What the company made; asked again while an index is being built. */
export function useShape() {
  return useQuery({
    queryKey: ['shape'],
    queryFn: ({ signal }) => call(shapingRoutes.show, { signal }),
    refetchInterval: ({ state }) => (state.data?.fields.some(isBuilding) ? pollingMs : false),
  })
}

const isBuilding = (field: ShapedField) => field.indexState === 'building' && field.deletedAt === null

/** The definition as it can be sent back. */
export function draftOf({ definition }: ShapedField): FieldDraft {
  return definition
}

/** What was decided about an object; nothing yet: empty. */
export function setupOf(shape: Shape | undefined, object: string): SetupDraft {
  return shape?.setups[object] ?? {}
}

/** Reads everything anew: lists, forms and navigation follow the shape. */
export function useReread(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries()
}

/** Deleting and restoring; what still uses a thing is named. */
export function useShapeActs() {
  const t = useWords(shapeWords)
  const label = useLabel()
  const { message } = App.useApp()
  const reread = useReread()
  const refuse = useRefusal()
  const offerUndo = useUndo()
  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    try {
      await act()
      await reread()
      return true
    } catch (problem) {
      refuse(problem)
      return false
    }
  }
  const restoreField = async ({ id }: ShapedField) => {
    await call(shapingRoutes.restoreField, { params: { id } })
    await reread()
  }
  return {
    deleteObject: (object: ShapedObject) =>
      attempt(() => call(shapingRoutes.deleteObject, { params: { object: object.key } })),
    restoreObject: async (object: ShapedObject) => {
      const isBack = await attempt(() => call(shapingRoutes.restoreObject, { params: { object: object.key } }))
      if (isBack) void message.success(t('restored', { name: label(object.label) }))
    },
    deleteField: async (field: ShapedField) => {
      const isGone = await attempt(() => call(shapingRoutes.deleteField, { params: { id: field.id } }))
      if (isGone) offerUndo(t('deleted', { name: label(field.definition.label) }), () => restoreField(field))
    },
    restoreField: async (field: ShapedField) => {
      const isBack = await attempt(() => call(shapingRoutes.restoreField, { params: { id: field.id } }))
      if (isBack) void message.success(t('restored', { name: label(field.definition.label) }))
    },
  }
}
