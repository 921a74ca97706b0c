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

/** The company of `--company`, or every one, each as it is when its turn comes: those before it may take long. */
export async function* companiesTyped(bench: Workbench, typed: Typed): AsyncGenerator<Ctx> {
  const slug = typed.text('company')
  const slugs = slug === undefined ? (await allCompanies(bench.db)).map((each) => each.slug) : [slug]
  for (const each of slugs) yield await companyNamed(bench, each)
}
