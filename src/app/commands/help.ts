import { settingNames } from '#platform/config/settings.ts'
import type { Command, Option } from './command.ts'

/** All commands with one line each. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length))
  return [
    'Usage: terrace COMMAND [options]; terrace COMMAND --help explains one.',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.words}`),
    '',
    `Settings come from the environment or from .env: ${settingNames.join(' ')}.`,
    'Exit codes: 0 done, 1 failed, 2 wrong usage or setting, 3 port, 4 folder, 5 newer database, 6 folder in use, 7 database, 8 damaged backup, 9 database not empty.',
  ].join('\n')
}

/** One command with its options. */
export function helpOf(command: Command): string {
  const options = Object.entries(command.options ?? {})
  const names = options.map(([name, option]) => nameOf(name, option))
  const width = Math.max(0, ...names.map((name) => name.length))
  const needed = options.filter(([, option]) => option.required).map(([name, option]) => nameOf(name, option))
  const mayTake = (command.mayTake ?? []).map((word) => `[${word}]`)
  return [
    `Usage: ${['terrace', command.name, ...(command.takes ?? []), ...mayTake, ...needed, ...(options.length > needed.length ? ['[options]'] : [])].join(' ')}`,
    '',
    command.words,
    ...(options.length === 0
      ? []
      : ['', ...options.map(([, option], place) => `  ${(names[place] ?? '').padEnd(width)}  ${option.words}`)]),
    ...((command.examples ?? []).length === 0
      ? []
      : ['', ...(command.examples ?? []).map((line) => `  $ terrace ${line}`)]),
  ].join('\n')
}

const nameOf = (name: string, option: Option) =>
  option.type === 'boolean' ? `--${name}` : `--${name} ${option.value ?? name.toUpperCase()}`
