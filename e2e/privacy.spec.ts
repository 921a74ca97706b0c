import { read, send } from './harness/api.ts'
import { choose } from './harness/controls.ts'
import { enterAs, signInAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'

interface Log {
  readonly entries: readonly { readonly action: string; readonly title: string | null }[]
}

test.describe('an administrator answers for what happened and for the rights of people', () => {
  test('by the audit log, a withdrawn consent, and an erasure that leaves no name', async ({ demo, desk, phone }) => {
    await enterAs(desk, demo.url, '陈志强')
    const values = { name: '欧阳无痕', phone: '13800009999' }
    const { status, body } = await send<{ id: string }>(desk, '/api/v1/records/contact', { values })
    expect(status).toBe(201)

    await test.step('the log is narrowed, opens the record, and leaves as a file', async () => {
      await desk.getByRole('navigation').getByRole('link', { name: '审计日志' }).click()
      await expect(desk.getByRole('heading', { level: 1, name: '审计日志' })).toBeVisible()
      await choose(desk, '对象', '联系人')
      await choose(desk, '动作', '新建')
      const entry = desk.getByRole('listitem').filter({ hasText: '欧阳无痕' }).first()
      await expect(entry.getByText('陈志强', { exact: true })).toBeVisible()
      await expect(entry.getByText('姓名：欧阳无痕')).toBeVisible()
      await expectAccessible(desk)
      await entry.getByRole('button', { name: '欧阳无痕' }).click()
      const drawer = desk.getByRole('dialog')
      await expect(drawer.getByText('13800009999').first()).toBeVisible({ timeout: 30_000 })
      await drawer.getByRole('button', { name: '关闭' }).click()
      await expect(drawer).toBeHidden()
      const saved = desk.waitForEvent('download')
      await desk.getByRole('button', { name: /导出/ }).click()
      await desk.getByRole('link', { name: '导出为 CSV' }).click()
      expect((await saved).suggestedFilename()).toMatch(/^audit-.*\.csv$/)
    })

    await test.step('a withdrawn consent stands above the record', async () => {
      await desk.goto(`${demo.url}/records/contact/${body.id}?part=personal`)
      await desk.getByRole('button', { name: /登\s?记/ }).click()
      const dialog = desk.getByRole('dialog', { name: '登记同意或撤回' })
      await dialog.getByText('撤回', { exact: true }).click()
      await expectAccessible(desk)
      await dialog.getByRole('button', { name: /保\s?存/ }).click()
      await expect(desk.getByRole('alert').getByText('已撤回：营销电话。请勿以此目的联系。')).toBeVisible()
    })

    await test.step('a copy of everything comes by a job', async () => {
      await desk.getByRole('button', { name: '导出全部个人信息' }).click()
      await expect(desk.getByRole('link', { name: '下载' })).toBeVisible({ timeout: 30_000 })
    })

    await test.step('an erasure asks for a reason and the name, and then the name is nowhere', async () => {
      await desk.getByRole('button', { name: '删除个人信息…' }).click()
      const dialog = desk.getByRole('dialog', { name: '删除“欧阳无痕”的个人信息' })
      await expect(dialog.getByText(/涉及 1 条记录/)).toBeVisible()
      const now = dialog.getByRole('button', { name: '彻底删除' })
      await expect(now).toBeDisabled()
      await dialog.getByRole('textbox', { name: '原因' }).fill('本人于 3 月 5 日要求删除')
      await dialog.getByRole('textbox', { name: '输入“欧阳无痕”以确认' }).fill('欧阳无痕')
      await expectAccessible(desk)
      await now.click()
      await expect(desk.getByText('删除', { exact: true }).first()).toBeVisible()
      await expect
        .poll(async () => (await read<{ name: string }>(desk, `/api/v1/records/contact/${body.id}`)).name, {
          timeout: 60_000,
        })
        .toBe('已删除的联系人')
      await desk.reload()
      await expect(desk.getByRole('heading', { level: 1, name: '已删除的联系人' })).toBeVisible()
      await expect(desk.getByText('欧阳无痕')).toHaveCount(0)
      const { entries } = await read<Log>(desk, `/api/v1/audit?object=contact&record=${body.id}`)
      expect(entries[0]).toMatchObject({ action: 'erased', title: '已删除的联系人' })
      expect(JSON.stringify(entries)).not.toContain('13800009999')
    })

    await test.step('the log fits a phone', async () => {
      await signInAs(phone, demo.url, '陈志强')
      await phone.goto(`${demo.url}/audit?object=contact`)
      await expect(phone.getByRole('listitem').filter({ hasText: '删除个人信息' }).first()).toBeVisible()
      await expectNoSidewaysScroll(phone)
      await expectAccessible(phone)
    })
  })
})
