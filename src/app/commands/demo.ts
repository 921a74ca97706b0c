import { loadDemo } from '../demo/load-demo.ts'
import type { Command } from './command.ts'
import { onDatabase } from './on-database.ts'
import { drawProgress } from './progress-bar.ts'

export const demoCommand: Command = {
  name: 'demo',
  words: 'Load the demo company 禾田科技: two years of a sales organisation up to today.',
  options: {
    fresh: {
      type: 'boolean',
      words: 'Remove the demo that is there, with what was done in it, and load it up to today.',
    },
  },
  examples: ['demo', 'demo --fresh'],
  run: (typed) =>
    onDatabase(typed.settings, async (bench) => {
      const startedAt = performance.now()
      const fresh = typed.has('fresh')
      const company = await loadDemo(bench, (progress, words) => drawProgress(progress, words.zh), { fresh })
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      process.stdout.write(`${company.name} (${company.slug}) ${seconds} s\n`)
    }),
}
