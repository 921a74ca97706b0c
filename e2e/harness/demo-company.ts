import { expect, type Page } from '@playwright/test'
import { test as journey } from './journey.ts'
import { dropDataDir, newDataDir, startTerrace, type Terrace } from './start-terrace.ts'

interface DemoWorker {
  /** The demo company, loaded once for the journeys of all files; each journey changes only what no other looks at. */
  readonly demo: Terrace
}

export const test = journey.extend<object, DemoWorker>({
  demo: [
    async ({}, use) => {
      const terrace = await startTerrace(newDataDir())
      const loaded = terrace.command('demo')
      if (loaded.code !== 0) throw new Error(`the demo did not load: ${loaded.err}`)
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
