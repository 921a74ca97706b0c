import { sql } from 'kysely'
import type { Step } from '#platform/db/step.ts'
import { entriesByIds, operationsByIds, redactedAction, type NamedRedactions } from './chain-store.ts'
import { redactionOf, type AuditedEntry } from './digest.ts'

/** Keys of an entry whose values go. */
export interface ErasedKeys {
  readonly id: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/**
 * Takes values out of entries for good, which stands in the audit itself. The chain stays whole: their digests stand in
 * for them, their salts are gone.
 */
export async function redactEntries(step: Step, erased: readonly ErasedKeys[]): Promise<void> {
  if (erased.length === 0) return
  const { tx, ctx } = step
  const entries = await entriesByIds(
    tx,
    ctx,
    erased.map(({ id }) => id),
  )
  const known = new Map(entries.map((entry) => [entry.id, entry]))
  const rows = erased.flatMap((wish) => {
    const entry = known.get(wish.id)
    return entry ? [rowOf(entry, wish)] : []
  })
  await sql`select redact_audit(${JSON.stringify(rows)}::jsonb)`.execute(tx)
  const named = rows.map(({ id, before_keys: before, after_keys: after }) => [id, { before, after }] as const)
  noteRedacted(step, { entries: Object.fromEntries(named) })
}

/** Without this entry, which the chain holds, what was taken out counts as altered. */
function noteRedacted(step: Step, after: NamedRedactions): void {
  step.audit({ object: 'audit', recordId: step.operationId, action: redactedAction, before: null, after: { ...after } })
}

function rowOf(entry: AuditedEntry, { id, before, after }: ErasedKeys) {
  const redaction = redactionOf(entry, {
    ...(entry.before ? { before: { texts: entry.before, erased: before } } : {}),
    ...(entry.after ? { after: { texts: entry.after, erased: after } } : {}),
  })
  return { id, before_keys: before, after_keys: after, redaction }
}

/** The same of what operations say about where they came from and why. */
export async function redactOperations(
  step: Step,
  erased: readonly { readonly id: string; readonly keys: readonly string[] }[],
): Promise<void> {
  if (erased.length === 0) return
  const { tx, ctx } = step
  const operations = await operationsByIds(
    tx,
    ctx,
    erased.map(({ id }) => id),
  )
  const wanted = new Map(erased.map(({ id, keys }) => [id, keys]))
  const rows = operations.map((operation) => {
    const keys = (wanted.get(operation.id) ?? []).filter((key) => key in operation.origin)
    return {
      id: operation.id,
      keys,
      redaction: redactionOf(operation, { origin: { texts: operation.origin, erased: keys } }),
    }
  })
  await sql`select redact_operation(${JSON.stringify(rows)}::jsonb)`.execute(tx)
  noteRedacted(step, { operations: Object.fromEntries(rows.map(({ id, keys }) => [id, { origin: keys }])) })
}
