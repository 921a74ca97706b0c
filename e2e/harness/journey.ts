import AxeBuilder from '@axe-core/playwright'
import { chromium, expect, test as base, type Browser as Chromium, type Page } from '@playwright/test'
import type { Browser } from './find-browser.ts'
import { dropDataDir, newDataDir, startTerrace, type Terrace } from './start-terrace.ts'

interface Pages {
  /** A page on a desk, 1440 wide. */
  readonly desk: Page
  /** A page on a phone, 390 wide, with touch, whose person wants no motion. */
  readonly phone: Page
  /** Opens further pages, each of another person: nothing is shared between them. */
  readonly newDesk: () => Promise<Page>
}

interface Workers {
  readonly chrome: Chromium
}

/** Journeys: a browser that needs no system package, pages of two sizes, and no error in any console. */
export const test = base.extend<Pages, Workers>({
  chrome: [
    async ({}, use) => {
      const chrome = await launch()
      await use(chrome)
      await chrome.close()
    },
    { scope: 'worker' },
  ],
  newDesk: async ({ chrome }, use) => {
    const closing: (() => Promise<void>)[] = []
    const troubles: string[] = []
    await use(async () => {
      const context = await chrome.newContext({
        viewport: { width: 1440, height: 900 },
        locale: 'zh-CN',
      })
      closing.push(() => context.close())
      return watched(await context.newPage(), troubles)
    })
    for (const close of closing) await close()
    expect(troubles).toEqual([])
  },
  desk: async ({ newDesk }, use) => use(await newDesk()),
  phone: async ({ chrome }, use) => {
    const troubles: string[] = []
    const context = await chrome.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      locale: 'zh-CN',
      reducedMotion: 'reduce',
    })
    await use(watched(await context.newPage(), troubles))
    await context.close()
    expect(troubles).toEqual([])
  },
})

export { expect }

/** A real server for the journeys of one file; `terrace.url` is there once they run. */
export function useTerrace(): {
  readonly url: string
  readonly terrace: Terrace
} {
  const running: Terrace[] = []
  const terrace = () => {
    const [first] = running
    if (first === undefined) throw new Error('the server runs during journeys only')
    return first
  }
  test.beforeAll(async () => {
    running.push(await startTerrace(newDataDir()))
  })
  test.afterAll(async () => {
    await terrace().stop()
    dropDataDir(terrace().dataDir)
  })
  return {
    get url() {
      return terrace().url
    },
    get terrace() {
      return terrace()
    },
  }
}

/** No serious fault of accessibility on the page as it stands; what passes while the page still loads is none. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(async () => {
    await settled(page)
    // All rules, told of their violations only: most of the time went into listing the thousands of things that are
    // right, and into a page of its own to join the findings of frames, of which no page has any.
    const { violations } = await new AxeBuilder({ page })
      .options({ resultTypes: ['violations'] })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .setLegacyMode(true)
      .analyze()
    const serious = violations.filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    expect(
      serious.map((violation) => ({ id: violation.id, on: violation.nodes.map((node) => node.target.join(' ')) })),
    ).toEqual([])
  }).toPass({ timeout: 15_000 })
}

/** Colours on their way to others have no contrast to judge; what turns for ever is not waited for. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // What was clicked just now begins to fade with the next frame.
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
    const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map((each) => each.finished))
  })
}

/** The page asks for no sideways scrolling. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(tooWide).toBeLessThanOrEqual(0)
}

function watched(page: Page, troubles: string[]): Page {
  page.on('pageerror', (error) => troubles.push(String(error)))
  page.on('console', (message) => {
    // A refused request is the page's to explain; what must not happen is an error of the page itself.
    const isRefusal = message.text().startsWith('Failed to load resource') && message.location().url.includes('/api/')
    if (message.type() === 'error' && !isRefusal) troubles.push(message.text())
  })
  return page
}

async function launch(): Promise<Chromium> {
  const { executablePath, libraries }: Browser = JSON.parse(process.env['TERRACE_BROWSER'] ?? '{}')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
    ...(libraries === null ? {} : { env: { ...process.env, LD_LIBRARY_PATH: libraries } }),
  })
}
