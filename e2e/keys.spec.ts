import { enterAs, signInAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'

test.describe('a program comes with a key', () => {
  test('that a person made, limits and revokes', async ({ demo, desk, phone }) => {
    await enterAs(desk, demo.url, '何静怡')
    await desk.getByRole('navigation').getByRole('link', { name: 'API 密钥' }).click()
    await expect(desk.getByRole('heading', { level: 1, name: 'API 密钥' })).toBeVisible()
    await desk.getByRole('button', { name: '新建密钥' }).click()
    const dialog = desk.getByRole('dialog')
    await dialog.getByRole('textbox', { name: '用途' }).fill('数据仓库')
    await dialog.getByText('只读').click()
    await expectAccessible(desk)
    await dialog.getByRole('button', { name: /创\s?建/ }).click()
    const secret = (await desk.locator('.key-secret').innerText()).trim()
    expect(secret).toMatch(/^terrace_/)
    await expectAccessible(desk)
    await desk.getByRole('button', { name: '已保存' }).click()

    const asProgram = (path: string, init: RequestInit = {}) =>
      fetch(`${demo.url}/api/v1${path}`, {
        ...init,
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      })
    expect((await asProgram('/records/account')).status).toBe(200)
    const refused = await asProgram('/records/account', { method: 'POST', body: '{"values":{"name":"x"}}' })
    expect([refused.status, (await refused.json()).code]).toEqual([403, 'KEY_SCOPE_MISSING'])

    await signInAs(phone, demo.url, '何静怡')
    await phone.goto(`${demo.url}/keys`)
    const line = phone.locator('.key-line').filter({ hasText: '数据仓库' })
    await expect(line.getByText('最近使用')).toBeVisible()
    await expectNoSidewaysScroll(phone)
    await expectAccessible(phone)
    await line.getByRole('button', { name: '停用“数据仓库”' }).click()
    await phone
      .getByRole('dialog')
      .getByRole('button', { name: /停\s?用/ })
      .click()
    await expect(line).toBeHidden()
    expect((await asProgram('/records/account')).status).toBe(401)
  })

  test('and finds the API described, with the fields of its company', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '何静怡')
    await desk.goto(`${demo.url}/api/docs`)
    // One group for each object of the company, besides those of the routes.
    await expect(desk.locator('[id="operations-tag-account"]')).toBeVisible()
    await desk.goto(`${demo.url}/api/problems#RECORD_NOT_FOUND`)
    await expect(desk.getByText('RECORD_NOT_FOUND')).toBeVisible()
  })

  test('and a calendar subscribes to a secret address', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '何静怡')
    await desk.goto(`${demo.url}/me`)
    await desk.getByRole('button', { name: '生成订阅地址' }).click()
    const address = (await desk.getByText(/\/api\/v1\/calendar\/terrace_/).innerText()).trim()
    const calendar = await (await fetch(address)).text()
    expect(calendar).toContain('BEGIN:VCALENDAR')
    await desk.getByRole('button', { name: /停\s?用/ }).click()
    await expect(desk.getByRole('button', { name: '生成订阅地址' })).toBeVisible()
    expect((await fetch(address)).status).toBe(404)
  })
})
