import { dropDataDir, newDataDir } from './start-terrace.ts'
import { findBrowser } from './find-browser.ts'
import { demoTemplate } from './demo-template.ts'

/** Before the first journey, in the process that all workers come from; answers what is to be done after the last. */
export default async function beforeAll(): Promise<() => void> {
  await findBrowser()
  const folder = newDataDir()
  process.env[demoTemplate] = folder
  return () => dropDataDir(folder)
}
