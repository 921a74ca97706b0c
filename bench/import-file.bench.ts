import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { mappingSchema } from '#engine/transfer/mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { keepFilesIn, prepareImport, runSet, storeFile } from '#platform/transfer/index.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { copyAgain } from './copy-again.ts'
import { figure, type Figure, type Setting } from './figure.ts'
import { percentile, timeOf } from './measure.ts'
import type { Size } from './seeded.ts'

const mebibyte = 1024 * 1024

/**
 * A file of won deals through the whole import, beside COPY of the rows that it wrote: the same records, history,
 * events, stage moves, ledger rows and search tokens with the same indexes and constraints. COPY is even spared the
 * roll-ups.
 */
export async function bench({ seeded, scale, rows: asked }: Setting): Promise<readonly Figure[]> {
  const { everybody, size, facts, ownerUrl } = await seeded()
  await facts()
  const folder = mkdtempSync(join(temporaryFolder(), 'terrace-bench-files-'))
  keepFilesIn(folder)
  const rows = asked ?? Math.round(20_000 * scale)
  const shares: number[] = []
  const speeds: number[] = []
  let memory = 0
  try {
    for (let round = 0; round < (asked === undefined ? 5 : 1); round += 1) {
      const setId = await prepared(everybody, rows, round * rows, size)
      const idle = process.memoryUsage().rss
      const watch = { onProgress: () => void (memory = Math.max(memory, process.memoryUsage().rss - idle)) }
      let operationId = ''
      const took = await timeOf(async () => {
        const [run] = await runSet(everybody, setId, () => watch)
        if (run?.created !== rows) throw new Error(`not all rows came in: ${JSON.stringify(run)}`)
        operationId = run.operationId
      })
      const copied = await copyAgain(ownerUrl, everybody.company.id, operationId)
      shares.push((copied / took) * 100)
      speeds.push((rows / took) * 1000)
      console.log(`  ${rows} rows in ${(took / 1000).toFixed(1)} s, by COPY in ${(copied / 1000).toFixed(1)} s`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const median = (numbers: readonly number[]) =>
    percentile(
      numbers.toSorted((a, b) => a - b),
      0.5,
    )
  return [
    figure('import a file of won opportunities', median(speeds), 'rows/s'),
    figure('import a file, speed of COPY', median(shares), '%', { atLeast: 25 }),
    figure('import a file, memory', memory / mebibyte, 'MiB', { atMost: 300 }),
  ]
}

const mapping = mappingSchema.parse({
  object: 'opportunity',
  upsertKey: 'code',
  columns: {
    编号: 'code',
    名称: 'name',
    客户: 'account',
    阶段: 'stage',
    金额: 'amount',
    开始: 'engagedOn',
    成交: 'closedOn',
    负责人: 'ownerId',
  },
})

async function prepared(ctx: Ctx, rows: number, from: number, size: Size): Promise<string> {
  const file = await storeFile(ctx, 'deals.csv', linesOf(rows, from, size))
  return (await prepareImport(ctx, { fileId: file.id, mapping })).setId
}

function* linesOf(rows: number, from: number, size: Size): Generator<Uint8Array> {
  yield Buffer.from('编号,名称,客户,阶段,金额,开始,成交,负责人\n')
  const portion = 1000
  for (let at = 0; at < rows; at += portion) {
    const lines = Array.from({ length: Math.min(portion, rows - at) }, (_, place) => lineAt(from + at + place, size))
    yield Buffer.from(lines.join(''))
  }
}

/** As files have them: accounts by their number, people by theirs. */
function lineAt(place: number, { people, accounts }: Size): string {
  const day = `2025-${String(2 + (place % 11)).padStart(2, '0')}-${String(1 + (place % 28)).padStart(2, '0')}`
  const account = `K${String((place * 7919) % accounts).padStart(7, '0')}`
  return `F${place},进口商机${place},${account},赢单,${1000 + place}.25,2025-01-15,${day},员工${(place * 31) % people}\n`
}
