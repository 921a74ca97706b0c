import fc from 'fast-check'
import { z } from 'zod'
import type { Route } from '#engine/contract/route.ts'

/** One request as it goes over the wire; `body` is undefined where the route takes none. */
export interface Asked {
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
}

/** Values that fit what a property is called, so that many requests get past the first checks. */
export type Hints = Readonly<Record<string, fc.Arbitrary<unknown>>>

type Schema = Readonly<Record<string, unknown>>

/** Requests for a route: well-formed ones, and ones spoiled in up to three places. */
export function requestsFor(route: Route, hints: Hints): fc.Arbitrary<Asked> {
  const spoils = fc.array(fc.record({ at: fc.nat(200), by: spoil }), { maxLength: 3 })
  return fc
    .tuple(wellFormed(route, hints, false), spoils)
    .map(([asked, wounds]) => wounds.reduce<Asked>((now, { at, by }) => wound(now, at, by) as Asked, asked))
}

/** One well-formed request with everything that may be said, then the same with each of its places spoiled in turn. */
export function spoiledEverywhere(route: Route, hints: Hints, seed: number): readonly Asked[] {
  const [asked] = fc.sample(wellFormed(route, hints, true), { seed, numRuns: 1 })
  if (!asked) return []
  const places = placesIn(asked, 0).filter(isWithin).slice(0, 16)
  const spoiled = places.flatMap((path) =>
    ['a\u0000b', 2_147_483_648, 'x'.repeat(100_000), ['']].map(
      (value) => changed(asked, path, { kind: 'replace', value }) as Asked,
    ),
  )
  return [asked, ...spoiled]
}

function wellFormed(route: Route, hints: Hints, isFull: boolean): fc.Arbitrary<Asked> {
  const part = (schema: z.ZodType | undefined) =>
    schema === undefined ? fc.constant({}) : valuesOf(schema, hints, isFull)
  return fc.record({
    params: part(route.params),
    query: part(route.query),
    body: route.body === undefined ? fc.constant(undefined) : part(route.body),
  }) as fc.Arbitrary<Asked>
}

function valuesOf(schema: z.ZodType, hints: Hints, isFull: boolean): fc.Arbitrary<unknown> {
  const root: Schema = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', cycles: 'ref', reused: 'inline' })
  return valuesOfSchema(root, hints, isFull)
}

/** Values that a JSON Schema lets through, as far as it tells. */
export function valuesOfSchema(
  schema: Schema,
  hints: Hints,
  isFull: boolean,
  { name = '', root = schema }: { readonly name?: string; readonly root?: Schema } = {},
): fc.Arbitrary<unknown> {
  return from(schema, { root, hints, isFull, name, depth: 0 })
}

interface Where {
  readonly root: Schema
  readonly hints: Hints
  /** Says everything that may be said. */
  readonly isFull: boolean
  readonly name: string
  readonly depth: number
}

function from(schema: Schema, where: Where): fc.Arbitrary<unknown> {
  const hint = where.hints[where.name]
  if (hint) return hint
  const deeper = { ...where, depth: where.depth + 1 }
  if (typeof schema['$ref'] === 'string') return from(pointedAt(schema['$ref'], where.root), deeper)
  const choice = (schema['anyOf'] ?? schema['oneOf']) as readonly Schema[] | undefined
  // A schema that contains itself puts its leaves last.
  if (choice)
    return where.depth > 6 ? from(choice.at(-1) ?? {}, deeper) : fc.oneof(...choice.map((one) => from(one, deeper)))
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]))
  if ('const' in schema) return fc.constant(schema['const'])
  switch (schema['type']) {
    case 'string':
      return textOf(schema)
    case 'integer':
    case 'number':
      return fc.oneof(
        fc.integer({ min: numberOr(schema['minimum'], -5), max: numberOr(schema['maximum'], 40) }),
        fc.constantFrom(schema['minimum'] ?? 0, schema['maximum'] ?? 2_147_483_648),
      )
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return listOf(schema, deeper)
    case 'object':
      return objectOf(schema, deeper)
    default:
      return hostile
  }
}

function pointedAt(pointer: string, root: Schema): Schema {
  return pointer
    .slice(2)
    .split('/')
    .filter((key) => key !== '')
    .reduce((here, key) => here[key] as Schema, root)
}

const numberOr = (value: unknown, other: number) => (typeof value === 'number' && Math.abs(value) < 1e9 ? value : other)

const texts = new Map<string, fc.Arbitrary<unknown>>()

/** Made once for all texts that are described alike: making what draws texts takes far longer than drawing one. */
function textOf({ format, pattern, minLength, maxLength }: Schema): fc.Arbitrary<unknown> {
  const described = JSON.stringify([format, pattern, minLength, maxLength])
  const known = texts.get(described)
  if (known) return known
  const made = newTextOf({ format, pattern, minLength, maxLength })
  texts.set(described, made)
  return made
}

function newTextOf({ format, pattern, minLength, maxLength }: Schema): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'email') return fc.emailAddress()
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern))
  const most = numberOr(maxLength, 40)
  return fc.oneof(
    fc.string({ unit: 'grapheme', minLength: numberOr(minLength, 0), maxLength: Math.min(most, 12) }),
    fc.constantFrom('2026-03-05', '2026-Q2', 'name', '东区'),
  )
}

