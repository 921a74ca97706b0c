// Runs every `*.bench.ts` of this folder (or those named), prints a table and writes results.json.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Bench, Figure } from './figure.ts'

const folder = import.meta.dirname
const wanted = process.argv.slice(2)

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort()

const figures: Figure[] = []
for (const file of files) {
  console.log(`— ${file}`)
  const { bench } = (await import(pathToFileURL(join(folder, file)).href)) as { bench: Bench }
  figures.push(...(await bench()))
}

console.table(figures)
writeFileSync(join(folder, 'results.json'), `${JSON.stringify(figures, null, 2)}\n`)
const missed = figures.filter((figure) => !figure.holds)
console.log(`${figures.length - missed.length} of ${figures.length} figures hold`)
process.exit(0)
