import type { QueryClient } from '@tanstack/react-query'
import { setupRoute } from '#engine/contract/setup.ts'
import { call } from '#web/api/call.ts'
import { router } from './routes.tsx'

const publicPaths = ['/sign-in', '/sign-in/back', '/sign-in/workplace', '/invitation', '/forgotten', '/setup']

/** Leads a visitor without a session to the sign-in, or to the setup when there is no company yet. */
export async function leaveToSignIn(client: QueryClient): Promise<void> {
  const { pathname, href } = router.state.location
  if (publicPaths.includes(pathname)) return
  const setup = await client
    .fetchQuery({ queryKey: ['setup'], queryFn: () => call(setupRoute, {}) })
    .catch(() => undefined)
  if (publicPaths.includes(router.state.location.pathname)) return
  const search = setup?.needed || pathname === '/' ? {} : { next: href }
  await router.navigate({ to: setup?.needed ? '/setup' : '/sign-in', search, replace: true } as never)
}
