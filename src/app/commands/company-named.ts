import { findCompany, systemContext } from '#platform/db/system.ts'
import { StartProblem } from '#platform/config/start-problem.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Workbench } from './command.ts'

/** The context in which a command acts for the company of that slug; ends with one line when there is none. */
export async function companyNamed(bench: Workbench, slug: string): Promise<Ctx> {
  const company = await findCompany(bench.db, { slug })
  if (!company) throw new StartProblem('WRONG_USAGE', { why: `There is no company "${slug}".` })
  return systemContext(bench, company)
}
