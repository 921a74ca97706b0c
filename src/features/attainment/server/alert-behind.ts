import { sql } from 'kysely'
import type { Metric } from '#engine/metrics/metric.ts'
import type { Period } from '#engine/calendar/period.ts'
import { attainedTree, attainmentSettings, elapsedOf, readPlannedTree } from '#features/targets/server/index.ts'
import { asPerson, type Person } from '#platform/db/system.ts'
import type { Step } from '#platform/db/step.ts'
import { figureReach, metricsInSight } from '#platform/ledger/index.ts'
import { notify, registerNotices, type NoticeKind } from '#platform/notify/index.ts'
import { orgView } from '#platform/records/reach.ts'
import { concernedBy, judgePace, type NodeBehind } from '../judge-pace.ts'
import { headsOf, noteBehind, noteRecovered, unitsBehind } from './alert-store.ts'
import { begunPeriods } from './watched.ts'

const fellBehind: NoticeKind = {
  key: 'attainment.behind',
  group: 'targets',
  label: { zh: '目标进度落后', en: 'A target falls behind' },
  says: {
    zh: '“{metric}” {period} 进度落后：{units}',
    en: '“{metric}” {period} is behind its pace: {units}',
  },
  permission: 'plan.read',
  ways: { mail: 'digest' },
  page: '/targets?metric={metric}&period={period}&node={node}',
}

export function registerAlerts(): void {
  registerNotices(fellBehind)
}

/**
 * Tells those who lead a unit that fell behind its pace, and the tier above: once until it has recovered, each of them one
 * notice for all units of a metric and period.
 */
export async function alertBehind(step: Step, metrics: readonly Metric[], day: string): Promise<void> {
  const { alerts } = (await attainmentSettings(step.tx, step.ctx)).settings
  if (!alerts.isOn) return
  const kinds = new Set<string>(alerts.kinds)
  const periods = begunPeriods(step.ctx, day).running.filter(({ kind }) => kinds.has(kind))
  for (const metric of metrics) {
    for (const period of periods) await alertOf(step, metric, period, day)
  }
}

async function alertOf(step: Step, metric: Metric, period: Period, day: string): Promise<void> {
  const { ctx, tx } = step
  const elapsed = elapsedOf({ ...ctx, today: day }, period)
  const { tree, targets } = await readPlannedTree(tx, ctx, metric, period, day)
  if (!targets) return
  const { settings } = await attainmentSettings(tx, ctx)
  const key = { metric: metric.key, period: period.key }
  const known = await unitsBehind(step, key)
  const nodes = attainedTree(tree.tree, { metric, rows: targets.rows, elapsed, settings })
  const { fallen, recovered } = judgePace(nodes, known, settings.alerts, elapsed.elapsed)
  await noteRecovered(step, key, recovered, day)
  await noteBehind(
    step,
    key,
    fallen.map(({ unitId }) => unitId),
    day,
  )
  await tell(step, metric, period, { fallen, day })
}

async function tell(
  step: Step,
  metric: Metric,
  period: Period,
  { fallen, day }: { readonly fallen: readonly NodeBehind[]; readonly day: string },
): Promise<void> {
  const heads = await headsOf(step)
  const byPerson = new Map<string, NodeBehind[]>()
  for (const behind of fallen) {
    for (const person of concernedBy(behind, heads)) byPerson.set(person, [...(byPerson.get(person) ?? []), behind])
  }
  for (const person of await peopleOf(step, [...byPerson.keys()])) {
    const units = await seenBy(step, person, metric, byPerson.get(person.id) ?? [])
    const [first] = units
    if (!first) continue
    await notify(step, {
      kind: fellBehind.key,
      to: [person.id],
      key: `${metric.key} ${period.key} ${day}`,
      params: {
        metric: metric.key,
        period: period.key,
        // As many names as fit into a line.
        units: `${units
          .slice(0, 3)
          .map(({ name }) => name)
          .join('、')}${units.length > 3 ? ` +${units.length - 3}` : ''}`,
        node: first.unitId,
      },
    })
  }
}

async function peopleOf({ tx, ctx }: Step, ids: readonly string[]): Promise<readonly Person[]> {
  const { rows } = await sql<Person>`
    select id, name, role, login_id as "loginId" from person
    where company_id = ${ctx.company.id} and id = any(${ids}::uuid[]) and is_active order by id`.execute(tx)
  return rows
}

/** Of these units those whose figure the person may see, with the rights of now. */
async function seenBy(
  { ctx }: Step,
  person: Person,
  metric: Metric,
  units: readonly NodeBehind[],
): Promise<readonly NodeBehind[]> {
  const theirs = asPerson(ctx, person)
  if (!metricsInSight(theirs).find(metric.key)) return []
  const reached = await orgView().units(theirs, figureReach(theirs, metric))
  return reached === 'everything' ? units : units.filter(({ unitId }) => reached.includes(unitId))
}
