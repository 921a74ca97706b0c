import { allCompanies } from '#features/org/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { rebuildLedger, verifyLedger } from '#platform/ledger/index.ts'
import type { Command, Typed, Workbench } from './command.ts'
import { companyNamed } from './company-named.ts'
import { onDatabase } from './on-database.ts'

const company = {
  type: 'string',
  value: 'SLUG',
  words: 'Short name of one company; all companies unless given.',
} as const

const shownDifferences = 20

export const verifyCommand: Command = {
  name: 'verify',
  words: 'Recompute every figure from the records and compare; exit code 1 when something differs.',
  options: { company },
  run: (typed) =>
    onDatabase(typed.settings, async (bench) => {
      let different = 0
      for (const ctx of await companies(bench, typed)) {
        const found = await verifyLedger(ctx)
        different += found.length
        say(
          `${ctx.company.slug}: ${found.length === 0 ? 'ledger and roll-ups agree with the records' : `${found.length} differences`}`,
        )
        for (const { metric, recordId, what } of found.slice(0, shownDifferences))
          say(`  ${metric} ${recordId ?? ''} ${what}`)
      }
      return different === 0 ? 0 : 1
    }),
}

export const rebuildCommand: Command = {
  name: 'rebuild',
  words: 'Compute the ledger and its roll-ups anew from the records.',
  options: { company },
  run: (typed) =>
    onDatabase(typed.settings, async (bench) => {
      for (const ctx of await companies(bench, typed)) {
        await rebuildLedger(ctx)
        say(`${ctx.company.slug}: rebuilt`)
      }
    }),
}

async function companies(bench: Workbench, typed: Typed): Promise<readonly Ctx[]> {
  const slug = typed.text('company')
  if (slug !== undefined) return [await companyNamed(bench, slug)]
  const all = await allCompanies(bench.db)
  return Promise.all(all.map((each) => companyNamed(bench, each.slug)))
}

const say = (line: string) => void process.stdout.write(`${line}\n`)
