import type { Logger } from 'pino'
import type { Label } from '#base/label.ts'
import { addDays, today, type Day } from '#engine/calendar/day.ts'
import { takeNight, whileNightsWait } from '#features/attainment/server/index.ts'
import { createCompany, deactivatePerson } from '#features/org/server/index.ts'
import type { Db } from '#platform/db/connect.ts'
import type { Company, Ctx } from '#platform/db/ctx.ts'
import { findCompany, systemContext } from '#platform/db/system.ts'
import { demoErrors, finish, finishedDemo, giveUp, loadingSlug, removeUnfinished, whileAlone } from './demo-store.ts'
import { loadAgreements } from './load-agreements.ts'
import { loadForecasts } from './load-forecasts.ts'
import { loadMarket } from './load-market.ts'
import { loadObjectives } from './load-objectives.ts'
import { known, loadOrg } from './load-org.ts'
import { loadPlan } from './load-plans.ts'
import { loadRecords } from './load-records.ts'
import type { Story } from './story.ts'
import { byEvenings } from './tell-evenings.ts'
import { tellStory } from './tell-story.ts'

export type Report = (progress: number, words: Label) => void

interface DemoParts {
  readonly db: Db
  readonly log: Logger
  readonly now?: () => Date
}

interface Wish {
  readonly seed?: string
  readonly scale?: number
  /** Removes the demo that is there, with everything that was done in it. */
  readonly fresh?: boolean
}

const zone = 'Asia/Shanghai'

/**
 * Loads the demo company, or answers the one that is there. What an earlier attempt left is removed first; the company
 * gets its own slug when it is complete. Throws DEMO_IS_LOADING while another process loads it.
 */
export async function loadDemo(parts: DemoParts, report: Report, wish: Wish = {}): Promise<Company> {
  const company = await whileAlone(parts.db, async () => {
    if (wish.fresh) await giveUp(parts.db)
    const there = await finishedDemo(parts.db)
    if (there) return there
    await removeUnfinished(parts.db)
    return writeDemo(parts, report, wish)
  })
  if (!company) throw demoErrors.DEMO_IS_LOADING()
  return company
}

/** Removes what an earlier process left half-way, unless another one is at it now. */
export async function clearUnfinishedDemo(db: Db): Promise<void> {
  const left = await findCompany(db, { slug: loadingSlug })
  if (left) await whileAlone(db, async () => ({ done: await removeUnfinished(db) }))
}

async function writeDemo(parts: DemoParts, report: Report, { seed = 'hetian', scale = 1 }: Wish): Promise<Company> {
  report(0, { zh: '正在编排两年的业务', en: 'Telling two years of business' })
  const story = tellStory({ seed, scale, today: today(zone, parts.now?.() ?? new Date()) })
  report(0.03, { zh: '正在建立组织', en: 'Building the organisation' })
  const { company } = await createCompany(parts, {
    name: '禾田科技',
    slug: loadingSlug,
    zone,
    tiers: ['公司', '大区', '分公司', '团队'],
    demo: true,
  })
  const idOf = await loadOrg(await contextOf(parts, company), story)
  const ctx = await contextOf(parts, company)
  await whileNightsWait(ctx, async () => {
    for (const [at, plan] of story.plans.entries()) {
      report(0.06 + (0.06 * at) / story.plans.length, {
        zh: `正在发布 ${plan.year} 年目标`,
        en: `Publishing targets of ${plan.year}`,
      })
      await loadPlan(ctx, plan, idOf)
    }
    await writeRecords(ctx, story, idOf, report)
  })
  report(0.95, { zh: '正在写入上报、申诉与战略目标', en: 'Writing proposals, appeals and objectives' })
  await closeLeavers(ctx, story, idOf)
  const now = await contextOf(parts, company)
  await loadForecasts(now)
  await loadMarket(now, { plans: story.plans, scale }, idOf)
  await loadObjectives(now, story, idOf)
  await loadAgreements(now, story, idOf)
  report(1, { zh: '演示公司已就绪', en: 'The demo company is ready' })
  return finish(parts.db, company)
}

/** With the version of the org as it stands now: what is remembered of it must not be older. */
async function contextOf(parts: DemoParts, { id }: Company): Promise<Ctx> {
  const company = await findCompany(parts.db, { id })
  if (!company) throw new Error('the demo company was removed while it was loaded')
  return systemContext(parts, company)
}

/** Evening by evening, so that the figures of the weeks before are kept as they were. */
async function writeRecords(ctx: Ctx, story: Story, idOf: Map<string, string>, report: Report): Promise<void> {
  const portions = byEvenings(story.records, story.evenings)
  const all = portions.flat().reduce((sum, shelf) => sum + shelf.records.length, 0)
  let count = 0
  for (const [at, shelves] of portions.entries()) {
    await loadRecords(ctx, shelves, idOf, (added, { label }) => {
      count += added
      const words = { zh: `正在写入${label.zh}({count}/{all})`, en: `Writing ${label.en} ({count}/{all})` }
      const filled = (text: string) => text.replace('{count}', String(count)).replace('{all}', String(all))
      report(0.12 + (0.82 * count) / all, { zh: filled(words.zh), en: filled(words.en) })
    })
    const evening = story.evenings[at]
    if (evening !== undefined) await takeNight(nightAfter(ctx, evening))
  }
}

function nightAfter(ctx: Ctx, evening: Day): Ctx {
  const day = addDays(evening, 1)
  return { ...ctx, today: day, now: new Date(`${day}T00:10:00+08:00`) }
}

async function closeLeavers(ctx: Ctx, { people }: Story, idOf: ReadonlyMap<string, string>): Promise<void> {
  const leavers = people.filter(({ stays }) => stays.at(-1)?.to !== null)
  for (const { key } of leavers) await deactivatePerson(ctx, known(idOf, key))
}
