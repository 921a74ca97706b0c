import { afterEach, expect, it, vi } from 'vitest'
import { cleanup, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { Look } from '#web/theme/look.tsx'
import { SignInPage } from './SignInPage.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

type Answers = Readonly<Record<string, (body: any) => readonly [status: number, body: unknown]>>

/** The network answers as told; everything on this side of it is real. */
function show(answers: Answers) {
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const path = new URL(String(input instanceof Request ? input.url : input), 'http://localhost').pathname
    const answer = answers[path]
    if (!answer) throw new Error(`nothing answers ${path}`)
    const [status, body] = answer(init?.body ? JSON.parse(String(init.body)) : undefined)
    const type = status < 400 ? 'application/json' : 'application/problem+json'
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })
  })
  const root = createRootRoute()
  const routes = [
    createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignInPage }),
    createRoute({ getParentRoute: () => root, path: '/', component: () => <h1>inside</h1> }),
  ]
  const history = createMemoryHistory({ initialEntries: ['/sign-in'] })
  const router = createRouter({ routeTree: root.addChildren(routes), history })
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <Look theme="light" density="comfortable">
        <RouterProvider router={router as never} />
      </Look>
    </QueryClientProvider>,
  )
}

const setup = () => [200, { needed: false, canCreate: false, tokenNeeded: false, demoAllowed: false }] as const
const ways = () => [200, { singleSignOn: null, password: true, resetByMail: false }] as const
const signedIn = { person: { id: 'p', name: '安娜', role: 'director' }, mustChangePassword: false }

async function fillIn(): Promise<ReturnType<typeof userEvent.setup>> {
  const user = userEvent.setup()
  await user.type(await screen.findByLabelText('邮箱或手机号'), 'anna@example.com')
  await user.type(screen.getByLabelText('密码'), 'long grass 7')
  await user.click(screen.getByRole('button', { name: '登录' }))
  return user
}

it('says what the server answers, in its words', async () => {
  const title = '账号或密码不对'
  show({
    '/api/v1/setup': setup,
    '/api/v1/auth/ways': ways,
    '/api/v1/auth/sign-in': () => [401, { code: 'SIGN_IN_REFUSED', title, detail: title, errors: [] }],
  })
  await fillIn()
  expect((await screen.findByRole('alert')).textContent).toContain(title)
})

it('asks which company, then goes in', async () => {
  const asked: unknown[] = []
  show({
    '/api/v1/setup': setup,
    '/api/v1/auth/ways': ways,
    '/api/v1/auth/sign-in': (body) => {
      asked.push(body)
      if (!body.company)
        return [
          200,
          {
            choose: [
              { slug: 'one', name: '一号公司' },
              { slug: 'two', name: '二号公司' },
            ],
          },
        ]
      return [200, { ...signedIn, company: { id: 'c', slug: 'two', name: '二号公司' } }]
    },
  })
  const user = await fillIn()
  await user.click(await screen.findByRole('button', { name: /二号公司/ }))
  expect(await screen.findByRole('heading', { name: 'inside' })).toBeDefined()
  expect(asked).toEqual([
    { identifier: 'anna@example.com', password: 'long grass 7' },
    { identifier: 'anna@example.com', password: 'long grass 7', company: 'two' },
  ])
})
