import { addDays, addMonths, firstOfMonth, yearAndMonth, type Day } from '#engine/calendar/day.ts'
import type { Chance } from './chance.ts'
import { nameGiver } from './name-giver.ts'
import { personas } from './personas.ts'
import { regions } from './regions.ts'
import type { OrgStory, PersonStory, Setting, Stay, UnitMove, UnitStory } from './story.ts'

export const companyKey = 'u'

/** The region that is in trouble this quarter, and the team that is far ahead. */
export const troubled = '西南大区'
export const star = `u/华南大区/广东分公司/深圳团队`
/** Where the personas of the demo work. */
const personaTeam = `u/华东大区/江苏分公司/苏南团队`
const movedTeam = `u/华东大区/安徽分公司/淮海团队`
const movedTo = `u/华东大区/江苏分公司`

/** First day of the story: 24 months before the month of today. */
export function firstDay({ today }: Setting): Day {
  return addMonths(firstOfMonth(today), -24)
}

/** The last day with results: nothing of the demo has happened today. */
export function lastDay({ today }: Setting): Day {
  return addDays(today, -1)
}

interface Writing {
  readonly setting: Setting
  readonly chance: Chance
  readonly nameOf: (wanted?: string) => string
  readonly people: PersonStory[]
}

/** Units, people and their moves over two years. */
export function tellOrg(setting: Setting, chance: Chance): OrgStory {
  const writing: Writing = { setting, chance, nameOf: nameGiver(chance.chapter('names')), people: [] }
  const units = [tellOffice(writing)]
  for (const region of regions) {
    const key = `${companyKey}/${region.name}`
    const head = addLeader(writing, key, '大区总经理', region.name === troubled ? personas.region.name : undefined)
    units.push({ key, path: [region.name], headKey: head })
    for (const branch of region.branches) {
      const branchKey = `${key}/${branch.name}`
      const branchHead = addLeader(writing, branchKey, '分公司经理')
      units.push({ key: branchKey, path: [region.name, branch.name], headKey: branchHead })
      for (const team of branch.teams) {
        const teamKey = `${branchKey}/${team.name}`
        const path = [region.name, branch.name, team.name]
        units.push({ key: teamKey, path, headKey: tellTeam(writing, teamKey) })
      }
    }
  }
  exchangePeople(writing, units)
  return { units, people: writing.people, unitMoves: [moveOfTeam(setting)] }
}

/** With the new year, so that each year's plan has the team where it works. */
function moveOfTeam(setting: Setting): UnitMove {
  return { unit: movedTeam, to: movedTo, from: `${yearAndMonth(setting.today).year}-01-01` }
}

/** The head office: the director, sales operations and the administrator. */
function tellOffice(writing: Writing): UnitStory {
  const { director, operations, administrator } = personas
  const headKey = add(writing, director.name, 'director', [stay(companyKey, '销售总监')])
  add(writing, operations.name, 'operations', [stay(companyKey, '销售运营主管')])
  add(writing, administrator.name, 'administrator', [stay(companyKey, '系统管理员')])
  for (const position of ['销售运营专员', '销售运营专员', '商务经理']) {
    add(writing, undefined, 'operations', [stay(companyKey, position)])
  }
  return { key: companyKey, path: [], headKey }
}

function stay(unit: string, position: string, more: Partial<Stay> = {}): Stay {
  return { unit, from: null, to: null, position, repTier: null, ...more }
}

function addLeader(writing: Writing, unit: string, position: string, name?: string): string {
  return add(writing, name, 'manager', [stay(unit, position)])
}

function tellTeam(writing: Writing, key: string): string {
  const { chance } = writing
  const isPersonas = key === personaTeam
  const leader = isPersonas ? personas.team.name : undefined
  const head = add(writing, leader, 'manager', [stay(key, '团队经理', { repTier: '标杆' })])
  if (isPersonas)
    add(writing, personas.representative.name, 'representative', [stay(key, '销售代表', { repTier: '骨干' })])
  const count = key === star || isPersonas ? 5 : chance.pickBy([3, 4, 5], (_, at) => [3, 6, 2][at] ?? 1)
  for (let at = 0; at < count; at += 1) add(writing, undefined, 'representative', staysOf(writing, key))
  return head
}

/** Three in ten joined during the story. */
function staysOf({ chance, setting }: Writing, unit: string): readonly Stay[] {
  if (!chance.happens(0.3))
    return [stay(unit, '销售代表', { repTier: chance.pick(['合格', '合格', '骨干', '骨干', '标杆']) })]
  const from = addMonths(firstOfMonth(setting.today), -chance.whole(1, 22))
  const isNew = from > addMonths(setting.today, -8)
  return [stay(unit, '销售代表', { from, repTier: isNew ? '新人' : chance.pick(['合格', '骨干']) })]
}

/** A dozen change teams, a dozen leave; those who left are followed by others. */
function exchangePeople(writing: Writing, units: readonly UnitStory[]): void {
  const { chance, people, setting } = writing
  const month = (ago: number) => addMonths(firstOfMonth(setting.today), -ago)
  const settled = people.filter(
    ({ stays, role, name }) => role === 'representative' && !stays[0]?.from && name !== personas.representative.name,
  )
  for (const mover of chance.shuffled(settled).slice(0, 12)) {
    const [before] = mover.stays
    const neighbour = before && chance.pick(teamsBeside(units, before.unit))
    if (!before || !neighbour) continue
    const on = month(chance.whole(3, 18))
    const stays = [
      { ...before, to: on },
      { ...before, unit: neighbour, from: on },
    ]
    people[people.indexOf(mover)] = { ...mover, stays }
  }
  const teams = units.filter(({ path }) => path.length === 3)
  for (const team of chance.shuffled(teams).slice(0, 12)) {
    const to = month(chance.whole(2, 19))
    add(writing, undefined, 'representative', [stay(team.key, '销售代表', { to, repTier: '合格' })])
  }
}

function teamsBeside(units: readonly UnitStory[], team: string): readonly string[] {
  const region = team.split('/').slice(0, 2).join('/')
  return units
    .filter(({ key, path }) => path.length === 3 && key.startsWith(region) && key !== team)
    .map(({ key }) => key)
}

function add(writing: Writing, name: string | undefined, role: PersonStory['role'], stays: readonly Stay[]): string {
  const number = String(writing.people.length + 1).padStart(4, '0')
  const key = `p${number}`
  const email = `ht${number}@hetian.example`
  writing.people.push({ key, name: writing.nameOf(name), employeeNo: `HT${number}`, email, role, stays })
  return key
}
