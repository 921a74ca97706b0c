import type { Page } from '@playwright/test'
import { generate } from 'otplib'
import { startIdentityProvider } from '#testing/identity-provider.ts'
import { linkIn, startMailServer, type MailServer } from '#testing/mail-server.ts'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './harness/journey.ts'
import { dropDataDir, newDataDir, startTerrace, type Terrace } from './harness/start-terrace.ts'

const admin = { identifier: 'anna@example.com', password: 'long grass 7' }
const running: { terrace?: Terrace; office?: MailServer } = {}

function here(): { readonly terrace: Terrace; readonly office: MailServer } {
  const { terrace, office } = running
  if (!terrace || !office) throw new Error('the server runs during journeys only')
  return { terrace, office }
}

test.beforeAll(async () => {
  running.office = await startMailServer()
  running.terrace = await startTerrace(newDataDir(), {
    SMTP_URL: running.office.url,
    MAIL_FROM: 'Terrace <crm@one.example>',
    CALL_PRIVATE: 'allow',
  })
  const made = here().terrace.command(
    ...['company', 'create', '--slug', 'one', '--name', '一号公司'],
    ...['--admin', admin.identifier, '--password', admin.password],
  )
  if (made.code !== 0) throw new Error(made.err)
})

test.afterAll(async () => {
  const { terrace, office } = here()
  await terrace.stop()
  await office.stop()
  dropDataDir(terrace.dataDir)
})

async function signIn(page: Page, { identifier, password }: typeof admin): Promise<void> {
  await page.goto(`${here().terrace.url}/sign-in`)
  await page.getByLabel('邮箱或手机号').fill(identifier)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: /^登\s?录$/ }).click()
}

async function invite(page: Page, name: string, email: string): Promise<string> {
  const origin = here().terrace.url
  const headers = { origin }
  const added = await page.request.post(`${origin}/api/v1/org/people`, { data: { name, email }, headers })
  const { id } = (await added.json()) as { id: string }
  const data = { byMail: true }
  const asked = await page.request.post(`${origin}/api/v1/sign-in/people/${id}/invitation`, { data, headers })
  expect(asked.status()).toBe(200)
  await expect
    .poll(() => here().office.received.some((mail) => mail.to.includes(email)), { timeout: 20_000 })
    .toBe(true)
  const mail = here().office.received.find((one) => one.to.includes(email))
  if (!mail) throw new Error('the letter was there just now')
  return linkIn(mail)
}

/** Every breach of the content policy that the page tells of, from its first moment on. */
async function watchPolicy(page: Page): Promise<string[]> {
  const breaches: string[] = []
  await page.exposeFunction('tellBreach', (what: string) => void breaches.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const tell = (window as unknown as { tellBreach(what: string): void }).tellBreach
      tell(`${event.violatedDirective} ${event.blockedURI} ${location.pathname}`)
    })
  })
  return breaches
}

