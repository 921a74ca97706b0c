import { allCompanies } from '#features/org/server/index.ts'
import { verifyPlans } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { rebuildLedger, verifyLedger } from '#platform/ledger/index.ts'
import { catalogue } from '#platform/records/registry.ts'
import { rebuildSearch, searchedKinds, verifySearch } from '#platform/search/index.ts'
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
  words:
    'Recompute every figure and the search from the records, sum every plan, and compare; exit code 1 when something differs.',
  options: { company },
  run: (typed) =>
    onDatabase(typed.settings, async (bench) => {
      let different = 0
      for (const ctx of await companies(bench, typed)) {
        different += (await verifiedLedger(ctx)) + (await verifiedPlans(ctx)) + (await verifiedSearch(ctx))
      }
      return different === 0 ? 0 : 1
    }),
}

async function verifiedLedger(ctx: Ctx): Promise<number> {
  const found = await verifyLedger(ctx)
  say(`${ctx.company.slug}: ${differences(found.length) ?? 'ledger and roll-ups agree with the records'}`)
  for (const { metric, recordId, what } of found.slice(0, shownDifferences)) {
    say(`  ${metric} ${recordId ?? ''} ${what}`)
  }
  return found.length
}

async function verifiedPlans(ctx: Ctx): Promise<number> {
  const found = await verifyPlans(ctx)
  say(`${ctx.company.slug}: ${differences(found.length, 'in plans') ?? 'every plan adds up at every tier and month'}`)
  for (const { metric, year, unitName, month, own, children } of found.slice(0, shownDifferences)) {
    say(`  ${metric} ${year} ${unitName} month ${month}: ${own ?? 'no row'}, below it ${children}`)
  }
  return found.length
}

async function verifiedSearch(ctx: Ctx): Promise<number> {
  const found = await verifySearch(ctx, searchedKinds(catalogue()))
  say(
    `${ctx.company.slug}: ${differences(found.length, 'in the search') ?? 'everything can be found by what it is called'}`,
  )
  for (const { object, recordId, count } of found.slice(0, shownDifferences)) {
    say(`  ${object} ${recordId === null ? `${count} tokens too many` : `${recordId} lacks ${count} tokens`}`)
  }
  return found.length
}

function differences(count: number, where = 'in the ledger'): string | undefined {
  return count === 0 ? undefined : `${count} differences ${where}`
}

export const rebuildCommand: Command = {
  name: 'rebuild',
  words: 'Compute the ledger, its roll-ups and the search anew from the records.',
  options: { company },
  run: (typed) =>
    onDatabase(typed.settings, async (bench) => {
      for (const ctx of await companies(bench, typed)) {
        await rebuildLedger(ctx)
        await rebuildSearch(ctx, searchedKinds(catalogue()))
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
