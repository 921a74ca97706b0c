import { createReadStream } from 'node:fs'
import { basename, join } from 'node:path'
import { importSetSchema } from '#engine/transfer/mapping.ts'
import { prepareSet, runSet, storeFile } from '#platform/transfer/index.ts'
import { shapeFor } from '../shape-for-set.ts'
import { companyOf } from './company-of.ts'
import type { Command } from './command.ts'
import { inLanguage, mustExist, readDescription } from './import.ts'
import { progressOf, reportOf } from './import-progress.ts'
import { onDatabase } from './on-database.ts'

export const importSetCommand: Command = {
  name: 'import-set',
  words: 'Import a described set of files in order; exit code 1 when rows were rejected or there were none.',
  takes: ['DESCRIPTION'],
  options: {
    from: { type: 'string', value: 'FOLDER', words: 'Folder of the files.', required: true },
    company: { type: 'string', value: 'SLUG', words: 'Short name of the company; not needed when there is only one.' },
    language: { type: 'string', value: 'zh|en', words: "Language of the reasons; the company's unless given." },
  },
  examples: ['import-set set.json --from ./files --company acme'],
  run: (typed) => {
    const set = readDescription(typed.words[0] ?? '', importSetSchema)
    const folder = typed.needed('from')
    const names = [...new Set(set.steps.map((step) => step.file))]
    for (const name of names) mustExist(join(folder, name))
    return onDatabase(typed.settings, async (bench) => {
      const company = await shapeFor(await companyOf(bench, typed.text('company')), set)
      const ctx = inLanguage(company, typed.text('language'))
      const files: Record<string, string> = {}
      for (const name of names) {
        const stored = await storeFile(ctx, basename(name), createReadStream(join(folder, name)))
        files[name] = stored.id
      }
      const runs = await runSet(ctx, await prepareSet(ctx, { set, files }), progressOf)
      const isWhole: boolean[] = []
      for (const run of runs) isWhole.push(await reportOf(ctx, run))
      return isWhole.every(Boolean) ? 0 : 1
    })
  },
}