test.describe('signing in', () => {
  test('goes from the invitation by mail over password and second factor to signing in again', async ({
    desk,
    newDesk,
  }) => {
    await signIn(desk, admin)
    await expect(desk).not.toHaveURL(/sign-in/)
    const link = await invite(desk, '陈晨', 'chen@example.com')
    const page = await newDesk()

    await test.step('the link asks for a password and opens the door', async () => {
      await page.goto(link)
      await expect(page.getByRole('heading', { name: '欢迎加入“一号公司”' })).toBeVisible()
      await expectAccessible(page)
      await page.getByLabel('新密码').fill('password123')
      await page.getByLabel('再输一次').fill('password123')
      await page.getByRole('button', { name: '设置密码并登录' }).click()
      await expect(page.getByText('这个密码太常见').first()).toBeVisible()
      await page.getByLabel('新密码').fill('tall bamboo 9')
      await page.getByLabel('再输一次').fill('tall bamboo 9')
      await page.getByRole('button', { name: '设置密码并登录' }).click()
      await expect(page).not.toHaveURL(/invitation/)
      await page.goto(link)
      await expect(page.getByRole('heading', { name: '链接不能用了' })).toBeVisible()
    })

    const secret = await test.step('the security page sets up a second factor', async () => {
      await page.goto(`${here().terrace.url}/security`)
      await expect(page.getByText('当前设备')).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('button', { name: /启\s?用/ }).click()
      await page.getByLabel('当前密码').fill('tall bamboo 9')
      await page.getByRole('button', { name: /继\s?续/ }).click()
      await expect(page.getByRole('img', { name: '两步验证的二维码' })).toBeVisible()
      const key = ((await page.locator('.factor-secret').textContent()) ?? '').replace(/[^A-Z2-7]/g, '')
      await page.getByLabel('6 位验证码').fill(await generate({ secret: key }))
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /启\s?用/ })
        .click()
      await expect(page.getByRole('heading', { name: '请保存恢复码' })).toBeVisible()
      await expectAccessible(page)
      return key
    })
    const recovery = (await page.locator('.recovery-codes code').first().textContent()) ?? ''
    await page.getByRole('button', { name: '我已保存' }).click()
    await expect(page.getByText('还剩 10 个恢复码')).toBeVisible()

    await test.step('signing in again asks for the next code, and takes a recovery code', async () => {
      await page.getByRole('button', { name: /陈晨/ }).click()
      await page.getByRole('button', { name: '退出登录' }).click()
      await page.waitForURL('**/sign-in')
      await signIn(page, { identifier: 'chen@example.com', password: 'tall bamboo 9' })
      await expect(page.getByRole('heading', { name: '两步验证' })).toBeVisible()
      await expectAccessible(page)
      // The code of now was used up by the set-up; that of the half minute to come is taken as well.
      const next = await generate({ secret, epoch: Math.floor(Date.now() / 1000) + 30 })
      await page.getByLabel('验证码', { exact: true }).fill(next)
      await page.getByRole('button', { name: /继\s?续/ }).click()
      await expect(page).not.toHaveURL(/sign-in/)
      const other = await newDesk()
      await signIn(other, { identifier: 'chen@example.com', password: 'tall bamboo 9' })
      await other.getByLabel('验证码', { exact: true }).fill(recovery)
      await other.getByRole('button', { name: /继\s?续/ }).click()
      await expect(other).not.toHaveURL(/sign-in/)
    })
  })

  test('goes over the identity provider, once an administrator has told of it', async ({ desk, newDesk }) => {
    const { url } = here().terrace
    const provider = await startIdentityProvider({
      redirectUrl: `${url}/sign-in/back`,
      people: [{ subject: 'anna', email: admin.identifier, name: '安娜' }],
    })
    await signIn(desk, admin)
    await expect(desk).not.toHaveURL(/sign-in/)

    await test.step('the settings page tries the connection and keeps it', async () => {
      await desk.goto(`${url}/sign-in-settings`)
      await expect(desk.getByText(`${url}/sign-in/back`)).toBeVisible()
      await desk.getByLabel('登录按钮上的名称').fill('公司账号')
      await desk.getByLabel('身份提供方地址').fill(provider.issuer)
      await desk.getByLabel('客户端 ID').fill(provider.clientId)
      await desk.getByLabel('客户端密钥').fill(provider.clientSecret)
      await desk.getByRole('button', { name: '测试连接' }).click()
      await expect(desk.getByText(`连接成功：${provider.issuer}`)).toBeVisible()
      await desk.getByLabel('启用', { exact: true }).click()
      await expectAccessible(desk)
      await desk.getByRole('button', { name: /保\s?存/ }).click()
      await expect(desk.getByText('已保存', { exact: true })).toBeVisible()
    })

    await test.step('the button leads there and back, to the page that was wanted', async () => {
      const page = await newDesk()
      // The provider's own pages want a font from elsewhere.
      await page.route(/fonts\.g/, (route) => route.fulfill({ status: 200, body: '' }))
      await page.goto(`${url}/security`)
      await page.getByRole('button', { name: '用 公司账号 登录' }).click()
      await page.getByPlaceholder('Enter any login').fill('anna')
      await page.getByPlaceholder('and password').fill('any')
      await page.getByRole('button', { name: 'Sign-in' }).click()
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(page.getByRole('heading', { name: '账号安全' })).toBeVisible()
      await expect(page).toHaveURL(`${url}/security`)
      await expect(page.getByText(/单点登录/).first()).toBeVisible()
    })
    await provider.stop()
  })

  test('fits a phone', async ({ phone }) => {
    const { url } = here().terrace
    await signIn(phone, admin)
    await expect(phone).not.toHaveURL(/sign-in/)
    for (const path of ['/security', '/sign-in-settings', '/forgotten', '/invitation']) {
      await phone.goto(`${url}${path}`)
      await expect(phone.getByRole('heading', { level: 1 }).first()).toBeVisible()
      await expectNoSidewaysScroll(phone)
      await expectAccessible(phone)
    }
  })

  test('no page runs a script that the content policy does not know', async ({ chrome }) => {
    test.setTimeout(300_000)
    const { url } = here().terrace
    const desk = await chrome.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
    const breaches = await watchPolicy(desk)
    const answer = await desk.goto(`${url}/sign-in`)
    const policy = answer?.headers()['content-security-policy'] ?? ''
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe("'self'")
    for (const path of [
      '/forgotten',
      '/invitation',
      '/invitation#nothing',
      '/sign-in/back',
      '/sign-in/workplace',
      '/setup',
    ]) {
      await desk.goto(`${url}${path}`, { waitUntil: 'networkidle' })
    }
    await signIn(desk, admin)
    await expect(desk).not.toHaveURL(/sign-in/)
    const pages = [
      ...[
        '/today',
        '/targets',
        '/targets/plans',
        '/pipeline',
        '/org',
        '/import',
        '/bin',
        '/rates',
        '/shape',
        '/own-metrics',
      ],
      ...[
        '/duplicates',
        '/merge',
        '/me',
        '/security',
        '/sign-in-settings',
        '/workplace',
        '/records/account',
        '/records/opportunity',
      ],
    ]
    for (const path of pages) await desk.goto(`${url}${path}`, { waitUntil: 'networkidle' })
    await desk.goto(`${url}/api/docs`, { waitUntil: 'networkidle' })
    // The watch itself works.
    await desk.goto(`${url}/me`)
    await desk.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.breached = true'
      document.head.append(script)
    })
    await expect.poll(() => breaches).toEqual(['script-src-elem inline /me'])
    await desk.close()
  })
})
