import { areAlike, mustCompare } from '#engine/duplicates/keys.ts'
import { newGrouping, type Grouping } from '#engine/duplicates/group.ts'
import { comparisonOf } from '#engine/duplicates/ways.ts'
import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isLostConnection } from '#platform/db/lost-connection.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { enqueueJobOnce, registerJob } from '#platform/jobs/jobs.ts'
import { registerProgress } from '#platform/live/index.ts'
import { may, objectFor } from '#platform/records/scope.ts'
import type { KeyOfRecord } from './key-store.ts'
import {
  apartPairs,
  countKeys,
  insertScan,
  keysAfter,
  newestScan,
  noteScan,
  scanById,
  unfinishedScans,
  writeGroups,
  type Scan,
} from './scan-store.ts'
import { rulesOn } from './rules-on.ts'
import { comparedValues } from './suspects.ts'

const task = 'duplicates.scan'
const portion = 20_000
/** Of what more records share no two are compared for likeness: it would take the square of their number. */
const mostOfKey = 50

export function registerDuplicateScan(): void {
  registerJob(task, (ctx, { id }) => scanDuplicates(ctx, String(id)))
  registerProgress('scan', async (ctx, id) => {
    const scan = await inView(ctx, (tx) => scanById(tx, ctx.company.id, id))
    const object = scan && ctx.company.catalogue.find(scan.object)
    return object && may(ctx, object, 'read') ? { state: scan.state, done: scan.done, total: scan.total } : undefined
  })
}

/** Asks to compare all records of an object with each other, in the background; one that is under way is answered. */
export async function startScan(ctx: Ctx, key: string): Promise<Scan> {
  const object = objectFor(ctx, key, 'read')
  const under = await inView(ctx, (tx) => newestScan(tx, ctx.company.id, object.key))
  if (under && (under.state === 'queued' || under.state === 'running')) return under
  const id = newId()
  return inStep(ctx, async (step) => {
    await insertScan(step, id, object.key)
    await enqueueScan(step, id)
    return scanInStep(step, id)
  })
}

async function scanInStep({ tx, ctx }: Step, id: string): Promise<Scan> {
  const scan = await scanById(tx, ctx.company.id, id)
  if (!scan) throw new Error('the scan was not written')
  return scan
}

/** Puts scans that a stopped process left unfinished back into the queue. Called when the server starts. */
export async function resumeScans(ctx: Ctx): Promise<void> {
  await inStep(ctx, async (step) => {
    for (const id of await unfinishedScans(step.tx, ctx.company.id)) await enqueueScan(step, id)
  })
}

function enqueueScan(step: Step, id: string): Promise<void> {
  return enqueueJobOnce(step, task, { id }, `${task}:${id}`)
}

/** Compares all records of an object by the keys that they share; done again it begins anew. */
export async function scanDuplicates(ctx: Ctx, id: string): Promise<void> {
  const scan = await inView(ctx, (tx) => scanById(tx, ctx.company.id, id))
  const object = scan && ctx.company.wholeCatalogue.find(scan.object)
  if (!scan || !object || scan.state === 'done' || scan.state === 'failed') return
  const note = (state: Scan['state'], total: number, done: number) =>
    inStep(ctx, (step) => noteScan(step, id, { state, total, done }))
  try {
    const total = await inView(ctx, (tx) => countKeys(tx, ctx.company.id, object.key))
    const apart = await inView(ctx, (tx) => apartPairs(tx, ctx.company.id, object.key))
    // What a crowd shares is a group of its own: it must not glue the small groups of its records together.
    const [few, crowds] = [newGrouping(), newGrouping()]
    let done = 0
    let leftOut = 0
    for await (const keys of sharedKeys(ctx, object)) {
      stopIfHalted()
      leftOut += await joinAlike(ctx, object, keys.shared, { few, crowds, apart })
      done += keys.read
      await note('running', total, done)
    }
    const groups = [...few.groups(), ...crowds.groups()]
    await inStep(ctx, async (step) => {
      await writeGroups(step, scan, groups)
      await noteScan(step, id, { state: 'done', total, done: Math.max(0, total - leftOut) })
    })
  } catch (error) {
    if (isLostConnection(error)) throw error
    ctx.log.error({ err: error, scanId: id }, 'a scan for duplicates failed unexpectedly')
    await note('failed', scan.total, scan.done)
  }
}

