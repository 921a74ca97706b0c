import { addsUp, figureOf, writeAmount, type Metric } from '#engine/metrics/metric.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import { reachOf, roleOf } from '#engine/policy/company-role.ts'
import { drawnOn, structureById } from '#features/org/server/index.ts'
import { metricAsked, periodAsked } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { broughtOver, figureReach, metricsInSight, replayed, type Replay } from '#platform/ledger/index.ts'
import { orgView } from '#platform/records/reach.ts'
import type { Effects } from '../effects-contract.ts'
import { pathOf, type Drawing } from '../drawing.ts'
import { reorganisationErrors } from '../errors.ts'
import { redrawnBetween } from '../redrawn.ts'
import { chainChanges } from '../head-chains.ts'
import { reachChanges } from '../in-reach.ts'
import { standsAfter } from '../replay-rule.ts'
import { draftStore } from './draft-store.ts'
import { redraw } from './drafts.ts'
import { ownedBy, type Owned } from './owned-counts.ts'
import { unitsOfBoth, type Redrawing } from './redrawing.ts'
import { plansAfter } from './plans-after.ts'

interface Question {
  readonly metric?: string | undefined
  readonly period?: string | undefined
}

/** What a draft would do to results, targets, approvals, sight and business owned; nothing is written. */
export async function draftEffects(ctx: Ctx, id: string, question: Question): Promise<Effects> {
  const metric = metricAsked(ctx, question.metric ?? usualMetric(ctx))
  if (!isToldAnew(metric)) throw reorganisationErrors.REORGANISATION_REFUSED({}, [notToldAnew])
  const period = periodAsked(ctx, question.period ?? yearBefore(ctx))
  const { drawing, roles, results } = await inView(ctx, async (tx) => {
    const draft = await draftStore.one(tx, id)
    const { isDefault } = await structureById(tx, draft.structureId)
    const { before, after, redrawn } = await redraw(tx, draft)
    const told: Redrawing = { draft, before, after, redrawn, isDefault }
    const people = (await drawnOn(tx, draft.structureId, draft.effectiveOn)).people
    return {
      drawing: told,
      roles: new Map([...people].map(([key, { role }]) => [key, role])),
      results: await resultsReplayed(tx, { ...ctx, structureId: draft.structureId }, metric, period, told),
    }
  })
  const { before, after } = drawing
  const sight = drawing.isDefault
    ? reachChanges(before, after, (key) => reachOf(roleOf(ctx.company.roles, roles.get(key) ?? '')))
    : []
  const movers = drawing.redrawn.placed.filter((one) => one.before.isMain && one.before.unitId !== one.after.unitId)
  const owned = await ownedBy(ctx, [
    ...new Set([...sight.flatMap((one) => [...one.gains, ...one.loses]), ...movers.map((one) => one.after.personId)]),
  ])
  const person = (key: string) => ({ id: key, name: before.people.get(key)?.name ?? '—' })
  const unit = (key: string) => ({ id: key, name: (after.units.get(key) ?? before.units.get(key))?.name ?? '—' })
  return {
    period: { key: period.key, label: { ...period.label }, from: period.from, to: period.to },
    metric: { key: metric.key, label: { ...metric.label }, unit: metric.unit, currency: ctx.company.currency },
    choices: choicesFor(ctx),
    results,
    plans: drawing.isDefault ? await plansAfter(ctx, drawing) : [],
    approvals: (drawing.isDefault ? chainChanges(before, after) : []).map((change) => ({
      person: person(change.personId),
      before: change.before.map(person),
      after: change.after.map(person),
    })),
    sight: sight.map(({ personId, gains, loses }) => ({
      person: person(personId),
      gains: gains.map(person),
      loses: loses.map(person),
      gained: sumOf(gains.map(owned)),
      lost: sumOf(loses.map(owned)),
    })),
    handOvers: movers.map(({ before: from, after: to }) => ({
      person: person(to.personId),
      from: unit(from.unitId),
      to: unit(to.unitId),
      ...owned(to.personId),
      heads: [...after.units.values()]
        .filter((one) => one.headId === to.personId && one.id === from.unitId)
        .map((one) => unit(one.id)),
    })),
  }
}

