import { createWriteStream, readFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { filterSchema } from '#engine/query/filter.ts'
import { StartProblem } from '#platform/config/start-problem.ts'
import { exportRecords } from '#platform/transfer/index.ts'
import { companyOf } from './company-of.ts'
import type { Command } from './command.ts'
import { inLanguage } from './import.ts'
import { onDatabase } from './on-database.ts'

export const exportCommand: Command = {
  name: 'export',
  words: 'Write the records of an object as CSV, XLSX or JSON Lines.',
  takes: ['OBJECT'],
  options: {
    to: { type: 'string', value: 'FILE', words: 'File to write, .csv, .xlsx or .jsonl; else CSV on standard output.' },
    company: { type: 'string', value: 'SLUG', words: 'Short name of the company; not needed when there is only one.' },
    filter: { type: 'string', value: 'JSON|@FILE', words: 'Only records that meet this filter.' },
    fields: { type: 'string', value: 'A,B,C', words: 'Field keys in the order of the columns; all unless given.' },
    language: { type: 'string', value: 'zh|en', words: "Language of the headers; the company's unless given." },
  },
  examples: [
    'export account --to accounts.xlsx --language zh',
    'export opportunity --to won.csv --filter @filter.json',
  ],
  run: (typed) => {
    const to = typed.text('to')
    const filter = filterOf(typed.text('filter'))
    return onDatabase(typed.settings, async (bench) => {
      const ctx = inLanguage(await companyOf(bench, typed.text('company')), typed.text('language'))
      const file = await exportRecords(ctx, {
        object: typed.words[0] ?? '',
        format: formats[extname(to ?? '').toLowerCase()] ?? 'csv',
        filter,
        fields: typed
          .text('fields')
          ?.split(',')
          .map((field) => field.trim()),
      })
      if (to === undefined) return void (await pipeline(file.stream, process.stdout, { end: false }))
      await pipeline(file.stream, createWriteStream(to))
      process.stderr.write(`${resolve(to)}\n`)
    })
  },
}

const formats: Readonly<Record<string, 'xlsx' | 'jsonl'>> = { '.xlsx': 'xlsx', '.jsonl': 'jsonl', '.ndjson': 'jsonl' }

function filterOf(text: string | undefined) {
  if (text === undefined) return undefined
  try {
    return filterSchema.parse(JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text))
  } catch {
    throw new StartProblem('WRONG_USAGE', { why: 'The filter is not valid; see docs on the filter language.' })
  }
}
