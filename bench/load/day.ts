import { setTimeout as pause } from 'node:timers/promises'
import type { Chance } from '#app/demo/chance.ts'
import type { Browser } from './browser.ts'

export interface Visitor {
  readonly identifier: string
  readonly password: string
  readonly browser: Browser
  readonly chance: Chance
  /** Mean of the seconds between two things that somebody does. */
  readonly thinkSeconds: number
}

interface Desk extends Visitor {
  /** Records that this person has seen, by object. */
  readonly seen: Map<string, string[]>
  readonly mayPlan: boolean
}

interface Habit {
  readonly weight: number
  readonly act: (desk: Desk) => Promise<void>
}

/** Comes, works with pauses in between, and stops when the day is over. */
export async function liveDay(visitor: Visitor, isOver: () => boolean): Promise<void> {
  const { browser, chance, identifier, password, thinkSeconds } = visitor
  await browser.ask('sign in', 'POST', '/auth/sign-in', { identifier, password })
  const me = await browser.ask('me', 'GET', '/me')
  if (me === undefined) return
  const desk: Desk = { ...visitor, seen: new Map(), mayPlan: me.permissions?.includes('plan.read') === true }
  await browser.page(browser.ask('objects', 'GET', '/objects'), dashboard(desk))
  let page = openPage(browser)
  while (!isOver()) {
    // Mostly a few seconds, now and then a coffee.
    await pause(-Math.log(1 - chance.next()) * thinkSeconds * 1000)
    if (isOver()) break
    // Now and then the whole page is loaded anew, or another tab is looked at meanwhile.
    if (chance.happens(0.05)) {
      await page.leave()
      page = openPage(browser)
    }
    await chance.pickBy(habits, ({ weight }) => weight).act(desk)
  }
  await page.leave()
}

function openPage(browser: Browser) {
  const left = new AbortController()
  const listening = browser.listen(left.signal)
  return {
    leave: async () => {
      left.abort()
      await listening
    },
  }
}

const habits: readonly Habit[] = [
  { weight: 15, act: (desk) => dashboard(desk) },
  { weight: 22, act: (desk) => list(desk) },
  { weight: 22, act: (desk) => show(desk) },
  { weight: 12, act: (desk) => search(desk) },
  { weight: 12, act: (desk) => change(desk) },
  { weight: 8, act: (desk) => noteActivity(desk) },
  { weight: 5, act: (desk) => comment(desk) },
  { weight: 4, act: (desk) => board(desk) },
  { weight: 8, act: (desk) => notices(desk) },
]

/** The targets of those who lead, the day of those who sell. */
async function dashboard({ browser, mayPlan }: Desk): Promise<void> {
  if (mayPlan) {
    await browser.page(
      browser.ask('dashboard tree', 'GET', '/metrics/signed_amount/tree'),
      browser.ask('dashboard series', 'GET', '/metrics/signed_amount/series'),
    )
  }
  const open = { and: [{ field: 'status', op: 'eq', value: 'open' }] }
  await browser.page(
    browser.ask('tasks', 'POST', '/records/task/query', { limit: 50 }),
    browser.ask('totals', 'POST', '/records/opportunity/totals', { filter: open, sum: ['amount'] }),
  )
}

const objects = ['account', 'opportunity', 'contact', 'order', 'activity'] as const
const texts = ['', '', '科技', '上海', '有限', '华'] as const

async function list(desk: Desk): Promise<void> {
  const { browser, chance, seen } = desk
  const object = chance.pick(objects)
  const word = chance.pick(texts)
  const question = word === '' || object !== 'account' ? {} : { filter: { field: 'name', op: 'contains', value: word } }
  const [page] = await Promise.all([
    browser.ask('list', 'POST', `/records/${object}/query`, { ...question, limit: 50 }),
    browser.ask('totals', 'POST', `/records/${object}/totals`, question),
  ])
  const rows = page?.rows ?? []
  if (rows.length > 0)
    seen.set(
      object,
      rows.map((row) => row.id),
    )
  // Some scroll on.
  if (page?.cursor && chance.happens(0.3)) {
    await browser.ask('list', 'POST', `/records/${object}/query`, { ...question, limit: 50, cursor: page.cursor })
  }
}

async function show(desk: Desk): Promise<void> {
  const { browser, chance, seen } = desk
  const known = [...seen.keys()]
  if (known.length === 0) return list(desk)
  const object = chance.pick(known)
  const path = `/records/${object}/${chance.pick(seen.get(object) ?? [])}`
  await browser.page(
    browser.ask('record', 'GET', path),
    browser.ask('history', 'GET', `${path}/history`),
    browser.ask('comments', 'GET', `${path}/comments`),
    browser.ask('files', 'GET', `${path}/files`),
  )
}

const searched = ['上海', 'keji', '华东', 'hd', '138', '医疗', 'zhang', '机械'] as const

async function search({ browser, chance }: Desk): Promise<void> {
  await browser.ask('search', 'GET', `/search?q=${encodeURIComponent(chance.pick(searched))}`)
}

async function change(desk: Desk): Promise<void> {
  const { browser, chance } = desk
  const deals = await ownDeals(desk)
  if (deals.length === 0) return
  const deal = chance.pick(deals)
  const values = { amount: String(chance.whole(1000, 900_000)) }
  await browser.ask('change', 'PATCH', `/records/opportunity/${deal.id}`, { values })
}

async function noteActivity(desk: Desk): Promise<void> {
  const { browser, chance } = desk
  const deals = await ownDeals(desk)
  const deal = deals.length === 0 ? undefined : chance.pick(deals)
  const about = deal?.account ? { account: deal.account } : {}
  const values = { kind: 'call', subject: `跟进 ${chance.whole(1, 100_000)}`, doneOn: today(), ...about }
  await browser.ask('create', 'POST', '/records/activity', { values, confirmed: true })
}

async function comment(desk: Desk): Promise<void> {
  const { browser, chance } = desk
  const deals = await ownDeals(desk)
  if (deals.length === 0) return
  await browser.ask('comment', 'POST', `/records/opportunity/${chance.pick(deals).id}/comments`, {
    text: '已与客户确认',
  })
}

async function board({ browser }: Desk): Promise<void> {
  const filter = { field: 'status', op: 'eq', value: 'open' }
  await browser.page(
    browser.ask('board', 'POST', '/records/opportunity/query', { filter, limit: 200 }),
    browser.ask('board', 'POST', '/records/opportunity/totals', { filter, sum: ['amount'], groupBy: 'stage' }),
  )
}

async function notices({ browser }: Desk): Promise<void> {
  await browser.ask('notices', 'GET', '/notices?unread=true')
}

async function ownDeals({ browser }: Desk) {
  const filter = { field: 'status', op: 'eq', value: 'open' }
  const page = await browser.ask('list', 'POST', '/records/opportunity/query', { filter, limit: 50 })
  return page?.rows ?? []
}

const today = () => new Date().toISOString().slice(0, 10)
