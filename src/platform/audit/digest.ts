import { hash } from 'node:crypto'

/** The values of one side of an entry, by key, each as PostgreSQL writes its JSON: that text keeps every digit. */
export type Texts = Readonly<Record<string, string>>

/** What stands in for erased values: the salts of those that stay, and the digests of those that are gone. */
export interface SideRedaction {
  readonly salts: Texts
  readonly digests: Texts
}

export type Side = 'before' | 'after' | 'origin'
export type Redaction = Partial<Readonly<Record<Side, SideRedaction>>>

/** What makes digests of values: their texts, and either the salt of the whole or what an erasure left. */
export interface Salted {
  readonly salt: string | null
  readonly redaction: Redaction | null
}

export interface AuditedEntry extends Salted {
  readonly id: string
  readonly operationId: string
  readonly stepId: string
  /** Microseconds since 1970. */
  readonly at: string
  readonly personId: string | null
  readonly object: string
  readonly recordId: string
  readonly action: string
  readonly before: Texts | null
  readonly after: Texts | null
}

export interface AuditedOperation extends Salted {
  readonly id: string
  readonly kind: string
  readonly at: string
  readonly personId: string | null
  readonly requestId: string | null
  readonly via: string | null
  /** Address, agent and reason, as far as they are known. */
  readonly origin: Texts
}

export interface AuditedStep {
  readonly id: string
  readonly operationId: string
  readonly at: string
  readonly number: string
}

/** A digest in hexadecimal digits. Lists of texts have one JSON only: nothing else needs to be canonical. */
function digest(...parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts), 'hex')
}

/** Each value has a salt of its own, so that erasing one does not let anybody guess it from those that stay. */
function saltOf(salt: string, side: Side, key: string): string {
  return digest('salt', salt, side, key)
}

/** Key by key what the digest of the whole is made of. */
function sideDigests(given: Salted, side: Side, texts: Texts | null): readonly (readonly [string, string])[] | null {
  if (texts === null) return null
  return Object.keys(texts)
    .toSorted()
    .map((key) => [key, valueDigest(given, side, key, texts[key] ?? 'null')])
}

function valueDigest({ salt, redaction }: Salted, side: Side, key: string, text: string): string {
  const kept = redaction?.[side]
  const erased = kept?.digests[key]
  if (erased !== undefined) return text === 'null' ? erased : digest('a value where one was erased', text)
  const own = kept?.salts[key] ?? (salt === null ? undefined : saltOf(salt, side, key))
  return digest('value', own ?? null, text)
}

export function digestOfEntry(entry: AuditedEntry): string {
  return digest(
    'entry',
    entry.id,
    entry.operationId,
    entry.stepId,
    entry.at,
    entry.personId,
    entry.object,
    entry.recordId,
    entry.action,
    sideDigests(entry, 'before', entry.before),
    sideDigests(entry, 'after', entry.after),
  )
}

export function digestOfOperation(operation: AuditedOperation): string {
  const { id, kind, at, personId, requestId, via, origin } = operation
  return digest('operation', id, kind, at, personId, requestId, via, sideDigests(operation, 'origin', origin))
}

/** The hash of a step: of the hash of the step before, what the step says of itself, and the digests of what it holds. */
export function hashOfStep(before: string, step: AuditedStep, digests: readonly string[]): string {
  return digest('step', before, step.number, step.id, step.operationId, step.at, ...digests)
}

/** What the hash of the first step stands on. */
export const firstHash = '0'.repeat(64)

/** What keeps the digest as it is when these values go; values that are gone already stay gone. */
export function redactionOf(
  given: Salted,
  sides: Partial<Readonly<Record<Side, { readonly texts: Texts; readonly erased: readonly string[] }>>>,
): Redaction {
  return Object.fromEntries(
    Object.entries(sides).map(([side, { texts, erased }]) => [side, sideRedaction(given, side as Side, texts, erased)]),
  )
}

function sideRedaction(given: Salted, side: Side, texts: Texts, erased: readonly string[]): SideRedaction {
  const kept = given.redaction?.[side]
  const gone = new Set([...Object.keys(kept?.digests ?? {}), ...erased])
  const keys = Object.keys(texts)
  return {
    salts: pairs(keys, (key) => {
      if (gone.has(key)) return undefined
      return kept?.salts[key] ?? (given.salt === null ? undefined : saltOf(given.salt, side, key))
    }),
    digests: pairs(keys, (key) => (gone.has(key) ? valueDigest(given, side, key, texts[key] ?? 'null') : undefined)),
  }
}

function pairs(keys: readonly string[], of: (key: string) => string | undefined): Texts {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const text = of(key)
      return text === undefined ? [] : [[key, text]]
    }),
  )
}
