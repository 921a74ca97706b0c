import { splitByWeight } from '#engine/money/split.ts'
import type { Chance } from './chance.ts'
import { personName } from './name-giver.ts'
import { brands, jobTitles, trades, type Trade } from './phrases.ts'
import { isSeated, type Seat } from './presence.ts'
import { regions, type City } from './regions.ts'
import type { RecordStory, Setting } from './story.ts'
import { strengthOf } from './tell-plans.ts'

/** What the other chapters need of a customer. */
export interface Customer {
  readonly key: string
  /** Without city and legal ending: as people call it. */
  readonly shortName: string
  readonly industry: string
  readonly employees: number
  readonly team: string
  readonly owner: string
  readonly contacts: readonly string[]
}

export interface CustomerStory {
  readonly customers: readonly Customer[]
  readonly accounts: readonly RecordStory[]
  readonly contacts: readonly RecordStory[]
}

/** Customers of every team's cities, each with an owner of today and somebody to talk to. */
export function tellCustomers(setting: Setting, chance: Chance, seats: readonly Seat[]): CustomerStory {
  const current = seats.filter((seat) => isSeated(seat, setting.today))
  const teams = teamsWith(current)
  const weights = teams.map(({ key, seats: own }) => String(Math.round(own.length * strengthOf(key) * 100)))
  const counts = splitByWeight(String(Math.round(3000 * setting.scale)), weights, '1').map(Number)
  const names = new Set<string>()
  const story = { customers: [] as Customer[], accounts: [] as RecordStory[], contacts: [] as RecordStory[] }
  for (const [at, team] of teams.entries()) {
    for (let count = counts[at] ?? 0; count > 0; count -= 1) addCustomer(story, chance, team, names)
  }
  return { ...story, accounts: withParents(chance, story.accounts) }
}

interface Team {
  readonly key: string
  readonly cities: readonly City[]
  readonly seats: readonly Seat[]
}

function teamsWith(seats: readonly Seat[]): readonly Team[] {
  return regions.flatMap((region) =>
    region.branches.flatMap((branch) =>
      branch.teams.map((team) => {
        const key = `u/${region.name}/${branch.name}/${team.name}`
        return { key, cities: team.cities, seats: seats.filter((seat) => seat.unit === key) }
      }),
    ),
  )
}

interface Growing {
  readonly customers: Customer[]
  readonly accounts: RecordStory[]
  readonly contacts: RecordStory[]
}

function addCustomer(story: Growing, chance: Chance, team: Team, names: Set<string>): void {
  const [province, city] = chance.pickBy(team.cities, ([, , weight]) => weight)
  const trade = chance.pickBy(trades, ({ weight }) => weight)
  const { name, shortName } = freshName(chance, city, trade, names)
  const owner = chance.pickBy(team.seats, ({ isHead }) => (isHead ? 0.5 : 1)).person
  const employees = Math.max(3, Math.round(chance.skewed(trade.size, 1.1)))
  const number = String(story.accounts.length + 1).padStart(5, '0')
  const key = `a${number}`
  story.accounts.push({
    key,
    values: {
      name,
      code: `KH${number}`,
      industry: trade.industry,
      province,
      city,
      phone: `400-${chance.whole(100, 999)}-${number.slice(1)}`,
      employees: String(employees),
      annualRevenue: String(Math.round(employees * chance.skewed(52, 0.5)) * 10_000),
      foundedYear: String(2024 - Math.min(35, Math.floor(chance.skewed(9, 0.6)))),
      ownerId: owner,
    },
  })
  const contacts = addContacts(story, chance, key, owner)
  story.customers.push({ key, shortName, industry: trade.industry, employees, team: team.key, owner, contacts })
}

function freshName(chance: Chance, city: string, trade: Trade, names: Set<string>) {
  const place = city.replace(/(新区|市|区|县|(回族|白族)?自治州)$/, '')
  for (;;) {
    const shortName = `${place}${chance.pick(brands)}${chance.pick(trade.words)}`
    const name = shortName + chance.pick(trade.endings)
    if (names.has(name)) continue
    names.add(name)
    return { name, shortName }
  }
}

/** One contact for each, a second for three in ten. */
function addContacts(story: Growing, chance: Chance, account: string, owner: string): readonly string[] {
  return Array.from({ length: chance.happens(0.3) ? 2 : 1 }, () => {
    const number = String(story.contacts.length + 1).padStart(5, '0')
    const key = `c${number}`
    const [title] = chance.pickBy(jobTitles, ([, weight]) => weight)
    const wechat = chance.happens(0.5) ? { wechat: `nt_${number}` } : {}
    // The block 138 0000 is kept for examples.
    const values = {
      name: personName(chance),
      account,
      title,
      phone: `1380000${number.slice(1)}`,
      ownerId: owner,
      ...wechat,
    }
    story.contacts.push({ key, values })
    return key
  })
}

/** Some of the later customers belong to one of the first: the bigger ones have subsidiaries. */
function withParents(chance: Chance, accounts: readonly RecordStory[]): readonly RecordStory[] {
  const parents = accounts
    .slice(0, Math.floor(accounts.length / 6))
    .filter(({ values }) => Number(values['employees']) > 200)
  const first = Math.floor(accounts.length / 2)
  return accounts.map((account, at) => {
    if (at < first || parents.length === 0 || !chance.happens(0.03)) return account
    return { ...account, values: { ...account.values, parent: chance.pick(parents).key } }
  })
}
