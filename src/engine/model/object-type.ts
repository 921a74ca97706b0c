import type { Label } from '#base/label.ts'
import type { Role } from '#engine/policy/role.ts'

export type FieldType =
  | 'text'
  | 'long_text'
  | 'number'
  | 'money'
  | 'percent'
  | 'date'
  | 'date_time'
  | 'yes_no'
  | 'choice'
  | 'phone'
  | 'email'
  | 'url'
  | 'reference'
  | 'owner'
  | 'credits'

export interface Choice {
  readonly key: string
  readonly label: Label
  /** Ant Design preset colour for tags, never the only sign. */
  readonly color?: string
  /** Other spellings that files bring. */
  readonly aliases?: readonly string[]
}

/**
 * One field of an object. Columns, validation, API schema, list, form, filter, import mapping and export derive from it.
 * Values in JSON: text/choice/reference/owner = string (keys and uuids), number/money/percent = decimal string,
 * date = `YYYY-MM-DD`, date_time = ISO instant, yes_no = boolean, credits = `[{person, percent}]`. Empty = null.
 */
export interface Field {
  readonly key: string
  readonly label: Label
  readonly type: FieldType
  readonly help?: Label
  readonly required?: boolean
  /** Unique within the company among records that are not deleted; doubles as an upsert key for imports. */
  readonly unique?: boolean
  readonly choices?: readonly Choice[]
  /** reference: key of the object referred to. */
  readonly to?: string
  /** text: most characters, 200 unless told. */
  readonly maxLength?: number
  /** number, money, percent: inclusive bounds, as decimal strings. */
  readonly min?: string
  readonly max?: string
  /** number: a count; no decimals. */
  readonly whole?: boolean
  /** Set by rules of the room, not by people. */
  readonly readOnly?: boolean
  /** Shown in lists by default, in this order of definition. */
  readonly inList?: boolean
  /** Other header names that imports recognise. */
  readonly aliases?: readonly string[]
  /** How the global search finds a record by this field; not at all unless told. */
  readonly searched?: SearchedAs
}

/**
 * `name`: by Chinese substrings, pinyin and its initials, beginnings of words. `text`: the same without pinyin.
 * `code`: by three or more letters or digits anywhere. `email`: by beginnings of its words.
 */
export type SearchedAs = 'name' | 'text' | 'code' | 'email'

/** A business object, defined once. System fields (id, owner, createdAt, updatedAt, version …) are common to all. */
export interface ObjectType {
  readonly key: string
  readonly label: Label
  /** What lists of them are called. */
  readonly labelOfMany: Label
  /** Name of the table; columns are the snake_case of the field keys. */
  readonly table: string
  /** Key of the field that names a record to people. */
  readonly title: string
  /** Key of the field that names it in English, where that differs. */
  readonly titleEn?: string
  readonly fields: readonly Field[]
  readonly defaultSort: readonly SortKey[]
  /** Configuration such as pipeline stages and products: everybody reads all of them. */
  readonly visibleToAll?: boolean
  /** Which roles may do what; who may do it to which record is decided by the reach of the role. */
  readonly rights: Readonly<Record<RecordAction, readonly Role[]>>
}

export const recordActions = ['read', 'create', 'update', 'delete', 'import', 'export'] as const
export type RecordAction = (typeof recordActions)[number]

export interface SortKey {
  readonly field: string
  readonly descending?: boolean | undefined
}

/** Credits: how a record's result is shared; percents are decimals that sum to 100. */
export interface Credit {
  readonly person: string
  readonly percent: string
}

/** What the API and the registry call a record: field key → value as described at `Field`. */
export type RecordValues = Readonly<Record<string, unknown>>
