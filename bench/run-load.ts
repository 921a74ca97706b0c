// Many people work with the demo company at the same time, with pauses to think; ends with how long they waited.
//   npm run load                                  500 people for 10 minutes
//   npm run load -- --people 100 --minutes 2
import { spawnSync } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { chanceOf } from '#app/demo/chance.ts'
import { dropDataDir, newDataDir, startTerrace } from '../e2e/harness/start-terrace.ts'
import { startMailServer } from '#testing/mail-server.ts'
import { openBrowser } from './load/browser.ts'
import { liveDay } from './load/day.ts'
import { letStaffIn } from './load/staff.ts'
import { keepTimings } from './load/timings.ts'

const { values: options } = parseArgs({
  options: {
    people: { type: 'string', default: '500' },
    minutes: { type: 'string', default: '10' },
    /** Mean of the seconds between two things that somebody does. */
    think: { type: 'string', default: '10' },
    seed: { type: 'string', default: 'load' },
  },
})
const people = Number(options.people)
const minutes = Number(options.minutes)
const thinkSeconds = Number(options.think)
/** So long it takes until all have come: nobody's morning begins for 500 people in one second. */
const arrivalMs = Math.min(60_000, minutes * 60_000 * 0.2)

const goal = 300
const dataDir = newDataDir()
const port = String(20_000 + Math.floor(Math.random() * 20_000))
const office = await startMailServer()
const terrace = await startTerrace(dataDir, {
  PORT: port,
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  LOG_LEVEL: 'error',
  SMTP_URL: office.url,
  MAIL_FROM: 'terrace@load.example',
})
try {
  console.log('loading the demo company')
  if (terrace.command('demo').code !== 0) throw new Error('the demo did not load')
  const staff = await letStaffIn(terrace.dataDir)
  const timings = keepTimings()
  let isOver = false
  const days = Array.from({ length: people }, async (_, at) => {
    const account = staff[at % staff.length]
    if (!account) return
    await pause((arrivalMs * at) / people)
    const browser = openBrowser(terrace.url, addressOf(at), timings)
    await liveDay({ ...account, browser, chance: chanceOf(`${options.seed}/${at}`), thinkSeconds }, () => isOver)
  })
  const memory = await watch(minutes)
  isOver = true
  await Promise.all(days)
  console.table(timings.rows())
  console.table(memory)
  console.log(`${office.received.length} letters were sent meanwhile`)
  for (const example of timings.examples) console.log(`error: ${example}`)
  const total = timings.total()
  console.table([total])
  const holds = total.errors === 0 && total['p95 ms'] <= goal
  console.log(
    `${people} people, ${minutes} minutes, ${staff.length} of them different: ${total.requests} requests ` +
      `(${(total.requests / minutes / 60).toFixed(1)} a second), ${total.errors} errors, ` +
      `p95 ${total['p95 ms']} ms (goal ≤ ${goal}): ${holds ? 'holds' : 'does not hold'}`,
  )
  process.exitCode = holds ? 0 : 1
} finally {
  await terrace.stop()
  await office.stop()
  dropDataDir(dataDir)
}
process.exit()

/** Memory of the server while they work, minute by minute; the database's own is its cache and not watched. */
async function watch(length: number) {
  const steps = Math.max(4, Math.min(20, Math.round(length * 2)))
  const rows: { readonly 'after s': number; readonly 'server MB': number }[] = []
  for (let step = 1; step <= steps; step += 1) {
    await pause((length * 60_000) / steps)
    const kilobytes = spawnSync('ps', ['-o', 'rss=', '-p', String(terrace.process.pid)], { encoding: 'utf8' }).stdout
    const row = {
      'after s': Math.round((length * 60 * step) / steps),
      'server MB': Math.round(Number(kilobytes) / 1024),
    }
    rows.push(row)
    console.log(`${row['after s']} s: ${row['server MB']} MB`)
  }
  return rows
}

function addressOf(at: number): string {
  return `10.1.${Math.floor(at / 250)}.${(at % 250) + 1}`
}
