import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import { mappingSchema } from '#engine/transfer/mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { findCompany } from '#platform/db/system.ts'
import { inView } from '#platform/db/step.ts'
import {
  indexDuplicates,
  newestScan,
  registerDuplicateScan,
  scanDuplicates,
  startScan,
} from '#platform/duplicates/index.ts'
import { mergeRecords } from '#platform/merge/merge-records.ts'
import { setUpDuplicates } from '#features/shaping/server/index.ts'
import { createRecord } from '#platform/records/save.ts'
import { keepFilesIn, prepareImport, runSet, storeFile } from '#platform/transfer/index.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { figure, type Figure, type Setting } from './figure.ts'
import { percentile, timeOf, timesInTurn } from './measure.ts'

const rounds = 5
const children = 2000

/** What knowing duplicates costs an import and a save among all accounts, and how long a scan and a merge take. */
export async function bench({ seeded, scale }: Setting): Promise<readonly Figure[]> {
  const { everybody, size, accounts } = await seeded()
  await accounts()
  registerDuplicateScan()
  const indexing = await timeOf(() => indexDuplicates(everybody))
  return [
    figure('duplicates: keys of accounts written', (size.accounts / indexing) * 1000, 'records/s'),
    ...(await importing(everybody, Math.max(4000, Math.round(20_000 * scale)))),
    await saving(everybody),
    await scanning(everybody, size.accounts),
    await merging(everybody),
  ]
}

/** The same company with these rules for accounts. */
async function withRules(ctx: Ctx, rules: readonly DuplicateRule[]): Promise<Ctx> {
  await setUpDuplicates(ctx, 'account', rules)
  const company = await findCompany(ctx.db, { id: ctx.company.id })
  return { ...ctx, company: company ?? ctx.company }
}

async function importing(ctx: Ctx, rows: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(temporaryFolder(), 'terrace-bench-duplicates-'))
  keepFilesIn(folder)
  const rules = ctx.company.catalogue.get('account').duplicates ?? []
  const speeds = { asking: [] as number[], not: [] as number[] }
  try {
    for (let round = 0; round < rounds * 2; round += 1) {
      const name = round % 2 === 0 ? 'asking' : 'not'
      const by = await withRules(ctx, name === 'asking' ? rules : [])
      const setId = await prepared(by, rows, round)
      const took = await timeOf(async () => {
        const [run] = await runSet(by, setId)
        if (run?.created !== rows) throw new Error(`not all rows came in: ${JSON.stringify(run)}`)
      })
      speeds[name].push((rows / took) * 1000)
    }
  } finally {
    await withRules(ctx, rules)
    rmSync(folder, { recursive: true, force: true })
  }
  const median = (numbers: readonly number[]) =>
    percentile(
      numbers.toSorted((a, b) => a - b),
      0.5,
    )
  return [
    figure('import accounts, duplicates asked', median(speeds.asking), 'rows/s'),
    figure('import accounts, speed without asking', (median(speeds.asking) / median(speeds.not)) * 100, '%', {
      atLeast: 85,
    }),
  ]
}

const mapping = mappingSchema.parse({
  object: 'account',
  mode: 'create',
  columns: { name: 'name', phone: 'phone', city: 'city' },
})

async function prepared(ctx: Ctx, rows: number, round: number): Promise<string> {
  const lines = Array.from(
    { length: rows },
    (_, at) => `进口${round}号第${at}农机（上海）有限公司,021-6${String(at).padStart(7, '0')},上海\n`,
  )
  const file = await storeFile(ctx, 'accounts.csv', [Buffer.from(`name,phone,city\n${lines.join('')}`)])
  return (await prepareImport(ctx, { fileId: file.id, mapping })).setId
}

async function saving(ctx: Ctx): Promise<Figure> {
  const { asking } = await timesInTurn(
    { rounds: 100, warmUp: 10 },
    {
      asking: (round) =>
        createRecord(ctx, 'account', {
          name: `单独保存${round}有限公司`,
          phone: `0571-8${String(round).padStart(7, '0')}`,
        }),
    },
  )
  return figure('save an account, duplicates asked: p95', percentile(asking, 0.95), 'ms', { atMost: 100 })
}

async function scanning(ctx: Ctx, accounts: number): Promise<Figure> {
  const { id } = await startScan(ctx, 'account')
  const took = await timeOf(() => scanDuplicates(ctx, id))
  const scan = await inView(ctx, (tx) => newestScan(tx, ctx.company.id, 'account'))
  console.log(`  ${scan?.total} keys, ${scan?.groups} groups in ${(took / 1000).toFixed(1)} s`)
  return figure('scan all accounts for duplicates', (accounts / took) * 1000, 'records/s')
}

/** A merge that moves a few thousand contacts. */
async function merging(ctx: Ctx): Promise<Figure> {
  const made = async (name: string) => (await createRecord(ctx, 'account', { name })).id
  const [winnerId, loserId] = [await made('合并甲有限公司'), await made('合并乙有限公司')]
  for (let at = 0; at < children; at += 1) await createRecord(ctx, 'contact', { name: `联系人${at}`, account: loserId })
  const took = await timeOf(() => mergeRecords(ctx, { object: 'account', winnerId, loserIds: [loserId] }))
  return figure(`merge with ${children} records to move`, took, 'ms')
}
