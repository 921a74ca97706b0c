import { PassThrough } from 'node:stream'
import type { z } from 'zod'
import type { Period } from '#engine/calendar/period.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { writeSheet } from '#platform/transfer/sheet-writer.ts'
import type { Cell, SheetFormat } from '#platform/transfer/sheet-writer.ts'
import type { planChangesRoute } from '../contract.ts'
import { targetErrors } from '../contract.ts'
import { readRowId, rowIdAt } from '../levels.ts'
import type { Level } from '../levels.ts'
import { nodeIdOf } from '../node-id.ts'
import { periodAsked } from './period-asked.ts'
import type { StoredRow } from './plan-store.ts'
import { leavesIn, leavesOf } from './plan-year.ts'
import { revisionStore } from './revision-store.ts'
import type { StoredChanges } from './revision-store.ts'
import { wordsInSight } from './revisions.ts'
import type { WordsInSight } from './revisions.ts'
import { openPlan } from './show-plan.ts'

interface Question {
  readonly node?: string | undefined
  readonly by?: string | undefined
  readonly period?: string | undefined
  /** Where the page before ended. */
  readonly cursor?: string | undefined
}

type ChangeLog = z.input<NonNullable<typeof planChangesRoute.reply>>
type Line = ChangeLog['changes'][number]

const mostShown = 1_000
const mostExported = 200_000
/** Revisions that are read at once. */
const portion = 50

/** Every cell that was ever changed, newest first, as far as the reader sees the plan: of a node and below, by a person, in a period. */
export async function planChanges(ctx: Ctx, planId: string, question: Question, most = mostShown): Promise<ChangeLog> {
  return inView(ctx, async (tx) => {
    const { plan, rows, shownAt } = await openPlan(tx, ctx, planId)
    const asked = {
      leaves: leavesOf(ctx, plan.year),
      months: monthsAsked(ctx, plan.year, question.period),
      rows: rowsAsked(rows, question.node),
    }
    const words = await wordsInSight(tx, ctx, planId, rows)
    const from = readCursor(question.cursor)
    const lines: Line[] = []
    // In portions: of a large plan that changed often, all revisions together are more than a reader wants.
    for (let before = Math.min((shownAt ?? 0) + 1, from.version + 1); before > 1;) {
      const some = await revisionStore.changes(tx, planId, { before, by: question.by, limit: portion })
      for (const revision of some) {
        const all = linesOf(revision, words, asked)
        const begin = revision.version === from.version ? from.skip : 0
        const end = Math.min(begin + most - lines.length, all.length)
        lines.push(...all.slice(begin, end))
        if (end < all.length) return { changes: lines, next: `${revision.version}.${end}` }
      }
      before = some.length < portion ? 0 : (some.at(-1)?.version ?? 0)
    }
    return { changes: lines, next: null }
  })
}

/** A revision, and how many of its lines were read already; the newest without a cursor. */
function readCursor(cursor: string | undefined): { readonly version: number; readonly skip: number } {
  const [version = Infinity, skip = 0] = cursor?.split('.').map(Number) ?? []
  return { version, skip }
}

interface Asked {
  readonly leaves: readonly Period[]
  readonly months: ReadonlySet<number>
  readonly rows: ReadonlyMap<string, StoredRow>
}

/** Every cell that the revision changed in the rows asked for. */
function linesOf(revision: StoredChanges, words: WordsInSight, { leaves, months, rows }: Asked): Line[] {
  const { version, at: moment, by, reason, isHidden } = words.of(revision)
  return revision.changes.flatMap((change) => {
    const place = nodeIdOf({ unitId: change.unit, personId: change.person })
    const name = rows.get(place)?.name
    if (name === undefined) return []
    const level: Level = change.level ?? 'target'
    return change.after.flatMap((after, at): Line[] => {
      const before = change.before[at] ?? '0'
      if (before === after || !months.has(at)) return []
      const monthLabel = leaves[at]?.label ?? { zh: String(at + 1), en: String(at + 1) }
      const node = rowIdAt(level, place)
      return [
        { version, at: moment, by, reason, isHidden, node, name, level, month: at + 1, monthLabel, before, after },
      ]
    })
  })
}

/** The same as a file. */
export async function planChangesFile(ctx: Ctx, planId: string, question: Question, format: SheetFormat) {
  const { changes, next } = await planChanges(ctx, planId, question, mostExported)
  const zh = ctx.language === 'zh'
  const header = zh
    ? ['版本', '时间', '修改人', '原因', '组织/人员', '档次', '期间', '原来', '改为']
    : ['Version', 'At', 'By', 'Reason', 'Unit/person', 'Level', 'Period', 'Before', 'After']
  const cells = changes.map((line): Cell[] => [
    { number: String(line.version) },
    { moment: line.at.slice(0, 19).replace('T', ' ') },
    line.by?.name ?? '',
    line.reason ?? '',
    line.name,
    levelNames[line.level][ctx.language],
    line.monthLabel[ctx.language],
    { number: line.before },
    { number: line.after },
  ])
  if (next !== null) {
    const n = mostExported.toLocaleString('en-US')
    cells.push([
      zh ? `只有最近 ${n} 条；请按组织、修改人或期间筛选` : `The newest ${n} only; filter by row, person or period`,
    ])
  }
  const stream = new PassThrough()
  writeSheet(stream, format, header, cells).catch((error: Error) => stream.destroy(error))
  return { name: `plan-changes.${format}`, stream }
}

export const levelNames = {
  floor: { zh: '保底', en: 'Floor' },
  target: { zh: '目标', en: 'Target' },
  stretch: { zh: '挑战', en: 'Stretch' },
} as const

function monthsAsked(ctx: Ctx, year: number, period: string | undefined): ReadonlySet<number> {
  if (period === undefined) return new Set(leavesOf(ctx, year).map((_, at) => at))
  const asked = periodAsked(ctx, period)
  return new Set(asked.year === year ? leavesIn(ctx, asked).map((month) => month - 1) : [])
}

/** The rows that the reader sees, or one of them with all below it. */
function rowsAsked(rows: readonly StoredRow[], node: string | undefined): ReadonlyMap<string, StoredRow> {
  const known = new Map(rows.map((row) => [row.id, row]))
  if (node === undefined) return known
  const { id } = readRowId(node)
  if (!known.has(id)) throw targetErrors.NODE_NOT_FOUND()
  const below = new Set([id])
  return new Map(
    rows.flatMap((row) => {
      if (!below.has(row.id) && !(row.parentId !== null && below.has(row.parentId))) return []
      below.add(row.id)
      return [[row.id, row]]
    }),
  )
}
