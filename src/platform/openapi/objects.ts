import type { Catalogue } from '#engine/model/catalogue.ts'
import { isComputed, valueTypeOf } from '#engine/model/column.ts'
import type { Field, FieldType, ObjectType } from '#engine/model/object-type.ts'
import type { Json } from './schema.ts'

const decimal = { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$', description: 'A decimal.' }
const text = { type: 'string' }
const id = { type: 'string', format: 'uuid' }
const day = { type: 'string', format: 'date' }

/** How a value of each type travels; null is an empty field. */
function typeOf(field: Field): Json {
  const { to = '', choices, maxLength = 200 } = field
  const keys = choices?.filter(({ retired }) => !retired).map(({ key }) => key)
  const choice = keys ? { type: 'string', enum: keys } : text
  const known: Partial<Record<FieldType, Json>> = {
    text: { ...text, maxLength },
    number: decimal,
    money: decimal,
    percent: decimal,
    rating: decimal,
    date: day,
    date_time: { type: 'string', format: 'date-time' },
    yes_no: { type: 'boolean' },
    choice,
    multi_choice: { type: 'array', items: choice },
    tags: { type: 'array', items: text },
    reference: { ...id, description: `Id of a record: ${to}` },
    multi_reference: { type: 'array', items: id, description: `Ids of records: ${to}` },
    owner: { ...id, description: 'Id of a person.' },
    credits: {
      type: 'array',
      items: { type: 'object', required: ['person', 'percent'], properties: { person: id, percent: decimal } },
    },
    long_text: text,
    phone: text,
    email: text,
    url: text,
    auto_number: text,
  }
  return known[valueTypeOf(field)] ?? {}
}

function schemaOf(field: Field): Json {
  const { label, help } = field
  const description = [`${label.en} · ${label.zh}`, help?.en].filter(Boolean).join('. ')
  return { anyOf: [typeOf(field), { type: 'null' }], description }
}

const properties = (fields: readonly Field[]) => Object.fromEntries(fields.map((field) => [field.key, schemaOf(field)]))

/** Two schemas for each object: the record as it is read, and the values that can be set. */
export function schemasOfObjects(catalogue: Catalogue): Json {
  return Object.fromEntries(
    catalogue.all().flatMap((object) => {
      const settable = object.fields.filter((field) => !isComputed(field) && !field.readOnly)
      const values = { type: 'object', additionalProperties: false, properties: properties(settable) }
      return [
        [`${object.key}`, { ...system, properties: { ...system.properties, ...properties(object.fields) } }],
        [`${object.key}.values`, values],
      ]
    }),
  )
}

const system = {
  type: 'object',
  required: ['id', 'version', 'createdAt', 'updatedAt', 'names'],
  properties: {
    id,
    version: { type: 'integer' },
    createdAt: { type: 'string', format: 'date-time' },
    updatedAt: { type: 'string', format: 'date-time' },
    names: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
  },
}

/** The record routes once more for each object, with its fields. */
export function pathsOfObjects(catalogue: Catalogue): Json {
  return Object.fromEntries(catalogue.all().flatMap(pathsOf))
}

function pathsOf(object: ObjectType): readonly (readonly [string, Json])[] {
  const { key, label, labelOfMany } = object
  const record = { $ref: `#/components/schemas/${key}` }
  const values = { $ref: `#/components/schemas/${key}.values` }
  const one = `${label.en} · ${label.zh}`
  const many = `${labelOfMany.en} · ${labelOfMany.zh}`
  const operation = (name: string, summary: string, rest: Json): Json => ({
    operationId: `${name}_${key}`,
    tags: [key],
    summary,
    security: [{ apiKey: [] }, { session: [] }],
    ...rest,
  })
  const page = {
    type: 'object',
    properties: { rows: { type: 'array', items: record }, cursor: { type: ['string', 'null'] } },
  }
  const inBody = { type: 'object', required: ['values'], properties: { values, version: { type: 'integer' } } }
  const byId = [{ name: 'id', in: 'path', required: true, schema: id }]
  return [
    [
      `/api/v1/records/${key}`,
      {
        get: operation('list', `List: ${many}`, { responses: answered(200, page) }),
        post: operation('create', `Create: ${one}`, { requestBody: json(inBody), responses: answered(201, record) }),
      },
    ],
    [
      `/api/v1/records/${key}/{id}`,
      {
        parameters: byId,
        get: operation('get', `Read: ${one}`, { responses: answered(200, record) }),
        patch: operation('update', `Change: ${one}`, { requestBody: json(inBody), responses: answered(200, record) }),
        delete: operation('delete', `Delete: ${one}`, { responses: { 204: { description: 'Done' }, ...refused } }),
      },
    ],
  ]
}

const json = (schema: Json) => ({ required: true, content: { 'application/json': { schema } } })
const refused = { '4XX': { $ref: '#/components/responses/4XX' } }

function answered(status: number, schema: Json): Json {
  return { [status]: { description: 'The answer', content: { 'application/json': { schema } } }, ...refused }
}
