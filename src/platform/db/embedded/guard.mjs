// Runs PostgreSQL and ends with the app: the app holds the other end of standard input, and when it goes away,
// however it went, the database is shut down. Plain JavaScript without imports of ours, so that it starts fast.
import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'

const plan = JSON.parse(process.argv[2] ?? '{}')
const calmMs = 10_000
const patienceMs = 20_000

let asked = false
let server
let wasReady = false
let quickDeaths = 0

function run() {
  const log = openSync(plan.logFile, 'a')
  server = spawn(plan.postgres, plan.args, { ...plan.spawn, stdio: ['ignore', log, log] })
  closeSync(log)
  const calm = setTimeout(() => (quickDeaths = 0), calmMs)
  server.on('error', () => process.exit(1))
  server.on('exit', () => {
    clearTimeout(calm)
    server = undefined
    if (asked) process.exit(0)
    // A first start that fails is the app's to explain; a database that was killed comes back by itself.
    quickDeaths += 1
    if (!wasReady || quickDeaths > 5) process.exit(1)
    setTimeout(run, 300)
  })
}

function stop() {
  if (asked) return
  asked = true
  if (!server) process.exit(0)
  if (process.platform === 'win32') spawn(plan.pgCtl, ['stop', '-m', 'fast', '-D', plan.folder], { stdio: 'ignore' })
  else server.kill('SIGINT')
  setTimeout(() => server?.kill('SIGQUIT'), patienceMs).unref()
}

process.stdin.on('end', stop)
process.stdin.on('close', stop)
process.stdin.on('error', stop)
// The app says once that the database answered.
process.stdin.on('data', () => (wasReady = true))
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop)
run()
