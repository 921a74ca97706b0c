import { addDays, type Day } from '#engine/calendar/day.ts'
import { exact, plain, sumOf } from '#engine/money/decimal.ts'
import { decideAppeal, lodgeAppeal, previewDecision, propose, submitUnit } from '#features/agreements/server/index.ts'
import { createPlan, leavesOf, listPlans, setPath, showPlan } from '#features/targets/server/index.ts'
import type { PlanRow } from '#features/targets/contract.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { contextOfPerson } from '#platform/db/system.ts'
import { known } from './load-org.ts'
import { personas } from './personas.ts'
import type { Story } from './story.ts'

type Ids = ReadonlyMap<string, string>

/** The branch that proposes its numbers of next year, and the team of it that has handed them up. */
const proposing = 'u/华东大区/江苏分公司'
const handedUp = 'u/华东大区/江苏分公司/南京团队'
const ownTeam = 'u/华东大区/江苏分公司/苏南团队'
const southwest = 'u/西南大区/四川分公司/成都团队'

/**
 * How people come to their targets: next year's plan of sales is a draft for which a branch proposes; one appeal against
 * this year's targets is decided, another waits for the team manager of the demo.
 */
export async function loadAgreements(ctx: Ctx, story: Story, idOf: Ids): Promise<void> {
  await loadProposals(ctx, story, idOf)
  const { plans } = await listPlans(ctx, { metric: 'signed_amount', year: Number(ctx.today.slice(0, 4)) })
  const [plan] = plans
  if (!plan) throw new Error('the plan of this year is not there')
  await loadAppeals(ctx, plan.id, story, idOf)
}

async function loadProposals(ctx: Ctx, story: Story, idOf: Ids): Promise<void> {
  const year = Number(ctx.today.slice(0, 4)) + 1
  const { plan } = await createPlan(ctx, {
    metric: 'sales_amount',
    year,
    from: { basis: 'targets', year: year - 1, growth: '12' },
    cascade: { method: 'headcount', season: 'even', headsCarry: false, ramp: [] },
    reason: '在今年目标上增长 12%，请大家上报',
  })
  await setPath(ctx, plan.id, { asksProposals: true, proposalsUntil: addDays(ctx.today, 14) })
  const { rows } = await showPlan(ctx, plan.id)
  const sellers = sellersOf(story, proposing).filter(({ name }) => name !== personas.representative.name)
  for (const [at, { key, team }] of sellers.entries()) {
    const row = rowOf(rows, idOf, { key, team })
    // Every sixth has not found the time yet.
    if (!row || at % 6 === 5) continue
    const share = exact(['0.92', '1.03', '0.88', '0.97', '0.9'][at % 5] ?? '1')
    const year = share.times(sumOf(row.months)).div(10_000).toDecimalPlaces(0).times(10_000)
    const own = await actingAs(ctx, known(idOf, key), addDays(ctx.today, -1 - (at % 4)))
    await propose(own, plan.id, row.id, { parts: [plain(year)], version: null })
  }
  const head = await headOf(ctx, story, idOf, handedUp)
  await submitUnit(head, plan.id, { unit: known(idOf, handedUp), comment: '已与大家逐个谈过' })
}

async function loadAppeals(ctx: Ctx, planId: string, story: Story, idOf: Ids): Promise<void> {
  const { rows } = await showPlan(ctx, planId)
  const leaves = leavesOf(ctx, Number(ctx.today.slice(0, 4)))
  const running = leaves.findIndex(({ to }) => to > ctx.today) + 1
  const from = Math.min(running + 1, leaves.length)
  const appeal = async (team: string, reasons: string, share: string, day: Day) => {
    const seller = sellersOf(story, team).find(({ key, name }) => {
      const months = rowOf(rows, idOf, { key, team })?.months ?? []
      return name !== personas.representative.name && exact(sumOf(months.slice(from - 1))).gt(0)
    })
    const row = seller && rowOf(rows, idOf, seller)
    if (!seller || !row) throw new Error(`nobody in ${team} has a target`)
    const asked = exact(sumOf(row.months.slice(from - 1)))
      .times(share)
      .div(100)
      .toDecimalPlaces(0)
      .times(100)
    const wish = { planId, node: row.id, from, asked: plain(asked), reasons, evidence: [] }
    return lodgeAppeal(await actingAs(ctx, known(idOf, seller.key), day), wish)
  }
  const { appeal: decided } = await appeal(
    southwest,
    '客户年底停工检修，两个项目推迟到明年',
    '0.75',
    addDays(ctx.today, -12),
  )
  const head = await headOf(ctx, story, idOf, southwest, addDays(ctx.today, -10))
  const total = plain(
    exact(sumOf([decided.standing, decided.asked]))
      .div(200)
      .toDecimalPlaces(0)
      .times(100),
  )
  const { version } = await previewDecision(head, decided.id, { total, carry: 'siblings' })
  const reason = '一个项目确实推迟，另一个仍可争取；其余由团队分担'
  const decision = { verdict: 'partly', total, carry: 'siblings', planVersion: version, reason } as const
  await decideAppeal(head, decided.id, { version: decided.version, ...decision })
  await appeal(ownTeam, '最大客户 12 月暂停采购，预计少签两台烘干设备', '0.8', addDays(ctx.today, -2))
}

interface Seller {
  readonly key: string
  readonly team: string
  readonly name: string
}

/** Representatives who sell in the teams of a unit today. */
function sellersOf({ people }: Story, unit: string): readonly Seller[] {
  return people.flatMap(({ key, name, role, stays }): Seller[] => {
    const last = stays.at(-1)
    const isThere = role === 'representative' && last?.to === null && `${last.unit}/`.startsWith(`${unit}/`)
    return isThere ? [{ key, name, team: last.unit }] : []
  })
}

function rowOf(rows: readonly PlanRow[], idOf: Ids, { key, team }: Omit<Seller, 'name'>): PlanRow | undefined {
  const node = `${known(idOf, team)}.${known(idOf, key)}`
  return rows.find(({ id }) => id === node)
}

async function headOf(ctx: Ctx, { units }: Story, idOf: Ids, unit: string, day: Day = ctx.today): Promise<Ctx> {
  const head = units.find(({ key }) => key === unit)?.headKey ?? ''
  return actingAs(ctx, known(idOf, head), day)
}

/** As that person, in the morning of a day. */
async function actingAs(ctx: Ctx, personId: string, day: Day): Promise<Ctx> {
  const own = await contextOfPerson(ctx, personId)
  if (!own) throw new Error('the story lets somebody act who is not there')
  return { ...own, today: day, now: new Date(`${day}T09:30:00+08:00`) }
}
