import { allCompanies } from '#features/org/server/index.ts'
import { StartProblem } from '#platform/config/start-problem.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Workbench } from './command.ts'
import { companyNamed } from './company-named.ts'

/** The company of that slug, or the only one there is. */
export async function companyOf(bench: Workbench, slug: string | undefined): Promise<Ctx> {
  if (slug !== undefined) return companyNamed(bench, slug)
  const companies = await allCompanies(bench.db)
  const [only] = companies
  if (only && companies.length === 1) return companyNamed(bench, only.slug)
  const why =
    companies.length === 0 ? 'There is no company yet; see terrace company create --help.' : '--company is missing'
  throw new StartProblem('WRONG_USAGE', { why })
}
