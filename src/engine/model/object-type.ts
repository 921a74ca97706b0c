import type { Label } from '#base/label.ts'
import type { DuplicateRule } from './duplicate-rule.ts'
import type { Role } from '#engine/policy/role.ts'
import type { Aggregate, Filter } from '#engine/query/filter.ts'

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
  | 'rich_text'
  | 'address'
  | 'rating'
  | 'multi_choice'
  | 'tags'
  | 'multi_reference'
  | 'region'
  | 'file'
  | 'auto_number'
  | 'formula'
  | 'rollup'

export interface Choice {
  readonly key: string
  readonly label: Label
  /** Ant Design preset colour for tags, never the only sign. */
  readonly color?: string
  /** Other spellings that files bring. */
  readonly aliases?: readonly string[]
  /** No longer offered, still shown where it stands. */
  readonly retired?: boolean
}

/** What a formula or a roll-up amounts to: a field of this type, as far as reading, filters and display go. */
export type ResultType = 'text' | 'number' | 'money' | 'percent' | 'date' | 'yes_no'

/** An expression over the record's own fields and what its references lead to, see `engine/formula`. */
export interface Formula {
  readonly expression: string
  readonly result: ResultType
}

/** A figure over the records that refer to this one. */
export interface Rollup {
  /** Key of the object whose records are counted or summed, and of its reference to this object. */
  readonly of: string
  readonly via: string
  readonly aggregate: Aggregate
  /** What is summed; not for `count`. */
  readonly field?: string
  readonly where?: Filter
  readonly result: ResultType
}

/** A field that a company added; its values stand in the record's `custom`. */
export interface CustomPlace {
  /** Under which its rows stand in the table of indexed values. */
  readonly id: string
  /** Are the values of all records in the table of indexed values, so that filters may find them by index? */
  readonly indexed: boolean
}

/**
 * One field of an object. Columns, validation, API schema, list, form, filter, import mapping and export derive from it.
 * Values in JSON: text/choice/reference/owner = string (keys and uuids), number/money/percent = decimal string,
 * date = `YYYY-MM-DD`, date_time = ISO instant, yes_no = boolean, credits = `[{person, percent}]`; multi_choice, tags,
 * multi_reference and file = list of strings without repetition; rating = decimal string; region = code of a country,
 * province, city or district. Empty = null, also for lists.
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
  /** reference: the record is a part of the one it refers to, and goes into the recycle bin with it. */
  readonly partOf?: boolean
  /** text: most characters, 200 unless told. */
  readonly maxLength?: number
  /** number, money, percent: inclusive bounds, as decimal strings. */
  readonly min?: string
  readonly max?: string
  /** number: a count; no decimals. */
  readonly whole?: boolean
  /** file: one of them at most. */
  readonly single?: boolean
  /** file: only images. */
  readonly imagesOnly?: boolean
  /** Set by rules of the room, not by people; or not to be set by whoever looks. */
  readonly readOnly?: boolean
  /** Says something of a natural person: an erasure of the person takes it away everywhere. */
  readonly personal?: boolean
  /** Whoever looks sees it in part only: it neither filters nor sorts, and is filled only where it is empty. */
  readonly masked?: boolean
  /** Shown in lists by default, in this order of definition. */
  readonly inList?: boolean
  /** Other header names that imports recognise. */
  readonly aliases?: readonly string[]
  /** Only for fields that the company added. */
  readonly custom?: CustomPlace
  readonly formula?: Formula
  readonly rollup?: Rollup
  /** auto_number: text with `{YYYY}` `{MM}` `{DD}` and one run of zeros in braces for the number, e.g. `HT-{YYYY}-{0000}`. */
  readonly numbering?: string
  /** The record's own values under which the field must be filled; it is asked for and shown only where it applies. */
  readonly requiredIf?: Filter
  readonly visibleIf?: Filter
  /** How the global search finds a record by this field; not at all unless told. */
  readonly searched?: SearchedAs
}

/** What records of an object must not be: saved only where the filter is not met. */
export interface ValidationRule {
  readonly id: string
  readonly name: Label
  /** The condition of what is refused. */
  readonly refuses: Filter
  readonly message: Label
  /** At which field the message stands; of the record as a whole if not told. */
  readonly field?: string
}

/** One column or two of fields under a heading, in forms and on record pages. */
export interface LayoutSection {
  readonly label: Label
  readonly fields: readonly string[]
  readonly columns: 1 | 2
}

/** A way in which records of an object differ, each with its own layout; chosen by the value of one choice field. */
export interface Layout {
  /** Value of the record type field; null: the layout of all other records. */
  readonly recordType: string | null
  readonly sections: readonly LayoutSection[]
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
  /** Made by the company: records share one table, told apart by `key`. */
  readonly custom?: boolean
  /** Key of the choice field whose value decides the layout. */
  readonly recordTypeField?: string
  readonly layouts?: readonly Layout[]
  readonly rules?: readonly ValidationRule[]
  /** By which two records are suspected to be one; those of the product unless the company has its own. */
  readonly duplicates?: readonly DuplicateRule[]
  /**
   * Which standard roles may do what; a company's roles may differ. To which record is decided by the reach of the role.
   * `transfer`: give a record that is there to another owner.
   */
  readonly rights: Readonly<Record<RecordAction, readonly Role[]>>
}

export const recordActions = ['read', 'create', 'update', 'delete', 'transfer', 'import', 'export'] as const
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
