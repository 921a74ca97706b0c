import { roles, type Role } from '#engine/policy/role.ts'
import { StartProblem } from '#platform/config/start-problem.ts'
import { addPersonByCommand, linkLogin, resetPasswordByCommand } from '#features/org/server/index.ts'
import type { Command, Typed } from './command.ts'
import { companyNamed } from './company-named.ts'
import { onDatabase } from './on-database.ts'

const company = { type: 'string', value: 'SLUG', words: 'Short name of the company.', required: true } as const
const person = {
  type: 'string',
  value: 'EMAIL',
  words: 'E-mail, phone, employee number or name.',
  required: true,
} as const

export const personAddCommand: Command = {
  name: 'person add',
  words: 'Add a person to a company.',
  options: {
    company,
    name: { type: 'string', value: 'NAME', words: 'Name of the person.', required: true },
    email: { type: 'string', value: 'EMAIL', words: 'E-mail, for signing in.' },
    phone: { type: 'string', value: 'PHONE', words: 'Phone, for signing in.' },
    role: { type: 'string', value: 'ROLE', words: `One of ${roles.join(', ')}; representative unless given.` },
    unit: { type: 'string', value: 'NAME', words: 'Unit to stand in; the top unless given.' },
  },
  examples: ['person add --company acme --name 林晓雯 --email lin@acme.example --role manager --unit 华东'],
  run: (typed) =>
    onDatabase(typed.settings, async (bench) => {
      const ctx = await companyNamed(bench, typed.needed('company'))
      const { id } = await addPersonByCommand(ctx, {
        name: typed.needed('name'),
        email: typed.text('email') ?? null,
        phone: typed.text('phone') ?? null,
        role: roleOf(typed),
        unit: typed.text('unit'),
      })
      process.stdout.write(`${id}\n`)
    }),
}

export const personPasswordCommand: Command = {
  name: 'person password',
  words: 'Print a one-time password of a person, to invite or to reset.',
  options: { company, person },
  examples: ['person password --company acme --person lin@acme.example'],
  run: (typed) =>
    onDatabase(typed.settings, async (bench) => {
      const ctx = await companyNamed(bench, typed.needed('company'))
      const { identifier, password } = await resetPasswordByCommand(ctx, typed.needed('person'))
      process.stdout.write(`${identifier} ${password}\n`)
    }),
}

export const personLinkCommand: Command = {
  name: 'person link',
  words: 'Let an existing sign-in of this server enter as a person of another company.',
  options: {
    company,
    person,
    login: { type: 'string', value: 'EMAIL', words: 'E-mail or phone of the existing sign-in.', required: true },
  },
  examples: ['person link --company acme --person 林晓雯 --login lin@acme.example'],
  run: (typed) =>
    onDatabase(typed.settings, async (bench) => {
      const ctx = await companyNamed(bench, typed.needed('company'))
      await linkLogin(ctx, { person: typed.needed('person'), login: typed.needed('login') })
    }),
}

function roleOf(typed: Typed): Role {
  const text = typed.text('role') ?? 'representative'
  const role = roles.find((one) => one === text)
  if (role) return role
  throw new StartProblem('WRONG_USAGE', { why: `--role is one of ${roles.join(', ')}` })
}
