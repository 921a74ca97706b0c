import { expect, it } from 'vitest'
import { commands } from './commands.ts'
import { helpOf, overview } from './help.ts'

it('lists every command once, with one line', () => {
  const lines = overview(commands).split('\n')
  for (const { name, words } of commands)
    expect(lines.filter((line) => line.startsWith(`  ${name} `) && line.endsWith(words))).toHaveLength(1)
})

it.each(commands.map((command) => [command.name, command] as const))(
  'explains %s with all its options',
  (name, command) => {
    const text = helpOf(command)
    expect(text).toContain(`Usage: terrace ${name}`)
    for (const option of Object.keys(command.options ?? {})) expect(text).toContain(`--${option}`)
    for (const example of command.examples ?? []) expect(text).toContain(`$ terrace ${example}`)
    expect(command.examples?.every((example) => example.startsWith(name))).toBe(true)
  },
)
