import { loadDemo } from '../demo/load-demo.ts'
import type { Command } from './command.ts'
import { onDatabase } from './on-database.ts'

export const demoCommand: Command = {
  name: 'demo',
  words: 'Load the demo company 禾田科技: two years of a sales organisation up to today.',
  options: {
    fresh: {
      type: 'boolean',
      words: 'Remove the demo that is there, with what was done in it, and load it up to today.',
    },
  },
  run: (typed) =>
    onDatabase(typed.settings, async (bench) => {
      const startedAt = performance.now()
      const fresh = typed.has('fresh')
      const company = await loadDemo(bench, (progress, words) => draw(progress, words.zh), { fresh })
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      process.stdout.write(`${company.name} (${company.slug}) ${seconds} s\n`)
    }),
}

const barWidth = 30

/** On one line of a terminal; elsewhere it keeps quiet. */
function draw(progress: number, words: string): void {
  if (!process.stderr.isTTY) return
  const bar = '█'.repeat(Math.round(progress * barWidth)).padEnd(barWidth, '░')
  process.stderr.write(`\r\u001B[K${bar} ${Math.round(progress * 100)}% ${words}${progress === 1 ? '\n' : ''}`)
}
