import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { sql } from 'kysely'
import { pino } from 'pino'
import { buildServer } from '#app/server.ts'
import { hashPassword } from '#platform/auth/secret.ts'
import { openSession } from '#platform/auth/session-store.ts'
import { connect } from '#platform/db/connect.ts'
import { newId } from '#platform/db/new-id.ts'
import { usableBrowser } from '../e2e/harness/find-browser.ts'
import { figure, type Figure, type Setting } from './figure.ts'
import { keyAt, kinds } from './keys.ts'
import { percentile } from './measure.ts'
import { planWidth, planYear } from './seed-wide-plans.ts'
import type { Seeded } from './seeded.ts'

const rounds = 7

/**
 * The page of a plan of 3,000 people, 24 periods and five metrics in a real browser: from the click to the grid, from the
 * address to the grid, and from Enter in a cell until every sum on the screen is painted anew.
 */
export async function bench({ seeded }: Setting): Promise<readonly Figure[]> {
  const company = await seeded()
  await company.widePlans()
  const cookie = await letDirectorIn(company)
  const app = await buildServer({
    db: company.everybody.db,
    log: pino({ level: 'silent' }),
    settings: { publicUrl: null, plainHttp: 'loopback', requestsPerMinute: 1_000_000 },
    webFolder: join(import.meta.dirname, '..', 'dist', 'web'),
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const { executablePath, libraries } = usableBrowser()
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
    ...(libraries === null ? {} : { env: { ...process.env, LD_LIBRARY_PATH: libraries } }),
  })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    await context.addCookies([{ name: 'terrace', value: cookie, url }])
    const page = await context.newPage()
    const loaded = await timesOf(rounds, () => timeToGrid(page, () => page.goto(planAt(url, 'signed_amount'))))
    const chosen = await timesOf(rounds, async () => {
      await page.goto(`${url}/targets`)
      await page.locator('a[href^="/targets/plans"]').first().waitFor()
      return timeToGrid(page, () => page.evaluate(goTo, planAt('', 'signed_amount')))
    })
    const month = await timesOf(rounds, (round) => timeOfEntry(page, 2, 30_000_000 + round * 1_000_000))
    const year = await timesOf(rounds, (round) => timeOfEntry(page, 0, 800_000_000 + round * 10_000_000))
    return [
      figure('page of a plan: from its address to the grid, p50', percentile(loaded, 0.5), 'ms', { atMost: 1_000 }),
      figure('page of a plan: from another page to the grid, p50', percentile(chosen, 0.5), 'ms', { atMost: 1_000 }),
      figure('page of a plan: a month re-balanced and painted, p50', percentile(month, 0.5), 'ms', { atMost: 200 }),
      figure(`page of a plan: ${planWidth} periods re-balanced and painted, p50`, percentile(year, 0.5), 'ms', {
        atMost: 200,
      }),
    ]
  } finally {
    await browser.close()
    await app.close()
  }
}

const planAt = (url: string, metric: string) => `${url}/targets/plans?metric=${metric}&period=${planYear}`

/** As a link within the pages does. */
function goTo(address: string): void {
  history.pushState(null, '', address)
  dispatchEvent(new PopStateEvent('popstate'))
}

async function timesOf(count: number, act: (round: number) => Promise<number>): Promise<readonly number[]> {
  const times: number[] = []
  // The first round warms what a working day has warm.
  for (let round = 0; round <= count; round += 1) {
    const took = await act(round)
    if (round > 0) times.push(took)
  }
  return times.sort((a, b) => a - b)
}

async function timeToGrid(page: Page, go: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await go()
  await page.locator('.plan-grid-row').nth(5).waitFor()
  return performance.now() - began
}

/**
 * Types into the first row below the top, in the column so far from the year, and waits until its sums are painted; the
 * value differs enough that every row of the plan changes.
 * Measured in the page, from Enter to the frame after the one that shows the changed cell.
 */
async function timeOfEntry(page: Page, column: number, value: number): Promise<number> {
  const cell = page.locator('.plan-grid-row').nth(1).locator('.plan-grid-cell').nth(column)
  await cell.click()
  await page.keyboard.type(String(value))
  await page.evaluate(watchEnter)
  await page.keyboard.press('Enter')
  return page.evaluate(async () => (globalThis as { painted?: Promise<number> }).painted ?? Number.NaN)
}

/** Runs in the page. */
function watchEnter(): void {
  const grid = document.querySelector('.plan-grid')
  const watched = globalThis as { painted?: Promise<number> }
  watched.painted = new Promise((painted) => {
    const onKey = () => {
      const began = performance.now()
      const changes = new MutationObserver(() => {
        changes.disconnect()
        requestAnimationFrame(() => setTimeout(() => painted(performance.now() - began)))
      })
      if (grid) changes.observe(grid, { subtree: true, attributeFilter: ['data-changed'], characterData: true })
    }
    addEventListener('keydown', onKey, { capture: true, once: true })
  })
}

/** Lets one person of the company in as an administrator; answers the token of the session. */
async function letDirectorIn({ everybody, ownerUrl }: Seeded): Promise<string> {
  const owner = connect(ownerUrl)
  const [company, person, login] = [everybody.company.id, keyAt(kinds.person, 0), newId()]
  try {
    await sql`insert into login (id, email, password_hash)
      values (${login}, 'director@bench.example', ${await hashPassword(newId())})`.execute(owner.db)
    await sql`update person set login_id = ${login}, role = 'administrator'
      where company_id = ${company} and id = ${person}`.execute(owner.db)
  } finally {
    await owner.close()
  }
  return openSession(everybody.db, { loginId: login, companyId: company, personId: person, origin: null })
}
