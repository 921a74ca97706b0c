import type { Ctx } from '#platform/db/ctx.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import {
  entriesOfSteps,
  hashAt,
  headOf,
  namedRedactions,
  openTally,
  operationsByIds,
  sealedSteps,
  strayEntries,
  type StepRow,
} from './chain-store.ts'
import { digestOfEntry, digestOfOperation, firstHash, hashOfStep, type AuditedEntry, type Salted } from './digest.ts'

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
  /** `redacted`: values were taken out, and no erasure of the audit says so. */
  readonly what: 'redacted' | 'altered' | 'missing' | 'added' | 'operation' | 'step' | 'chain' | 'gap' | 'stray' | 'cut'
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
    const named = await namedRedactions(tx, ctx)
    let steps = 0
    let before: KeptHead = { number: '0', hash: firstHash }
    while (misfits.length < mostMisfits) {
      const rows = await sealedSteps(tx, ctx, before.number)
      const last = rows.at(-1)
      if (!last) break
      misfits.push(...(await misfitsOf(tx, ctx, rows, { before, named })))
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

interface Known {
  /** The seal that the first step stands on. */
  readonly before: KeptHead
  /** What was taken out by an act that stands in the audit. */
  readonly named: ReadonlySet<string>
}

async function misfitsOf(tx: Tx, ctx: Ctx, steps: readonly StepRow[], known: Known): Promise<readonly Misfit[]> {
  const operations = await operationsByIds(tx, ctx, [...new Set(steps.map((step) => step.operationId))])
  const ofOperation = new Map(operations.map((one) => [one.id, digestOfOperation(one)]))
  const emptied = new Set(operations.filter((one) => !isNamed(one, known.named)).map(({ id }) => id))
  const entries = Map.groupBy(
    await entriesOfSteps(
      tx,
      ctx,
      steps.map(({ id }) => id),
    ),
    ({ stepId }) => stepId,
  )
  const found: Misfit[] = []
  let { before } = known
  for (const step of steps) {
    const number = step.number ?? ''
    const sealed = listed(step.digests ?? '')
    if (BigInt(number) !== BigInt(before.number) + 1n) found.push({ number, entryId: null, what: 'gap' })
    const present = entries.get(step.id) ?? []
    const parts = entryMisfits(present, sealed.slice(1))
    found.push(...parts.map((part) => ({ ...part, number })))
    for (const entry of present) {
      if (!isNamed(entry, known.named)) found.push({ number, entryId: entry.id, what: 'redacted' })
    }
    if (emptied.has(step.operationId)) found.push({ number, entryId: null, what: 'redacted' })
    if ((ofOperation.get(step.operationId) ?? firstHash) !== sealed[0])
      found.push({ number, entryId: null, what: 'operation' })
    if (hashOfStep(before.hash, { ...step, number }, sealed) !== step.hash) {
      found.push({ number, entryId: null, what: 'chain' })
    }
    before = { number, hash: step.hash ?? '' }
  }
  return found
}

/** Whether all that was taken out of it was taken out by an act that stands in the audit. */
function isNamed({ id, redaction }: Salted & { readonly id: string }, named: ReadonlySet<string>): boolean {
  return Object.entries(redaction ?? {}).every(([side, { digests }]) =>
    Object.keys(digests).every((key) => named.has(`${id} ${side} ${key}`)),
  )
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
