import type { Ctx } from '#platform/db/ctx.ts'
import { allCompanies } from '#features/org/server/index.ts'
import type { Typed, Workbench } from './command.ts'
import { companyNamed } from './company-named.ts'

/** The option that narrows a command to one company. */
export const companyOption = {
  type: 'string',
  value: 'SLUG',
  words: 'Short name of one company; all companies unless given.',
} as const

/** The company of `--company`, or every one. */
export async function companiesTyped(bench: Workbench, typed: Typed): Promise<readonly Ctx[]> {
  const slug = typed.text('company')
  if (slug !== undefined) return [await companyNamed(bench, slug)]
  const all = await allCompanies(bench.db)
  return Promise.all(all.map((each) => companyNamed(bench, each.slug)))
}
