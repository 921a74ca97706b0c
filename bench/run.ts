// Runs every `*.bench.ts` of this folder, prints a table and writes results.json.
//   npm run bench -- --only NAME    those whose name contains NAME; may be given again
//   npm run bench -- --scale 0.05   less of everything, while working on the benchmarks; writes no results
//   npm run bench -- --only import-file --rows 1000000    one file of so many rows instead of five of 20,000
//   npm run bench -- --only order --orders 5000000    so many orders instead of 200,000; writes no results
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Bench, Figure, Setting } from './figure.ts'
import { seed, type Seeded } from './seeded.ts'

const folder = import.meta.dirname
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    scale: { type: 'string', default: '1' },
    rows: { type: 'string' },
    orders: { type: 'string' },
  },
})
const wanted = options.only
const scale = Number(options.scale)

let seeding: Promise<Seeded> | undefined
const rows = options.rows === undefined ? undefined : Number(options.rows)
const orders = options.orders === undefined ? undefined : Number(options.orders)
const setting: Setting = { scale, rows, seeded: () => (seeding ??= seed(scale, orders)) }

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort()

/** A benchmark that breaks off is told and makes the run fail, but does not keep the others from running. */
async function figuresOf(file: string): Promise<readonly Figure[]> {
  try {
    const { bench } = (await import(pathToFileURL(join(folder, file)).href)) as { bench: Bench }
    return await bench(setting)
  } catch (error) {
    console.error(error)
    process.exitCode = 1
    return []
  }
}

const figures: Figure[] = []
try {
  for (const file of files) {
    console.log(`— ${file}`)
    figures.push(...(await figuresOf(file)))
  }
} finally {
  await (await seeding)?.close()
}

console.table(figures)
const missed = figures.filter((figure) => !figure.holds)
console.log(`${figures.length - missed.length} of ${figures.length} figures hold`)
if (scale === 1 && orders === undefined && wanted.length === 0) {
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(figures, null, 2)}\n`)
}
process.exit()
