import type { Language } from '#base/label.ts'
import { StartProblem } from '#platform/config/start-problem.ts'
import { createCompany } from '#features/org/server/index.ts'
import type { Command, Typed } from './command.ts'
import { onDatabase } from './on-database.ts'

export const companyCreateCommand: Command = {
  name: 'company create',
  words: 'Make an empty company with its administrator.',
  options: {
    slug: { type: 'string', value: 'SLUG', words: 'Short name: small letters, digits, hyphens.', required: true },
    name: { type: 'string', value: 'NAME', words: 'Name of the company.', required: true },
    admin: { type: 'string', value: 'EMAIL', words: 'E-mail or phone of its administrator.', required: true },
    password: { type: 'string', value: 'PASSWORD', words: 'Password of the administrator.', required: true },
    'admin-name': { type: 'string', value: 'NAME', words: 'Name of the administrator; else the e-mail.' },
    currency: { type: 'string', value: 'CODE', words: 'Base currency, CNY unless given.' },
    zone: { type: 'string', value: 'ZONE', words: 'Time zone, Asia/Shanghai unless given.' },
    'fiscal-start': { type: 'string', value: 'MONTH', words: 'First month of the fiscal year, 1 unless given.' },
    language: { type: 'string', value: 'zh|en', words: 'Language of what the company begins with, zh unless given.' },
    tiers: { type: 'string', value: 'A,B,C', words: 'Names of the tiers from the top, separated by commas.' },
  },
  examples: ['company create --slug acme --name Acme --admin me@acme.example --password "…" --tiers 公司,大区,团队'],
  run: (typed) =>
    onDatabase(typed.settings, async ({ db, log }) => {
      const admin = typed.needed('admin')
      const { company } = await createCompany(
        { db, log },
        {
          slug: typed.needed('slug'),
          name: typed.needed('name'),
          currency: typed.text('currency')?.toUpperCase(),
          zone: typed.text('zone'),
          fiscalStart: monthOf(typed),
          language: languageOf(typed),
          tiers: typed
            .text('tiers')
            ?.split(/[,,]/)
            .map((tier) => tier.trim())
            .filter((tier) => tier !== ''),
          admin: { name: typed.text('admin-name') ?? admin, identifier: admin, password: typed.needed('password') },
        },
      )
      process.stdout.write(`${company.slug}\n`)
    }),
}

function monthOf(typed: Typed): number | undefined {
  const text = typed.text('fiscal-start')
  return text === undefined ? undefined : Number(text)
}

function languageOf(typed: Typed): Language | undefined {
  const text = typed.text('language')
  if (text === undefined || text === 'zh' || text === 'en') return text
  throw new StartProblem('WRONG_USAGE', { why: '--language is zh or en' })
}
