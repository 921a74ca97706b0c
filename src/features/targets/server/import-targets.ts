import type { FieldFault } from '#base/errors.ts'
import { fiscalMonths, periodAround, readPeriod } from '#engine/calendar/period.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import { planRuleOf } from '#engine/metrics/plan-rule.ts'
import type { Field } from '#engine/model/object-type.ts'
import { fault } from '#engine/transfer/faults.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step } from '#platform/db/step.ts'
import { metricsInSight } from '#platform/ledger/index.ts'
import { mayAct } from '#platform/records/scope.ts'
import { findPeople } from '#platform/transfer/lookup-store.ts'
import type { ImportTarget, TargetResult, TargetRow } from '#platform/transfer/target.ts'
import { registerImportTarget } from '#platform/transfer/targets.ts'
import { managePlans } from '../permissions.ts'
import { placeTargets } from './place-targets.ts'
import type { GivenTarget } from './place-targets.ts'

// prettier-ignore
const fields: readonly Field[] = [
  { key: 'person', type: 'text', required: true, label: { zh: '人员', en: 'Person' }, help: { zh: '姓名、工号或邮箱', en: 'Name, employee number or e-mail' }, aliases: ['姓名', '工号', '销售', 'salesperson', 'employee', 'name'] },
  { key: 'metric', type: 'text', required: true, label: { zh: '指标', en: 'Metric' }, help: { zh: '指标名称或代号，如 sales_amount', en: 'Its name or key, such as sales_amount' } },
  { key: 'period', type: 'text', label: { zh: '期间', en: 'Period' }, help: { zh: '如 2026-M04 或 2026-04；也可以只填日期', en: 'Such as 2026-M04 or 2026-04; or give a day instead' }, aliases: ['月份', 'month'] },
  { key: 'on', type: 'date', label: { zh: '日期', en: 'Day' }, help: { zh: '期间内的任意一天', en: 'Any day of the period' }, aliases: ['date', 'quota date'] },
  { key: 'amount', type: 'number', required: true, min: '0', label: { zh: '目标值', en: 'Target' }, aliases: ['目标', '配额', 'quota', 'target', 'sales quota'] },
]

/** Targets of people by period, one a row; units are the sums where the metric adds up. The plans of the years are made where there are none. */
const targetImport: ImportTarget = {
  object: 'target',
  label: { zh: '人员目标（每行一人一期）', en: 'Targets of people (a person and a period a row)' },
  title: 'person',
  keys: [],
  fields,
  isAllowed: (ctx) => mayAct(ctx, managePlans),
  saveRows,
  ties: () => ({ asked: () => [], brought: () => [] }),
}

export function registerTargetImport(): void {
  registerImportTarget(targetImport)
}

type Read =
  | { readonly ok: true; readonly metric: Metric; readonly period: Period; readonly target: GivenTarget }
  | { readonly ok: false; readonly faults: readonly FieldFault[] }

async function saveRows(step: Step, rows: readonly TargetRow[]): Promise<readonly TargetResult[]> {
  const read = await readRows(step, rows)
  const results = new Map<Read, TargetResult>()
  const sound = read.flatMap((row) => (row.ok ? [row] : []))
  const groups = Map.groupBy(sound, ({ metric, period }) => `${metric.key} ${period.year}`)
  for (const group of groups.values()) {
    const [first] = group
    if (!first) continue
    const plan = { metric: first.metric, year: first.period.year }
    const placed = await placeTargets(
      step,
      plan,
      group.map(({ target }) => target),
    )
    group.forEach((row, at) => {
      const one = placed[at]
      if (one) results.set(row, one.ok ? saved(one) : { ok: false, faults: [one.fault] })
    })
  }
  return read.map((row) => (row.ok ? (results.get(row) ?? { ok: false, faults: [] }) : row))
}

const actions = { empty: 'created', other: 'updated', same: 'unchanged' } as const

function saved({ planId, was }: { readonly planId: string; readonly was: keyof typeof actions }): TargetResult {
  return { ok: true, id: planId, action: actions[was] }
}

async function readRows({ tx, ctx }: Step, rows: readonly TargetRow[]): Promise<readonly Read[]> {
  const texts = rows.map((row) => textOf(row, 'person')).filter((text) => text !== '')
  const people = await findPeople(tx, ctx, [...new Set(texts)])
  return rows.map((row): Read => {
    const named = textOf(row, 'person')
    const person = people.get(named)
    const metric = metricNamed(ctx, textOf(row, 'metric'))
    const period = periodMeant(ctx, row)
    const amount = textOf(row, 'amount')
    const faults: FieldFault[] = []
    if (named === '') faults.push(fault('person', 'REQUIRED'))
    else if (!person || !('id' in person)) faults.push(personFault(named, person?.count ?? 0))
    if (!metric) faults.push(fault('metric', 'REFERENCE_NOT_FOUND', { text: textOf(row, 'metric') }))
    else if (planRuleOf(metric) === null) faults.push(notPlannable)
    if (!period) faults.push(periodFault)
    if (amount === '') faults.push(fault('amount', 'REQUIRED'))
    else if (amount.startsWith('-')) faults.push(negative)
    if (faults.length > 0 || !metric || !period || !person || !('id' in person)) return { ok: false, faults }
    return { ok: true, metric, period, target: { personId: person.id, leaf: period.number - 1, amount } }
  })
}

function textOf({ values }: TargetRow, key: string): string {
  const value = values[key]
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
}

function metricNamed(ctx: Ctx, text: string): Metric | undefined {
  const all = metricsInSight(ctx)
  return all.find(text) ?? all.all().find(({ label }) => label.zh === text || label.en === text)
}

/** The leaf period that is named, or in which the day lies; a year or quarter is no place for a single target. */
function periodMeant(ctx: Ctx, row: TargetRow): Period | undefined {
  const { calendar } = ctx.company
  const [key, day] = [textOf(row, 'period'), textOf(row, 'on')]
  if (key === '') return day === '' ? undefined : periodAround(day, 'month', calendar)
  const read = readPeriod(key, calendar)
  if (!read.ok) return undefined
  const [only, ...others] = fiscalMonths(calendar, read.period.year).filter(
    ({ from, to }) => read.period.from <= from && to <= read.period.to,
  )
  return others.length === 0 ? only : undefined
}

function personFault(text: string, count: number): FieldFault {
  return count > 1 ? fault('person', 'OWNER_AMBIGUOUS', { text, count }) : fault('person', 'OWNER_NOT_FOUND', { text })
}

const periodFault: FieldFault = {
  field: 'period',
  code: 'period',
  label: { zh: '请写明一个期间（如 2026-M04）或其中一天', en: 'Name one period, such as 2026-M04, or a day of it' },
}
const negative: FieldFault = {
  field: 'amount',
  code: 'negative',
  label: { zh: '目标不能小于零', en: 'A target cannot be below zero' },
}
const notPlannable: FieldFault = {
  field: 'metric',
  code: 'not-plannable',
  label: { zh: '这类指标不能制定目标', en: 'Cannot be planned' },
}
