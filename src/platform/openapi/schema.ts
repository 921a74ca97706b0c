import { z } from 'zod'

export type Json = Readonly<Record<string, unknown>>

/** Transformations and refinements cannot be written as JSON Schema: there the shape before them is shown. */
export function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    cycles: 'ref',
    reused: 'inline',
    override: ({ zodSchema, jsonSchema }) => {
      // On the wire every instant is a text.
      if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
    },
  })
  return rest
}

/** The document with what its schemas define by name moved to where all of them find it. */
export function withSharedSchemas(document: Json): Json {
  const found = new Map<string, unknown>()
  const walk = (value: unknown, name = ''): unknown => {
    if (name === '$ref' && typeof value === 'string') return value.replace('#/$defs/', '#/components/schemas/')
    if (Array.isArray(value)) return value.map((one) => walk(one))
    if (typeof value !== 'object' || value === null) return value
    const { $defs = {}, ...rest } = value as { readonly $defs?: Json }
    for (const [key, schema] of Object.entries($defs)) if (!found.has(key)) found.set(key, walk(schema))
    return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, walk(inner, key)]))
  }
  const { components, ...rest } = walk(document) as Json & { readonly components: { readonly schemas: Json } }
  return { ...rest, components: { ...components, schemas: { ...components.schemas, ...Object.fromEntries(found) } } }
}
