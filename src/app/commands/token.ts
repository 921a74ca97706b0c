import { keyScope } from '#engine/policy/key-scope.ts'
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
    scopes: {
      type: 'string',
      value: 'SCOPES',
      words: 'What it may be used for, e.g. read or account:write,permission:plan.read; write unless given.',
    },
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
        scopes: scopesOf(typed),
      })
      process.stdout.write(`${key}\n`)
    }),
}

function scopesOf(typed: Typed): readonly string[] | undefined {
  const scopes = typed.text('scopes')?.split(',')
  const unknown = scopes?.find((scope) => !keyScope.safeParse(scope).success)
  if (unknown === undefined) return scopes
  throw new StartProblem('WRONG_USAGE', { why: `"${unknown}" in --scopes is no scope` })
}

function daysOf(typed: Typed): number | undefined {
  const text = typed.text('days')
  if (text === undefined) return undefined
  const days = Number(text)
  if (Number.isInteger(days) && days > 0 && days <= 36_500) return days
  throw new StartProblem('WRONG_USAGE', { why: '--days is a whole number of days' })
}
