import { expect, type Page } from '@playwright/test'
import { personas } from '#app/demo/personas.ts'
import { test as journey } from './journey.ts'
import { newDemoDir } from './demo-template.ts'
import { dropDataDir, startTerrace, type Terrace } from './start-terrace.ts'

interface DemoWorker {
  /** A demo company for the journeys of all files of a worker; each journey changes only what no other looks at. */
  readonly demo: Terrace
}

export const test = journey.extend<object, DemoWorker>({
  demo: [
    async ({}, use) => {
      const terrace = await startTerrace(newDemoDir())
      await use(terrace)
      await terrace.stop()
      dropDataDir(terrace.dataDir)
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

/** Enters the demo with one click, as one of its people. */
export async function enterByClick(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url)
  await page.getByText(name, { exact: true }).first().click()
  await expectHome(page)
}

/** The page of one of the people of the demo, on the screen that they begin with. */
export async function enterAs(page: Page, url: string, name: string): Promise<void> {
  await signInAs(page, url, name)
  await page.goto(url)
  await expectHome(page)
}

/**
 * What the one click asks for, without any page: opening the first page and the one after it takes longer than most
 * steps of a journey that then goes somewhere else.
 */
export async function signInAs(page: Page, url: string, name: string): Promise<void> {
  const persona = Object.values(personas).find((each) => each.name === name)?.key
  const headers = { origin: new URL(url).origin }
  const answer = await page.request.post(`${url}/api/v1/setup/demo/sign-in`, { data: { persona }, headers })
  expect(answer.status(), name).toBe(200)
}

async function expectHome(page: Page): Promise<void> {
  await expect(page).not.toHaveURL(/sign-in|setup/)
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
}
