import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { arrangeHouse } from '#app/arrange.ts'
import { connect } from '#platform/db/connect.ts'
import { startEmbedded } from '#platform/db/embedded/start-embedded.ts'
import { migrate } from '#platform/db/migrate.ts'
import { happening, openWalk } from '#testing/attainment-walk.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { figure, type Figure, type Setting } from './figure.ts'

/** So many sequences share a company, before its records grow too many. */
const perCompany = 40
const usual = 200

/**
 * Random sequences of orders, refunds, rates, moves and splits after a quarter was closed: the closed figures stay, and
 * what changed sums to the difference at every unit. `--rows 10000` for as many sequences.
 */
export async function bench({ rows, scale }: Setting): Promise<readonly Figure[]> {
  arrangeHouse()
  const count = rows ?? Math.ceil(usual * scale)
  const dataDir = mkdtempSync(join(temporaryFolder(), 'terrace-bench-as-of-'))
  const server = await startEmbedded({ dataDir, log: () => undefined })
  await migrate(server.ownerUrl, join(import.meta.dirname, '..', 'migrations'))
  const { db, close } = connect(`${server.appUrl}?options=${encodeURIComponent('-c synchronous_commit=off')}`)
  let broken = 0
  let happened = 0
  try {
    for (let done = 0; done < count; done += perCompany) {
      const walk = await openWalk({ db }, `walk-${done}`)
      const sequences = fc.sample(fc.array(happening, { minLength: 1, maxLength: 5 }), {
        seed: done,
        numRuns: Math.min(perCompany, count - done),
      })
      for (const sequence of sequences) {
        for (const what of sequence) happened += Number(await walk.happen(what))
        const faults = await walk.check()
        if (faults.length === 0) continue
        broken += 1
        console.error(`seed ${done}: ${JSON.stringify(sequence)}\n  ${faults.join('\n  ')}`)
      }
      if (process.stderr.isTTY || (done / perCompany) % 10 === 0)
        process.stderr.write(`${done} of ${count} sequences\n`)
    }
  } finally {
    await close()
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return [
    figure('random sequences after a closed quarter', count, 'sequences'),
    figure('changes that happened in them', happened, 'changes'),
    figure('sequences after which a closed figure or a sum was wrong', broken, 'sequences', { atMost: 0 }),
  ]
}
