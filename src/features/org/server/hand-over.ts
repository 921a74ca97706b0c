import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { refuse } from '../errors.ts'
import { allHoldings, type Holding } from './hooks.ts'
import { personOf } from './person-store.ts'
import { headedBy } from './unit-store.ts'

/** What a person owns, counted by object, and the units they head: what a hand-over would move or leave. */
export async function previewHandOver(ctx: Ctx, personId: string) {
  return inView(ctx, async (tx) => {
    await personOf(tx, personId)
    const holdings: { object: string; label: Holding['label']; count: number }[] = []
    for (const holding of allHoldings(ctx)) {
      const count = await holding.count(tx, ctx, personId)
      holdings.push({ object: holding.object, label: { ...holding.label }, count })
    }
    return { holdings, heads: [...(await headedBy(tx, personId, ctx.today))] }
  })
}

/** Hands what a person owns to another, all of it or the named objects, in one transaction. */
export async function handOver(
  ctx: Ctx,
  personId: string,
  wanted: { readonly toId: string; readonly objects?: readonly string[] | undefined },
) {
  const chosen = chooseHoldings(ctx, wanted.objects)
  return inStep(
    ctx,
    async (step) => {
      const from = await personOf(step.tx, personId)
      const to = await personOf(step.tx, wanted.toId)
      if (from.id === to.id) throw refuse('HAND_OVER_REFUSED', 'toId', 'same', words.same)
      if (!to.isActive) throw refuse('HAND_OVER_REFUSED', 'toId', 'inactive', words.inactive, { name: to.name })
      const moved: { object: string; count: number }[] = []
      for (const holding of chosen) {
        moved.push({ object: holding.object, count: await holding.transfer(step, from.id, to.id) })
      }
      step.audit({
        object: 'person',
        recordId: from.id,
        action: 'handed-over',
        before: null,
        after: { to: to.id, moved },
      })
      step.tell({ name: 'org.business.handed_over', payload: { fromId: from.id, toId: to.id, moved } })
      return { moved }
    },
    { kind: 'org.hand-over' },
  )
}

const words = {
  same: { zh: '不能交接给本人', en: 'Choose another person' },
  inactive: { zh: '{name} 已停用', en: '{name} is deactivated' },
  unknown: { zh: '没有“{object}”这种业务', en: 'There is no business called “{object}”' },
} as const

function chooseHoldings(ctx: Ctx, objects: readonly string[] | undefined): readonly Holding[] {
  const all = allHoldings(ctx)
  const unknown = objects?.find((object) => !all.some((holding) => holding.object === object))
  if (unknown) throw refuse('HAND_OVER_REFUSED', 'objects', 'unknown', words.unknown, { object: unknown })
  return objects ? all.filter((holding) => objects.includes(holding.object)) : all
}
