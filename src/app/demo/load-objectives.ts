import { createObjective, linkObjective } from '#features/objectives/server/index.ts'
import { listPlans } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { known } from './load-org.ts'
import { personas } from './personas.ts'
import type { Story } from './story.ts'
import { troubled } from './tell-org.ts'

interface ObjectiveStory {
  readonly name: string
  readonly note: string
  readonly owner: string
  readonly metric: string | null
  /** Key of a unit; absent: the company. */
  readonly unit?: string
  /** The plan that serves it, the row of the unit where one is named. */
  readonly plan?: string
  readonly below?: readonly ObjectiveStory[]
}

const { director, region, team, operations } = personas

const objectives: readonly ObjectiveStory[] = [
  {
    name: '签约规模站上 7 亿，进入智慧农机第一梯队',
    note: '今年董事会定下的第一件事：规模上台阶，同时守住毛利。',
    owner: director.name,
    metric: 'signed_amount',
    plan: 'signed_amount',
    below: [
      {
        name: '西南大区止跌回升',
        note: '四季度每周复盘一次商机，重点补方案报价阶段。',
        owner: region.name,
        metric: 'signed_amount',
        unit: `u/${troubled}`,
        plan: 'signed_amount',
      },
      {
        name: '苏南打成温室样板市场',
        note: '三个样板项目，年底前各带一次参观。',
        owner: team.name,
        metric: 'signed_amount',
        unit: 'u/华东大区/江苏分公司/苏南团队',
        plan: 'signed_amount',
      },
    ],
  },
  {
    name: '守住毛利，清理低毛利总包',
    note: '总包项目先核成本再报价，成本未知的订单逐步补齐。',
    owner: operations.name,
    metric: 'gross_margin',
  },
  { name: '重点客户都有年度拜访计划', note: '', owner: director.name, metric: null },
]

/** What the company wants to reach this year, with owners, and the targets that serve it. */
export async function loadObjectives(ctx: Ctx, { people }: Story, idOf: ReadonlyMap<string, string>): Promise<void> {
  const period = ctx.today.slice(0, 4)
  const { plans } = await listPlans(ctx, { year: Number(period) })
  const write = async (story: ObjectiveStory, parentId: string | null): Promise<void> => {
    const { name, note, metric, unit, below = [] } = story
    const owner = people.find((person) => person.name === story.owner)?.key ?? ''
    const unitId = unit === undefined ? null : known(idOf, unit)
    const { id } = await createObjective(ctx, {
      ...{ name, note, metric, unitId, parentId, period },
      ownerId: known(idOf, owner),
    })
    const plan = plans.find((one) => one.metric === story.plan)
    if (plan) await linkObjective(ctx, id, { links: [{ planId: plan.id, node: unitId }] })
    for (const one of below) await write(one, id)
  }
  for (const one of objectives) await write(one, null)
}
