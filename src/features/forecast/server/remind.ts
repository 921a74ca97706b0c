import { addDays } from '#engine/calendar/day.ts'
import { headsOf } from '#features/org/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { registerDailyJob } from '#platform/jobs/jobs.ts'
import { notify, registerNotices, type NoticeKind } from '#platform/notify/index.ts'
import { forecastOverride, forecastSubmit } from '../permissions.ts'
import { readBoard } from './board.ts'
import type { LaidNode } from './lay-sums.ts'
import { periodFor } from './periods.ts'
import { readSetting } from './setting-store.ts'

const due: NoticeKind = {
  key: 'forecast.due',
  group: 'targets',
  label: { zh: '该提交预测了', en: 'A forecast is due' },
  says: { zh: '请在 {day} 前提交 {period} 的销售预测', en: 'Submit your forecast of {period} by {day}' },
  permission: forecastSubmit,
  ways: { mail: 'digest' },
  page: '/forecast?period={period}',
}

const missing: NoticeKind = {
  key: 'forecast.missing',
  group: 'targets',
  label: { zh: '团队有人未提交预测', en: 'Forecasts of my team are missing' },
  says: {
    zh: '今天截止，您的团队还有 {n} 人没有提交 {period} 的销售预测',
    en: 'Due today: {n} of your team have not submitted their forecast of {period}',
  },
  saysMany: {
    zh: '今天截止，您的团队还有 {n} 人没有提交 {period} 的销售预测',
    en: 'Due today: {n} of your team have not submitted their forecast of {period}',
  },
  permission: forecastOverride,
  ways: { mail: 'digest' },
  page: '/forecast?period={period}&view=team',
}

export const remindTask = 'forecast.remind'

export function registerReminders(): void {
  registerNotices(due, missing)
  registerDailyJob(remindTask, remind)
}

/** The day before the deadline and on it, who has not submitted is reminded; on it their leaders are told how many. */
export async function remind(ctx: Ctx): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const setting = await readSetting(step.tx, ctx)
      const period = periodFor(ctx, undefined, setting.periodKind)
      const { root, deadline } = await readBoard(step.tx, ctx, period, setting)
      const day = deadline.dueOn
      if (day === null || (day !== ctx.today && day !== addDays(ctx.today, 1))) return
      const silent = silentIn(root)
      const told = { params: { period: period.key, day } }
      await notify(step, { kind: due.key, to: silent, key: `${period.key} ${day} ${ctx.today}`, ...told })
      if (day !== ctx.today) return
      const heads = await headsOf(step, silent)
      for (const [head, people] of Map.groupBy(silent, (person) => heads.get(person))) {
        if (head === undefined) continue
        await notify(step, {
          kind: missing.key,
          to: [head],
          key: `${period.key} ${day}`,
          count: people.length,
          ...told,
        })
      }
    },
    { kind: remindTask },
  )
}

function silentIn(node: LaidNode): readonly string[] {
  if (node.tier.kind === 'person')
    return node.shown.missing > 0 && node.tier.personId !== null ? [node.tier.personId] : []
  return node.children.flatMap(silentIn)
}
