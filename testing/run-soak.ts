// Kills the app and its database again and again under a mixed load of writes; ends with what held and what did not.
//   npm run soak                     200 kills, 6 clients
//   npm run soak -- --kills 20 --clients 4 --seed again
import { parseArgs } from 'node:util'
import { soak, type Kill, type SoakOutcome } from './soak/soak.ts'
import type { Victim } from './soak/supervised.ts'

const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    clients: { type: 'string', default: '6' },
    seed: { type: 'string', default: 'terrace' },
    'calm-ms': { type: 'string', default: '4000' },
  },
})

function report({ kills, promises, weather, broken, verified, starts, tookMs }: SoakOutcome): boolean {
  console.table(['app', 'database', 'everything'].map((victim) => rowOf(kills, victim as Victim)))
  console.table([
    { promised: 'accounts created', count: promises.accounts.size },
    {
      promised: 'changes of accounts',
      count: [...promises.accounts.values()].reduce((sum, one) => sum + one.asked, 0),
    },
    { promised: 'comments', count: promises.comments.length },
    { promised: 'deals won', count: promises.deals.size },
    { promised: 'imports', count: promises.imports.length },
    { promised: 'rows imported', count: promises.imported.length },
    { promised: 'bulk edits and transfers', count: promises.bulks.length },
  ])
  const answers = [...weather.answers].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`)
  console.log(`answers: ${answers.join(', ')}; ${weather.unanswered} requests without one`)
  console.log(`doubts after a kill: ${weather.doubts}, of which ${weather.doubtsDone} had been done`)
  console.log(`${starts} starts in ${Math.round(tookMs / 1000)} s, none by hand`)
  for (const line of weather.surprises.slice(0, 20)) console.log(`surprise: ${line}`)
  for (const line of broken.slice(0, 40)) console.log(`broken: ${line}`)
  console.log(verified.out.trim())
  const isFine = broken.length === 0 && weather.surprises.length === 0 && verified.code === 0
  console.log(
    `${kills.length} kills: ${broken.length} promises broken, ${weather.surprises.length} surprises, verify ${verified.code === 0 ? 'clean' : 'not clean'}`,
  )
  return isFine
}

function rowOf(kills: readonly Kill[], victim: Victim) {
  const times = kills.flatMap((kill) => (kill.victim === victim ? [kill.backAfter] : [])).sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0)
  return { killed: victim, times: times.length, 'back after ms, median': at(0.5), longest: at(1) }
}

const outcome = await soak({
  kills: Number(options.kills),
  clients: Number(options.clients),
  seed: options.seed,
  calmMs: Number(options['calm-ms']),
  onKill: ({ victim, backAfter }, done) => {
    if (process.stderr.isTTY || done % 10 === 0) {
      process.stderr.write(`${done}/${options.kills} ${victim}, back after ${Math.round(backAfter)} ms\n`)
    }
  },
})
process.exit(report(outcome) ? 0 : 1)
