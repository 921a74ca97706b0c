import { StartProblem } from '#platform/config/start-problem.ts'
import { createPersonKey } from '#features/org/server/index.ts'
import type { Command, Typed } from './command.ts'
import { companyNamed } from './company-named.ts'
import { onDatabase } from './on-database.ts'

export const tokenCreateCommand: Command = {
  name: 'token create',
  words: 'Print a new API key of a person, for “Authorization: Bearer”.',
  options: {
    company: { type: 'string', value: 'SLUG', words: 'Short name of the company.', required: true },
    person: { type: 'string', value: 'EMAIL', words: 'E-mail, phone, employee number or name.', required: true },
    name: { type: 'string', value: 'NAME', words: 'What the key is for.' },
    days: { type: 'string', value: 'DAYS', words: 'Days until it expires; never unless given.' },
  },
  examples: ['token create --company acme --person me@acme.example --name ERP --days 365'],
  run: (typed) =>
    onDatabase(typed.settings, async (bench) => {
      const ctx = await companyNamed(bench, typed.needed('company'))
      const person = typed.needed('person')
      const key = await createPersonKey(ctx, {
        person,
        name: typed.text('name') ?? 'command line',
        days: daysOf(typed),
      })
      process.stdout.write(`${key}\n`)
    }),
}

function daysOf(typed: Typed): number | undefined {
  const text = typed.text('days')
  if (text === undefined) return undefined
  const days = Number(text)
  if (Number.isInteger(days) && days > 0 && days <= 36_500) return days
  throw new StartProblem('WRONG_USAGE', { why: '--days is a whole number of days' })
}
