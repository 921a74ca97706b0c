import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultDataDir, environmentWith, readSettings } from '#platform/config/settings.ts'
import { StartProblem, problemLine } from '#platform/config/start-problem.ts'
import { home, version } from '../version.ts'
import { parserOptions, type Command, type Typed } from './command.ts'
import { commands } from './commands.ts'
import { consoleLanguage } from './console-language.ts'
import { helpOf, overview } from './help.ts'
import { wordsOfFailure } from './failure.ts'

/** Runs one command line and ends the process with its exit code. */
export async function run(args: readonly string[]): Promise<void> {
  process.exit(await exitCodeOf(args))
}

async function exitCodeOf(args: readonly string[]): Promise<number> {
  try {
    return await dispatch(args)
  } catch (error) {
    const { line, exitCode } = error instanceof StartProblem ? shortly(error) : wordsOfFailure(error, consoleLanguage())
    process.stderr.write(`${line}\n`)
    return exitCode
  }
}

const shortly = (problem: StartProblem) => ({
  line: problemLine(problem, consoleLanguage()),
  exitCode: problem.exitCode,
})

async function dispatch(args: readonly string[]): Promise<number> {
  if (args.length === 0 || args[0] === '--help' || args[0] === 'help') return print(overview(commands))
  if (args[0] === '--version') return print(version)
  const command = commandIn(args)
  if (command === undefined) return choices(args)
  const rest = args.slice(command.name.split(' ').length)
  const { values, positionals } = parse(command, rest)
  if (values['help'] === true) return print(helpOf(command))
  return (await command.run(typed(command, values, positionals))) ?? 0
}

function commandIn(args: readonly string[]): Command | undefined {
  return commands.find((command) => {
    const names = command.name.split(' ')
    return names.every((name, place) => args[place] === name)
  })
}

// `terrace company` and `terrace company --help` list what begins so.
function choices(args: readonly string[]): number {
  const group = commands.filter((command) => command.name.startsWith(`${args[0]} `))
  if (group.length === 0)
    throw new StartProblem('WRONG_USAGE', { why: `There is no command "${args[0]}"; see terrace --help.` })
  print(overview(group))
  return args.includes('--help') ? 0 : 2
}

function parse(command: Command, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: parserOptions(command), allowPositionals: true, strict: true })
  } catch (error) {
    throw wrongUsage(command, error instanceof Error ? error.message : String(error))
  }
}

function typed(command: Command, values: Readonly<Record<string, unknown>>, words: readonly string[]): Typed {
  const takes = command.takes ?? []
  const text = (option: string) => {
    const value = values[option]
    return typeof value === 'string' ? value : undefined
  }
  const needed = (option: string) => {
    const value = text(option)
    if (value === undefined || value === '') throw wrongUsage(command, `--${option} is missing`)
    return value
  }
  const missing = takes[words.length]
  if (missing !== undefined) throw wrongUsage(command, `${missing} is missing`)
  const most = takes.length + (command.mayTake?.length ?? 0)
  if (words.length > most) throw wrongUsage(command, `"${words[most]}" is too much`)
  for (const [name, option] of Object.entries(command.options ?? {})) if (option.required) needed(name)
  return { settings: settingsOfConsole(), words, text, needed, has: (option) => values[option] === true }
}

const wrongUsage = (command: Command, why: string) =>
  new StartProblem('WRONG_USAGE', { why: `${why}; see terrace ${command.name} --help.` })

function settingsOfConsole() {
  const settings = readSettings(environmentWith(home, process.env))
  // What is set counts from where the command is typed, the default from the installation.
  return settings.dataDir === defaultDataDir ? { ...settings, dataDir: join(home, 'data') } : settings
}

function print(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}
