import { Suspense, type ReactNode } from 'react'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import { vi } from 'vitest'
import { monthsFrom } from '#engine/calendar/fiscal-calendar.ts'
import { workCalendarOf } from '#engine/calendar/workday.ts'
import type { Me } from '#engine/contract/sign-in.ts'
import { MeProvider } from '#web/session/me.ts'
import { readAddress, writeAddress } from '#web/shell/address.ts'
import { Look } from '#web/theme/look.tsx'

export const buildMe = (changes: Partial<Me> = {}): Me => ({
  person: {
    id: 'p1',
    name: '王小禾',
    role: 'manager',
    basis: 'manager',
    email: null,
    phone: null,
    unitId: 'u1',
    unitName: '华东一队',
  },
  company: {
    id: 'c1',
    slug: 'hetian',
    name: '禾田科技',
    currency: 'CNY',
    zone: 'Asia/Shanghai',
    calendar: monthsFrom(1),
    workCalendar: workCalendarOf('Asia/Shanghai'),
    demo: false,
  },
  settings: { language: 'zh', theme: 'light', density: 'comfortable' },
  permissions: ['plan.read', 'org.read'],
  roles: [{ key: 'manager', label: { zh: '经理', en: 'Manager' } }],
  mustChangePassword: false,
  mustSetUpSecondFactor: false,
  today: '2026-03-05',
  ...changes,
})

export interface Asked {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

type Answer = (asked: Asked) => { readonly status?: number; readonly json: unknown } | undefined

/** Stands in for the network: answers by method and path, and remembers what was asked. */
export function answerNetwork(answer: Answer): Asked[] {
  const log: Asked[] = []
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    const asked = {
      method: init.method ?? 'GET',
      path: address,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    }
    log.push(asked)
    const { status = 200, json } = answer(asked) ?? { status: 404, json: { code: 'NOT_ANSWERED', title: address } }
    return new Response(JSON.stringify(json), { status, headers: { 'content-type': 'application/json' } })
  })
  return log
}

/** Renders a screen as a signed-in person would see it, at an address. */
export function renderScreen(screen: ReactNode, { me = buildMe(), at = '/' }: { me?: Me; at?: string } = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const root = createRootRoute({ component: () => screen, notFoundComponent: () => screen })
  const router = createRouter({
    routeTree: root,
    history: createMemoryHistory({ initialEntries: [at] }),
    parseSearch: readAddress,
    stringifySearch: writeAddress,
  })
  const view = render(
    <QueryClientProvider client={client}>
      <Look theme="light" density="comfortable">
        <MeProvider value={me}>
          <Suspense fallback={null}>
            <RouterProvider router={router as never} />
          </Suspense>
        </MeProvider>
      </Look>
    </QueryClientProvider>,
  )
  return { ...view, router, client }
}