function listOf(schema: Schema, where: Where): fc.Arbitrary<unknown> {
  const least = numberOr(schema['minItems'], 0)
  const most = numberOr(schema['maxItems'], 3)
  return fc.array(from((schema['items'] ?? {}) as Schema, where), {
    minLength: least,
    maxLength: Math.max(least, Math.min(most, 3)),
  })
}

const shortKey = fc.string({ maxLength: 8 })

function objectOf(schema: Schema, where: Where): fc.Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>
  const required = (schema['required'] ?? []) as string[]
  const entries = Object.entries(properties).map(([name, one]) => [name, from(one, { ...where, name })] as const)
  if (entries.length > 0) return fc.record(Object.fromEntries(entries), where.isFull ? {} : { requiredKeys: required })
  const rest = schema['additionalProperties']
  return fc.dictionary(shortKey, from(typeof rest === 'object' ? (rest as Schema) : {}, { ...where, name: '' }), {
    maxKeys: 3,
  })
}

const nested = (depth: number): unknown => {
  let filter: unknown = { field: 'name', op: 'eq', value: 'x' }
  for (let at = 0; at < depth; at += 1) filter = at % 2 === 0 ? { not: filter } : { and: [filter] }
  return filter
}

/** What nobody means: extremes, other types, characters that break programs, code of other languages. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, false, 0, -1, 1.5, 1e308, -1e-308, 9_007_199_254_740_991, 2_147_483_648, -2_147_483_649],
    ...['', ' ', '\u0000', 'a\u0000b', '\ud800', 'x\udfffy', '\u202e\ufeff', '𠮷😀', '٣', '１２'],
    ...['-infinity', 'infinity', 'NaN', '1e5', '0x10', '+1', '1,000', '99999999999999999999.9999', '-0'],
    ...[
      '0000-01-01',
      '0001-01-01',
      '9999-12-31',
      '2026-02-30',
      '2026-01-01T25:00:00Z',
      '2026-02-31T00:00:00Z',
      'epoch',
    ],
    ...['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '=cmd|calc', '%00', '%c0%ae', '\r\nx: y'],
    ...["'; drop table person; --", '") or 1=1 --', '$1', '%', '_', '\\', '{name}', '${7*7}', '../../etc/passwd'],
    ...[
      'constructor',
      'toString',
      'hasOwnProperty',
      'account.parent.parent.parent.parent.parent.name',
      'id',
      'ownerId',
      'credits',
    ],
    ...['00000000-0000-0000-0000-000000000000', 'FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF', 'bm90IGEgY3Vyc29y'],
    ...[[], {}, [[[]]], [null], { relative: 'today' }, { me: true }, { length: -1 }, { toString: 1 }, { then: 1 }],
    ...[
      '长'.repeat(30_000),
      'a'.repeat(120_000),
      Array.from({ length: 3000 }, () => 'x'),
      nested(11),
      nested(50),
      nested(900),
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.uuid(),
)

const spoil = fc.oneof(
  { weight: 4, arbitrary: hostile.map((value) => ({ kind: 'replace', value }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'drop' } as const) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('unknown', 'constructor', '\u0000', '\ud800', 'k'.repeat(5000)), hostile)
      .map(([key, value]) => ({ kind: 'add', key, value }) as const),
  },
)
type Spoil = typeof spoil extends fc.Arbitrary<infer One> ? One : never

/** The same request with the value at one of its places replaced, dropped or joined by an unknown one. */
function wound(asked: Asked, at: number, by: Spoil): unknown {
  const places = placesIn(asked, 0).filter(isWithin)
  const path = places[at % Math.max(places.length, 1)]
  return path === undefined ? asked : changed(asked, path, by)
}

/** Params and query are spoiled inside; a body also as a whole. */
const isWithin = (path: readonly (string | number)[]) => path.length > 1 || path[0] === 'body'

function placesIn(value: unknown, depth: number): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null || depth > 8) return []
  const entries: (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.slice(0, 5).entries()]
    : Object.entries(value)
  return entries
    .filter(([key, inner]) => depth > 0 || key !== 'body' || inner !== undefined)
    .flatMap(([key, inner]) => [[key], ...placesIn(inner, depth + 1).map((path) => [key, ...path])])
}

function changed(value: unknown, [head, ...rest]: readonly (string | number)[], by: Spoil): unknown {
  if (typeof value !== 'object' || value === null || head === undefined) return value
  if (rest.length === 0 && by.kind === 'add')
    return Array.isArray(value) ? [...value, by.value] : { ...value, [by.key]: by.value }
  const copy = new Map<string | number, unknown>(Array.isArray(value) ? value.entries() : Object.entries(value))
  if (rest.length > 0) copy.set(head, changed(copy.get(head), rest, by))
  else if (by.kind === 'replace') copy.set(head, by.value)
  else copy.delete(head)
  return Array.isArray(value) ? [...copy.values()] : Object.fromEntries(copy)
}