/** The records that have one key. */
type Holders = readonly KeyOfRecord[]

interface SharedKeys {
  /** Keys of this portion. */
  readonly read: number
  readonly shared: readonly Holders[]
}

/** Every key that records share, in portions; a key is never cut in two. */
async function* sharedKeys(ctx: Ctx, object: ObjectType): AsyncGenerator<SharedKeys> {
  let last: KeyOfRecord | undefined
  let holders: KeyOfRecord[] = []
  for (;;) {
    const after = last
    const rows = await inView(ctx, (tx) => keysAfter(tx, ctx.company.id, object.key, after, portion))
    const isEnd = rows.length < portion
    const shared: Holders[] = []
    const close = () => {
      if (holders.length > 1) shared.push(holders)
    }
    for (const row of rows) {
      const [first] = holders
      if (first && (first.comparison !== row.comparison || first.key !== row.key)) {
        close()
        holders = []
      }
      holders.push(row)
    }
    if (isEnd) close()
    yield { read: rows.length, shared }
    if (isEnd) return
    last = rows.at(-1)
  }
}

interface Found {
  readonly few: Grouping
  readonly crowds: Grouping
  /** Of each record those that somebody said are others. */
  readonly apart: ReadonlyMap<string, ReadonlySet<string>>
}

/** Joins what shares a key; answers how many keys of records were left out, because too many are nearly the same. */
async function joinAlike(
  ctx: Ctx,
  object: ObjectType,
  shared: readonly Holders[],
  { few, crowds, apart }: Found,
): Promise<number> {
  const rules = new Map(rulesOn(object).map((rule) => [comparisonOf(rule), rule]))
  const ruleOf = ([first]: Holders) => rules.get(first?.comparison ?? '')
  const unsure = shared.filter((holders) => isUnsure(ruleOf(holders), holders) && !isCrowd(holders))
  const ids = [...new Set(unsure.flatMap((holders) => holders.map(({ id }) => id)))]
  const values = await inView(ctx, (tx) => comparedValues(tx, ctx, object, ids))
  let leftOut = 0
  for (const holders of shared) {
    const rule = ruleOf(holders)
    if (!rule) continue
    const join = (one: string, other: string) => (isCrowd(holders) ? crowds : few).join({ one, other, rule: rule.id })
    if (!isUnsure(rule, holders)) joinSame(holders, apart, join)
    else if (isCrowd(holders)) leftOut += holders.length
    else joinNear(holders, apart, { rule, values, join })
  }
  return leftOut
}

const isCrowd = ({ length }: Holders): boolean => length > mostOfKey

function isUnsure(rule: DuplicateRule | undefined, [first]: Holders): boolean {
  return rule !== undefined && first !== undefined && mustCompare(rule, first.key)
}

type Join = (one: string, other: string) => void

/** All of these are the same: each belongs to the first, or to whoever it was not kept apart from. */
function joinSame(holders: Holders, apart: Found['apart'], join: Join): void {
  const [first, ...others] = holders.map(({ id }) => id)
  if (first === undefined) return
  for (const id of others) {
    const strangers = apart.get(id)
    if (!strangers) join(first, id)
    else for (const other of [first, ...others]) if (other !== id && !strangers.has(other)) join(other, id)
  }
}

/** Some of these may be the same: every two of them are compared. */
function joinNear(
  holders: Holders,
  apart: Found['apart'],
  { rule, values, join }: { readonly rule: DuplicateRule; readonly values: ComparedValues; readonly join: Join },
): void {
  for (const [at, { id: one }] of holders.entries()) {
    for (const { id: other } of holders.slice(at + 1)) {
      const [left, right] = [values.get(one), values.get(other)]
      if (left && right && !apart.get(one)?.has(other) && areAlike(rule, left, right)) join(one, other)
    }
  }
}

type ComparedValues = Awaited<ReturnType<typeof comparedValues>>
