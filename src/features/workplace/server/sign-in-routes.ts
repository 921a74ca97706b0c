import type { FastifyInstance } from 'fastify'
import { workplaceBrands } from '#engine/contract/workplace.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { inView } from '#platform/db/step.ts'
import { systemContext } from '#platform/db/system.ts'
import { servePublic } from '#platform/http/serve.ts'
import { companyMeant } from '#features/sign-in/server/index.ts'
import { workplaceRoutes } from '../contract.ts'
import { beginWorkplace, finishWorkplace } from './sign-in.ts'
import { signInBrands } from './sign-in-store.ts'

/** Serves signing in by scanning, to whoever stands before the door. */
export function registerWorkplaceSignIn(app: FastifyInstance, parts: AuthParts): void {
  servePublic(app, workplaceRoutes.offered, ({ query }) => offered(parts, query.company))
  servePublic(app, workplaceRoutes.begin, ({ body, request, reply }) => beginWorkplace(parts, body, request, reply))
  servePublic(app, workplaceRoutes.finish, ({ body, request, reply }) =>
    finishWorkplace(parts, body.answer, request, reply),
  )
}

/** Where several companies share a server it names none of them unasked. */
async function offered(parts: AuthParts, slug: string | undefined) {
  const company = await companyMeant(parts, slug)
  if (!company) return { company: null, brands: [] }
  const on = await inView(systemContext(parts, company), signInBrands)
  return { company: company.slug, brands: workplaceBrands.filter((brand) => on.has(brand)) }
}