const preferred = 'signed_amount'

function usualMetric(ctx: Ctx): string {
  const known = metricsInSight(ctx)
  return known.find(preferred)?.key ?? known.all().find(isToldAnew)?.key ?? preferred
}

/** Whether the figures of a metric are made of what each person brought, wherever that stands. */
function isToldAnew(metric: Metric): boolean {
  const isSum = addsUp(metric) || (metric.kind === 'ratio' && metric.quotient === undefined)
  return isSum && metric.reads === undefined && metric.quietDays === undefined
}

const notToldAnew = {
  field: 'metric',
  code: 'not_additive',
  label: { zh: '这个指标不能按个人的结果重算', en: 'This metric cannot be told anew from what each person brought' },
}

/** This fiscal year and the three before it. */
const yearsBack = 3

function choicesFor(ctx: Ctx): Effects['choices'] {
  const { year } = periodAsked(ctx, undefined)
  return {
    metrics: metricsInSight(ctx)
      .all()
      .filter(isToldAnew)
      .map(({ key, label }) => ({ key, label: { ...label } })),
    periods: Array.from({ length: yearsBack + 1 }, (_, back) => String(year - back)),
  }
}

/** The last whole fiscal year. */
function yearBefore(ctx: Ctx): string {
  return String(periodAsked(ctx, undefined).year - 1)
}

function sumOf(owned: readonly Owned[]): { readonly accounts: number; readonly deals: number } {
  return {
    accounts: owned.reduce((sum, one) => sum + one.accounts, 0),
    deals: owned.reduce((sum, one) => sum + one.deals, 0),
  }
}

/**
 * The figures of every unit had they all along stood as they do before, and as they would after it: what moved in the
 * past is no effect of the draft. Null for whoever does not see them all.
 */
async function resultsReplayed(
  tx: Tx,
  ctx: Ctx,
  metric: Metric,
  span: { readonly from: string; readonly to: string },
  { draft, before, after, redrawn }: Redrawing,
): Promise<Effects['results']> {
  if ((await orgView().reach(ctx, figureReach(ctx, metric))) !== 'everything') return null
  const brought = await broughtOver(tx, ctx, metric, span)
  const along = (drawing: Drawing, standsIn: Replay['standsIn']) =>
    replayed(
      brought,
      {
        paths: new Map([...drawing.units.keys()].map((id) => [id, pathOf(drawing, id)])),
        units: [...drawing.units.values()].map(({ id, name, tier }) => ({
          id,
          name,
          tier,
          headName: null,
          position: 0,
        })),
        standsIn,
      },
      ctx.company.name,
    )
  const first = along(before, standsAfter(redrawnBetween(before, before), [], before))
  const then = along(after, standsAfter(redrawn, draft.steps, after))
  const [was, would] = [sumsByUnit(first), sumsByUnit(then)]
  const figure = (sums: Sums | undefined) => (sums ? figureOf(metric, sums.numerator, sums.denominator) : null)
  return {
    total: { before: figure(first), after: figure(then) },
    nodes: unitsOfBoth(before, after).map(({ id, name, depth }) => {
      const [one, other] = [was.get(id), would.get(id)]
      return {
        unitId: id,
        name,
        depth,
        before: figure(one),
        after: figure(other),
        change: metric.kind === 'ratio' ? null : writeAmount((other?.numerator ?? 0n) - (one?.numerator ?? 0n)),
      }
    }),
  }
}

type Sums = Pick<TierNode, 'numerator' | 'denominator'>

/** A unit that stood in two places counts with both. */
function sumsByUnit(node: TierNode, sums = new Map<string, Sums>()): ReadonlyMap<string, Sums> {
  if (node.kind === 'unit' && node.unitId !== null) {
    const known = sums.get(node.unitId)
    sums.set(node.unitId, {
      numerator: (known?.numerator ?? 0n) + node.numerator,
      denominator: (known?.denominator ?? 0n) + node.denominator,
    })
  }
  for (const child of node.children) sumsByUnit(child, sums)
  return sums
}
