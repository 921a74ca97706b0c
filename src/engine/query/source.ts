import { sql } from 'kysely'
import { columnOf, columnTypeOf, fieldOf } from '#engine/model/column.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import type { Asker, Sql } from './viewpoint.ts'

/** A field at the end of a path, and the alias of the table that holds it. */
export interface Spot {
  readonly object: ObjectType
  readonly alias: string
  /** The references that lead here, empty for the object itself. */
  readonly steps: readonly string[]
  readonly field: Field
}

/** The tables that a statement reads: the object itself, and what its paths lead to, each joined once. */
export interface Source {
  readonly asker: Asker
  readonly object: ObjectType
  /** Alias of the object's own table. */
  readonly alias: string
  /** Are the rows of the object itself in its table, and in that of indexed values? */
  readonly isWritten: boolean
  /** Has nothing been joined to the object's own table so far? */
  isAlone(): boolean
  /** `<table> as t left join …`; complete once everything that the statement reads has been compiled. */
  from(): Sql
  /** The field at the end of a checked path. */
  resolve(path: string): Spot
}

/** The rows of an object: those of custom objects share one table. */
export function tableSql(object: ObjectType): Sql {
  return object.custom
    ? sql`(select * from ${sql.table(object.table)} where object = ${object.key})`
    : sql.table(object.table)
}

/** The stored value of a field: its column, or its part of the record's custom values. */
export function storedSql(field: Field, alias: string): Sql {
  if (!field.custom) return sql.ref(`${alias}.${columnOf(field)}`)
  const type = columnTypeOf(field)
  const custom = sql.ref(`${alias}.custom`)
  if (type === 'jsonb') return sql`(${custom} -> ${sql.lit(field.key)})`
  const text = sql`(${custom} ->> ${sql.lit(field.key)})`
  return type === 'text' ? text : sql`${text}::${sql.raw(type)}`
}

interface Joined {
  readonly object: ObjectType
  readonly alias: string
  readonly steps: readonly string[]
}

interface SourceOptions {
  readonly alias?: string
  /** Read instead of the object's own table: rows that are not written yet. */
  readonly rows?: Sql
}

export function sourceOf(object: ObjectType, asker: Asker, { alias = 't', rows }: SourceOptions = {}): Source {
  const { catalogue, sight } = asker
  const joined = new Map<string, Joined>()
  const joins: Sql[] = []
  const company = sql.ref(`${alias}.company_id`)

  function join(from: Joined, key: string, isTitle: boolean): Joined {
    const field = fieldOf(from.object, key)
    const steps = [...from.steps, key]
    if (!field?.to) throw new Error(`unchecked path ${steps.join('.')}`)
    const target = catalogue.get(field.to)
    const name = `${alias}_${joined.size + 1}`
    const seen = sight(target, name)
    // A record in reach shows the name of what it points at, whoever owns that; nothing else of it.
    const isOpen = isTitle && seen !== undefined
    const place = isOpen ? `${steps.join('.')} by name` : steps.join('.')
    const known = joined.get(place)
    if (known) return known
    const next = { object: target, alias: name, steps }
    joined.set(place, next)
    const there = sql.id(name)
    joins.push(sql`left join ${tableSql(target)} as ${there} on ${there}.company_id = ${company}
      and ${there}.id = ${storedSql(field, from.alias)}${seen && !isOpen ? sql` and ${seen}` : sql``}`)
    return next
  }

  return {
    asker,
    object,
    alias,
    isWritten: rows === undefined,
    isAlone: () => joins.length === 0,
    from: () => sql`${rows ?? tableSql(object)} as ${sql.id(alias)} ${sql.join(joins, sql` `)}`,
    resolve: (path) => {
      const keys = path.split('.')
      const last = keys.pop() ?? ''
      let here: Joined = { object, alias, steps: [] }
      keys.forEach((key) => {
        const isTitle = keys.length === 1 && isTitleOf(fieldOf(object, key), last)
        here = join(here, key, isTitle)
      })
      const field = fieldOf(here.object, last)
      if (!field) throw new Error(`unchecked path ${path}`)
      return { ...here, field }
    },
  }

  function isTitleOf(reference: Field | undefined, key: string): boolean {
    const target = reference?.to === undefined ? undefined : catalogue.find(reference.to)
    return target !== undefined && (target.title === key || target.titleEn === key)
  }
}
