import { sql } from 'kysely'
import { z } from 'zod'
import type { Step } from '#platform/db/step.ts'
import { onEvent } from '#platform/events/handlers.ts'
import { notify, registerNotices, type NoticeKind } from '#platform/notify/index.ts'
import { nobody } from '#platform/db/new-id.ts'
import { planChanged } from '../contract.ts'
import { planRead } from '../permissions.ts'

const published: NoticeKind = {
  key: 'plan.published',
  group: 'targets',
  label: { zh: '目标计划发布', en: 'A plan is published' },
  says: { zh: '{actor} 发布了 {year} 年“{metric}”目标计划', en: '{actor} published the plan {year} of “{metric}”' },
  saysInGroup: { zh: '{year} 年“{metric}”目标计划已发布', en: 'The plan {year} of “{metric}” is published' },
  permission: planRead,
  ways: { mail: 'digest', robot: true },
  page: '/targets/plans?metric={metric}&period={year}',
}

const changed: NoticeKind = {
  key: 'target.changed',
  group: 'targets',
  label: { zh: '我的目标被修改', en: 'My target changes' },
  says: {
    zh: '{actor} 修改了您 {year} 年“{metric}”的目标',
    en: '{actor} changed your target {year} of “{metric}”',
  },
  permission: planRead,
  ways: { mail: 'digest' },
  page: '/targets/plans?metric={metric}&period={year}',
}

const change = z.object({
  planId: z.string(),
  metric: z.string(),
  year: z.number(),
  version: z.number(),
  /** What was done, where people are told of it. */
  act: z.enum(['published', 'changed']).optional(),
  /** Whose own targets are others now. */
  people: z.array(z.string()).optional(),
})

/** Whoever has a target is told each time its plan is published, and whose own target is another one since, of that. */
export function registerPlanNotices(): void {
  registerNotices(published, changed)
  onEvent(planChanged, async (step, { payload, personId: actorId }) => {
    const { planId, metric, year, version, act, people = [] } = change.parse(payload)
    const params = { planId, metric, year }
    if (act === 'published') {
      const to = await peopleOf(step, planId)
      await notify(step, { kind: published.key, to, key: `${planId} ${version}`, params, actorId })
      await notify(step, { kind: changed.key, to: people, key: `${planId} ${version}`, params, actorId })
    } else if (act === 'changed') {
      await notify(step, { kind: changed.key, to: people, key: `${planId} ${version}`, params, actorId })
    }
  })
}

/** Those who have a target of their own in the plan, and those who lead its units. */
export async function peopleOf({ tx, ctx }: Step, planId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct coalesce(nullif(t.person_id, ${nobody}::uuid), u.head_id) as id
    from target t join unit u on u.company_id = t.company_id and u.id = t.unit_id
    where t.company_id = ${ctx.company.id} and t.plan_id = ${planId}
      and (t.person_id <> ${nobody} or u.head_id is not null)`.execute(tx)
  return rows.map(({ id }) => id)
}
