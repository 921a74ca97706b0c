import { rebuildIndexes, verifyIndexes } from '#features/shaping/server/index.ts'
import { verifyPlans } from '#features/targets/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { rebuildLedger, verifyLedger } from '#platform/ledger/index.ts'
import { companiesTyped, companyOption } from './companies-typed.ts'
import { rebuildDuplicates, verifyDuplicates } from '#platform/duplicates/index.ts'
import type { Command } from './command.ts'
import { rebuildSearch, searchedKinds, verifySearch } from '#platform/search/index.ts'
import { readSeals, verifyAudit, type KeptSeal } from '#platform/audit/index.ts'
import { verifyFiles } from '#platform/files/index.ts'
import { onDatabase } from './on-database.ts'

const shownDifferences = 20

export const verifyCommand: Command = {
  name: 'verify',
  words:
    'Recompute every figure, the search, indexed fields and what duplicates are known by from the records, sum every plan, look for the content of every file, follow the chain of the audit, and compare; exit code 1 when something differs.',
  options: {
    company: companyOption,
    seals: {
      type: 'string',
      value: 'FILE',
      words: 'Seals that were downloaded from the audit log and kept elsewhere, one JSON object a line.',
    },
  },
  examples: ['verify', 'verify --company acme'],
  run: (typed) =>
    onDatabase(typed.settings, async (bench) => {
      let different = 0
      const path = typed.text('seals')
      const kept = path === undefined ? [] : await readSeals(path)
      for await (const ctx of companiesTyped(bench, typed)) {
        different += (await verifiedLedger(ctx)) + (await verifiedPlans(ctx)) + (await verifiedSearch(ctx))
        different += await verifiedFiles(ctx)
        different += await verifiedIndexes(ctx)
        different += await verifiedDuplicates(ctx)
        different += await verifiedAudit(ctx, kept)
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
  const found = await verifySearch(ctx, searchedKinds(ctx.company.catalogue))
  say(
    `${ctx.company.slug}: ${differences(found.length, 'in the search') ?? 'everything can be found by what it is called'}`,
  )
  for (const { object, recordId, count } of found.slice(0, shownDifferences)) {
    say(`  ${object} ${recordId === null ? `${count} tokens too many` : `${recordId} lacks ${count} tokens`}`)
  }
  return found.length
}

async function verifiedDuplicates(ctx: Ctx): Promise<number> {
  const found = await verifyDuplicates(ctx)
  const count = found.reduce((sum, { missing, needless }) => sum + missing + needless, 0)
  say(
    `${ctx.company.slug}: ${differences(count, 'among the keys of duplicates') ?? 'duplicates are known by all records'}`,
  )
  for (const { object, missing, needless } of found)
    say(`  ${object} lacks ${missing} keys and has ${needless} too many`)
  return count
}

async function verifiedFiles(ctx: Ctx): Promise<number> {
  const found = await verifyFiles(ctx)
  say(`${ctx.company.slug}: ${differences(found.length, 'in the files') ?? 'every file has its content, and no other'}`)
  for (const { content, what, name } of found.slice(0, shownDifferences)) say(`  ${content} ${what} ${name ?? ''}`)
  return found.length
}

async function verifiedAudit(ctx: Ctx, kept: readonly KeptSeal[]): Promise<number> {
  const own = kept.filter(({ company }) => company === ctx.company.slug)
  const { misfits, steps, head, open } = await verifyAudit(ctx, own)
  const clean = `the audit is whole: ${steps} steps up to ${head?.hash ?? 'none'}, ${open} entries to be sealed`
  say(`${ctx.company.slug}: ${differences(misfits.length, 'in the audit') ?? clean}`)
  for (const { number, entryId, what } of misfits.slice(0, shownDifferences)) {
    say(`  ${what} ${number === null ? '' : `step ${number}`} ${entryId ?? ''}`)
  }
  return misfits.length
}

async function verifiedIndexes(ctx: Ctx): Promise<number> {
  const found = await verifyIndexes(ctx)
  const total = found.reduce((sum, { count }) => sum + count, 0)
  say(
    `${ctx.company.slug}: ${differences(total, 'in indexed fields') ?? 'every indexed field agrees with the records'}`,
  )
  for (const { object, field, count } of found) say(`  ${object}.${field} ${count}`)
  return total
}

function differences(count: number, where = 'in the ledger'): string | undefined {
  return count === 0 ? undefined : `${count} differences ${where}`
}

export const rebuildCommand: Command = {
  name: 'rebuild',
  words:
    'Compute the ledger, its roll-ups, the search, indexed fields and the keys of duplicates anew from the records.',
  options: { company: companyOption },
  examples: ['rebuild --company acme'],
  run: (typed) =>
    onDatabase(typed.settings, async (bench) => {
      for await (const ctx of companiesTyped(bench, typed)) {
        await rebuildLedger(ctx)
        await rebuildSearch(ctx, searchedKinds(ctx.company.catalogue))
        await rebuildIndexes(ctx)
        await rebuildDuplicates(ctx)
        say(`${ctx.company.slug}: rebuilt`)
      }
    }),
}

const say = (line: string) => void process.stdout.write(`${line}\n`)
