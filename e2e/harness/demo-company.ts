import { expect, type Page } from '@playwright/test'
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
export async function enterAs(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url)
  await page.getByText(name, { exact: true }).first().click()
  await expect(page).not.toHaveURL(/sign-in|setup/)
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
}
