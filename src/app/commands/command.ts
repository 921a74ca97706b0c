import type { Db } from '#platform/db/connect.ts'
import type { Logger } from 'pino'
import type { Settings } from '#platform/config/settings.ts'
import type { ParseArgsConfig } from 'node:util'

export interface Option {
  readonly type: 'string' | 'boolean'
  /** Name of the value in the help, e.g. `SLUG`. */
  readonly value?: string
  readonly words: string
  readonly required?: boolean
  readonly multiple?: boolean
}

/** What was typed after the command's name. */
export interface Typed {
  readonly settings: Settings
  readonly words: readonly string[]
  text(option: string): string | undefined
  /** The option's value; ends with a line about the usage when it is missing. */
  needed(option: string): string
  has(option: string): boolean
}

/** One command of `terrace`. */
export interface Command {
  /** One or two words, e.g. `company create`. */
  readonly name: string
  readonly words: string
  /** Names of the words that follow, e.g. `FILE`. */
  readonly takes?: readonly string[]
  /** Names of words that may follow them. */
  readonly mayTake?: readonly string[]
  /** Command lines to learn from, without the leading `terrace`. */
  readonly examples?: readonly string[]
  readonly options?: Readonly<Record<string, Option>>
  /** Answers the exit code; nothing means 0. */
  run(typed: Typed): Promise<number | void>
}

/** What commands on a database work with. */
export interface Workbench {
  readonly db: Db
  readonly log: Logger
  readonly settings: Settings
}

/** The options in the words of Node's own parser. */
export function parserOptions(command: Command): NonNullable<ParseArgsConfig['options']> {
  const options = { help: { type: 'boolean', words: '' }, ...command.options } satisfies Record<string, Option>
  return Object.fromEntries(
    Object.entries<Option>(options).map(([name, { type, multiple }]) => [name, { type, multiple: multiple ?? false }]),
  )
}
