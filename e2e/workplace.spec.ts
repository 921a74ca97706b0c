import type { Page } from '@playwright/test'
import { startWorkplace, type Workplace } from '#testing/workplace/start.ts'
import { expect as expectSoon, expectAccessible, expectNoSidewaysScroll, test } from './harness/journey.ts'
import { dropDataDir, newDataDir, startTerrace, type Terrace } from './harness/start-terrace.ts'

/** A machine with other work draws a page that opens for the first time when it comes to it. */
const expect = expectSoon.configure({ timeout: 30_000 })

const admin = { identifier: 'anna@example.com', password: 'long grass 7' }
const running: { terrace?: Terrace; wecom?: Workplace } = {}

function here(): { readonly terrace: Terrace; readonly wecom: Workplace } {
  const { terrace, wecom } = running
  if (!terrace || !wecom) throw new Error('the servers run during journeys only')
  return { terrace, wecom }
}

test.beforeAll(async () => {
  running.wecom = await startWorkplace('wecom')
  running.terrace = await startTerrace(newDataDir(), { CALL_PRIVATE: 'allow' })
  const made = here().terrace.command(
    ...['company', 'create', '--slug', 'one', '--name', '一号公司'],
    ...['--admin', admin.identifier, '--password', admin.password],
  )
  if (made.code !== 0) throw new Error(made.err)
})

test.afterAll(async () => {
  const { terrace, wecom } = here()
  await terrace.stop()
  await wecom.close()
  dropDataDir(terrace.dataDir)
})

async function signIn(page: Page): Promise<void> {
  await page.goto(`${here().terrace.url}/sign-in`)
  await page.getByLabel('邮箱或手机号').fill(admin.identifier)
  await page.getByLabel('密码', { exact: true }).fill(admin.password)
  await page.getByRole('button', { name: /^登\s?录$/ }).click()
  await expect(page).not.toHaveURL(/sign-in/)
}

test('an administrator connects 企业微信, looks ahead and syncs; then people sign in by scanning', async ({
  desk,
  newDesk,
  phone,
}) => {
  test.setTimeout(300_000)
  const { terrace, wecom } = here()
  const { url } = terrace
  await signIn(desk)

  await test.step('the settings are saved and tried at once; the secret is not shown again', async () => {
    await desk.goto(`${url}/workplace`)
    await expect(desk.getByText('未连接')).toHaveCount(3)
    await expectAccessible(desk)
    await desk.getByRole('button', { name: '连接企业微信' }).click()
    await desk.getByLabel('企业 ID（CorpID）').fill(wecom.app.corpId ?? '')
    await desk.getByLabel('应用 AgentId').fill(wecom.app.appId)
    await desk.getByLabel('应用 Secret').fill('not the secret')
    await desk.getByText('高级：服务器地址').click()
    await desk.getByLabel('服务器地址', { exact: true }).fill(wecom.url)
    await desk.getByLabel('在登录页显示“用企业微信登录”').click()
    await desk.getByRole('button', { name: /^保\s?存$/ }).click()
    await expect(desk.getByText('对方不认识这个应用或密钥，请核对后重新保存').first()).toBeVisible()
    await expect(desk.getByText(/40001/).first()).toBeVisible()
    await desk.getByLabel('应用 Secret').fill(wecom.app.secret)
    await desk.getByRole('button', { name: /^保\s?存$/ }).click()
    await expect(desk.getByText('连接成功，能看到 7 个部门、234 人')).toBeVisible()
    await expect(desk.getByLabel('应用 Secret')).toHaveValue('')
    await expect(desk.getByText(`${url}/sign-in/workplace`)).toBeVisible()
    await expectAccessible(desk)
  })

  await test.step('what was entered is not lost by leaving', async () => {
    await desk.getByLabel('每晚自动同步').click()
    await desk.getByRole('link', { name: '办公平台' }).first().click()
    await desk.getByRole('button', { name: '继续编辑' }).click()
    await desk.getByRole('button', { name: /^保\s?存$/ }).click()
    await expect(desk.getByText('每晚', { exact: true })).toBeVisible()
  })

  await test.step('a preview shows everything and changes nothing', async () => {
    await desk.getByRole('button', { name: /^预\s?览$/ }).click()
    const drawer = desk.getByRole('dialog')
    await expect(drawer.getByText('这是预览，没有改动任何内容。')).toBeVisible()
    await expect(drawer.getByRole('heading', { name: /新增单元/ })).toBeVisible()
    await expect(drawer.getByText('华东大区').first()).toBeVisible()
    await expectAccessible(desk)
    await drawer.getByRole('button', { name: '立即同步' }).click()
    await expect(drawer).toBeHidden()
  })

  await test.step('the sync brings the units and people', async () => {
    const newest = desk.locator('.workplace-line').first()
    await expect(newest.getByText('完成', { exact: true })).toBeVisible({ timeout: 120_000 })
    await expect(desk.getByText(/234 人，/)).toBeVisible()
    await newest.getByRole('button', { name: /查看/ }).click()
    await desk.getByRole('dialog').getByRole('link', { name: '林知远' }).click()
    await expect(desk).toHaveURL(/\/org\?person=/)
    await expect(desk.getByRole('dialog').getByText('林知远').first()).toBeVisible()
    await desk.goto(`${url}/org?find=${encodeURIComponent('鼓楼一组')}`)
    await expect(desk.getByText('顾拾遗').first()).toBeVisible()
  })

  await test.step('whom the sync linked signs in by scanning, to the page that was wanted', async () => {
    const page = await newDesk()
    wecom.seat('lin.zhiyuan')
    await page.goto(`${url}/security`)
    await expect(page.getByRole('button', { name: '用企业微信登录' })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: '用企业微信登录' }).click()
    await expect(page.getByRole('heading', { name: '账号安全' })).toBeVisible()
    await expect(page).toHaveURL(`${url}/security`)
    await expect(page.getByRole('button', { name: /林知远/ })).toBeVisible()
  })

  await test.step('a stranger is told what to do', async () => {
    const page = await newDesk()
    wecom.seat('a.stranger')
    await page.goto(`${url}/sign-in`)
    await page.getByRole('button', { name: '用企业微信登录' }).click()
    await expect(page.getByRole('heading', { name: '没有登录成功' })).toBeVisible()
    await expect(page.getByText(/不是这家公司在企业微信的成员/)).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('link', { name: '返回登录' }).click()
    await expect(page.getByLabel('邮箱或手机号')).toBeVisible()
  })

  await test.step('it fits a phone', async () => {
    await signIn(phone)
    for (const path of ['/workplace', '/workplace?brand=wecom', '/workplace?brand=feishu']) {
      await phone.goto(`${url}${path}`)
      await expect(phone.getByRole('heading', { level: 1 }).first()).toBeVisible()
      await expect(phone.getByRole('heading', { level: 2 }).first()).toBeVisible()
      await expectNoSidewaysScroll(phone)
      await expectAccessible(phone)
    }
    await phone.goto(`${url}/workplace?brand=wecom`)
    await phone.getByRole('button', { name: /^查看/ }).first().click()
    await expect(phone.getByRole('dialog').getByText(/已读取 7 个部门/)).toBeVisible()
    await expectNoSidewaysScroll(phone)
    await expectAccessible(phone)
  })
})
