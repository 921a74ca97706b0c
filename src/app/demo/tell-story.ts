import { chanceOf } from './chance.ts'
import { fitToPlan } from './fit-to-plan.ts'
import { personas } from './personas.ts'
import { seatsOf } from './presence.ts'
import { wares } from './products.ts'
import type { RecordStory, Setting, Shelf, Story } from './story.ts'
import { tellCustomers } from './tell-customers.ts'
import { tellDeals } from './tell-deals.ts'
import { tellEvenings, withCorrections } from './tell-evenings.ts'
import { tellOpportunities } from './tell-opportunities.ts'
import { tellOrg } from './tell-org.ts'
import { tellPlans } from './tell-plans.ts'
import { tellSales } from './tell-sales.ts'
import { withTimes } from './tell-times.ts'
import { tellWork } from './tell-work.ts'

/** Tells the whole company: pure, without a clock; the same setting always gives the same story. */
export function tellStory(setting: Setting): Story {
  const chance = chanceOf(setting.seed)
  const org = tellOrg(setting, chance.chapter('org'))
  const skills = chance.chapter('skills')
  const seats = seatsOf(org, () => Math.min(1.7, Math.max(0.5, skills.skewed(1, 0.28))))
  const plans = tellPlans(setting, seats)
  const people = tellCustomers(setting, chance.chapter('customers'), seats)
  const favourite = org.people.find(({ name }) => name === personas.representative.name)?.key
  const deals = tellDeals(setting, chance.chapter('deals'), seats, people.customers, favourite)
  fitToPlan(setting, chance.chapter('amounts'), deals, plans, favourite)
  const told = tellOpportunities(chance.chapter('opportunities'), deals, seats, favourite)
  const sales = tellSales(setting, chance.chapter('sales'), told, seats)
  const work = tellWork(setting, chance.chapter('work'), { org, seats, customers: people.customers, told, favourite })
  const records: readonly Shelf[] = [
    { object: 'product', label: { zh: '产品', en: 'products' }, records: wares.map(toProduct) },
    {
      object: 'account',
      label: { zh: '客户', en: 'accounts' },
      records: people.accounts.filter(({ values }) => !values['parent']),
    },
    {
      object: 'account',
      label: { zh: '客户', en: 'accounts' },
      records: people.accounts.filter(({ values }) => values['parent']),
    },
    { object: 'contact', label: { zh: '联系人', en: 'contacts' }, records: people.contacts },
    { object: 'opportunity', label: { zh: '商机', en: 'opportunities' }, records: told.map(({ record }) => record) },
    { object: 'order', label: { zh: '订单', en: 'orders' }, records: sales.orders },
    { object: 'payment', label: { zh: '回款', en: 'payments' }, records: sales.payments },
    { object: 'refund', label: { zh: '退款', en: 'refunds' }, records: sales.refunds },
    { object: 'activity', label: { zh: '跟进', en: 'activities' }, records: work.activities },
    { object: 'task', label: { zh: '任务', en: 'tasks' }, records: work.tasks },
  ]
  const timed = withTimes(setting, chance.chapter('times'), records)
  const corrected = withCorrections(setting, chance.chapter('corrections'), timed, favourite)
  return { setting, ...org, plans, records: corrected, evenings: tellEvenings(setting) }
}

function toProduct({ name, code, series, listPrice }: (typeof wares)[number]): RecordStory {
  return { key: code, values: { name, code, series, listPrice: String(listPrice), active: true } }
}
