import { rowMapper, type MappedRow, type SourceRow } from '#engine/transfer/map-row.ts'
import { repeatedKeys } from '#engine/transfer/repeated-keys.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { ImportRun } from './import-store.ts'
import type { Table } from './open-table.ts'
import type { ImportTarget } from './target.ts'

/** Rows per transaction: small enough to cancel and to report progress by, large enough to be quick. */
export const portionSize = 500
/** Of long files: each portion moves the roll-ups once, and most of its rows move the same ones. */
const longPortionSize = 1000
const longFile = 20_000

/** An import under way: what is read, into what, and who watches. */
export interface Work {
  readonly ctx: Ctx
  readonly run: ImportRun
  readonly target: ImportTarget
  readonly table: Table
  readonly total: number
  readonly watch: RunWatch
}

export interface RunWatch {
  /** Called after every portion. */
  onProgress?(run: { readonly read: number; readonly total: number; readonly rejected: number }): void
}

/** Rows of the file in portions, each with the subtotal lines that were left out on the way. */
export interface Portion {
  readonly rows: readonly MappedRow[]
  readonly skipped: number
  /** Rows of the file before this portion. */
  readonly from: number
}

/** The rows after the first `from` ones, always cut at the same places. */
export async function* portionsOf({ ctx, run, target, table, total }: Work, from: number): AsyncGenerator<Portion> {
  const size = total > longFile ? longPortionSize : portionSize
  const toValues = rowMapper(run.mapping, target, table.headers, ctx.company.zone)
  const withoutRepeated = repeatedKeys(run.mapping)
  const map = (row: SourceRow) => withoutRepeated(toValues(row))
  let rows: MappedRow[] = []
  let [place, skipped] = [0, 0]
  const source: AsyncIterable<SourceRow> = table.rows(() => (skipped += place >= from ? 1 : 0))
  for await (const row of source) {
    place += 1
    const mapped = map(row)
    if (place <= from) continue
    rows.push(mapped)
    if (rows.length < size) continue
    yield { rows, skipped, from: place - rows.length }
    rows = []
    skipped = 0
  }
  if (rows.length > 0 || skipped > 0) yield { rows, skipped, from: place - rows.length }
}
