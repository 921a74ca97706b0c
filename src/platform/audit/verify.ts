import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import {
  entriesOfSteps,
  hashAt,
  headOf,
  openTally,
  operationsByIds,
  sealedSteps,
  strayEntries,
  type StepRow,
} from './chain-store.ts'
import { digestOfEntry, digestOfOperation, firstHash, hashOfStep, type AuditedEntry } from './digest.ts'

/** A number of the chain with its hash, as it was kept outside of the database. */
export interface KeptHead {
  readonly number: string
  readonly hash: string
}

/** Something that does not fit. */
export interface Misfit {
  /** The step's place in the chain; null: it has none. */
  readonly number: string | null
  /** Key of the entry, where one can be named. */
  readonly entryId: string | null
  readonly what: 'altered' | 'missing' | 'added' | 'operation' | 'step' | 'chain' | 'gap' | 'stray' | 'cut'
}

export interface AuditVerdict {
  /** The first ones, in the order of the chain. */
  readonly misfits: readonly Misfit[]
  readonly steps: number
  readonly head: KeptHead | undefined
  /** Entries that wait for their seal. */
  readonly open: number
}

const mostMisfits = 100

/** Computes the chain anew from the entries and compares, also with heads that were kept outside. */
export async function verifyAudit(ctx: Ctx, kept: readonly KeptHead[] = []): Promise<AuditVerdict> {
  return inView(ctx, async (tx) => {
    const misfits: Misfit[] = []
    let steps = 0
    let before: KeptHead = { number: '0', hash: firstHash }
    while (misfits.length < mostMisfits) {
      const rows = await sealedSteps(tx, ctx, before.number)
      const last = rows.at(-1)
      if (!last) break
      misfits.push(...(await misfitsOf(tx, ctx, rows, before)))
      steps += rows.length
      before = { number: last.number ?? '', hash: last.hash ?? '' }
    }
    for (const { id } of await strayEntries(tx, ctx, 20)) misfits.push({ number: null, entryId: id, what: 'stray' })
    const open = await openTally(tx, ctx)
    for (const _step of open.wrong) misfits.push({ number: null, entryId: null, what: 'step' })
    for (const head of kept) {
      if ((await hashAt(tx, ctx, head.number)) !== head.hash) {
        misfits.push({ number: head.number, entryId: null, what: 'cut' })
      }
    }
    return { misfits, steps, head: await headOf(tx, ctx), open: open.entries }
  })
}

async function misfitsOf(tx: Tx, ctx: Ctx, steps: readonly StepRow[], from: KeptHead): Promise<readonly Misfit[]> {
  const operations = await operationsByIds(tx, ctx, [...new Set(steps.map((step) => step.operationId))])
  const ofOperation = new Map(operations.map((one) => [one.id, digestOfOperation(one)]))
  const entries = Map.groupBy(
    await entriesOfSteps(
      tx,
      ctx,
      steps.map(({ id }) => id),
    ),
    ({ stepId }) => stepId,
  )
  const found: Misfit[] = []
  let before = from
  for (const step of steps) {
    const number = step.number ?? ''
    const sealed = listed(step.digests ?? '')
    if (BigInt(number) !== BigInt(before.number) + 1n) found.push({ number, entryId: null, what: 'gap' })
    const parts = entryMisfits(entries.get(step.id) ?? [], sealed.slice(1))
    found.push(...parts.map((part) => ({ ...part, number })))
    if ((ofOperation.get(step.operationId) ?? firstHash) !== sealed[0])
      found.push({ number, entryId: null, what: 'operation' })
    if (hashOfStep(before.hash, { ...step, number }, sealed) !== step.hash) {
      found.push({ number, entryId: null, what: 'chain' })
    }
    before = { number, hash: step.hash ?? '' }
  }
  return found
}

/** Lists of digests compared in their order: what fits neither by its place nor elsewhere came, went or was changed. */
function entryMisfits(entries: readonly AuditedEntry[], sealed: readonly string[]): readonly Omit<Misfit, 'number'>[] {
  const present = entries.map((entry) => ({ id: entry.id, digest: digestOfEntry(entry) }))
  if (present.length === sealed.length && present.every(({ digest }, at) => digest === sealed[at])) return []
  const known = new Set(sealed)
  const there = new Set(present.map(({ digest }) => digest))
  const strange = present.filter(({ digest }) => !known.has(digest))
  const lost = sealed.filter((digest) => !there.has(digest)).length
  const isGone = strange.length === 0
  if (isGone) return [{ entryId: null, what: lost > 0 ? 'missing' : 'altered' }]
  const what = present.length > sealed.length ? 'added' : 'altered'
  return strange.map(({ id }) => ({ entryId: id, what }))
}

/** 64 hexadecimal digits each. */
function listed(digits: string): readonly string[] {
  return Array.from({ length: digits.length / 64 }, (_, at) => digits.slice(at * 64, at * 64 + 64))
}
