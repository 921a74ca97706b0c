import { choose } from './harness/controls.ts'
import { enterAs, signInAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'

test.describe('operations reorganise', () => {
  test('what if a team splits: proposed in two, looked at from every side, confirmed for a day and revoked', async ({
    demo,
    desk,
    phone,
  }) => {
    await enterAs(desk, demo.url, '何静怡')
    const name = '石家庄团队'
    await desk.goto(`${demo.url}/org?find=${name}`)
    await desk.getByRole('button', { name: `${name} 的操作` }).click()
    await desk.getByRole('menuitem', { name: '如果拆分…' }).click()
    const dialog = desk.getByRole('dialog', { name: '如果拆分这个单元' })
    await dialog.getByRole('radio', { name: '人数' }).check()
    await dialog.getByRole('button', { name: /开\s?始/ }).click()

    await expect(desk.getByRole('heading', { level: 1, name: `拆分${name}` })).toBeVisible()
    const after = desk.getByRole('region', { name: '调整后' })
    await expect(after.getByText(`${name} 2`).first()).toBeVisible()
    await expect(after.getByText('新建').first()).toBeVisible()
    await expect(desk.getByText(/公司合计不变/)).toBeVisible()
    await expectAccessible(desk)
    await choose(desk, '重放的指标', '拜访次数')
    await expect(desk).toHaveURL(/told=visits/)
    await expect(desk.getByText(/拜访次数 · 公司合计不变：[\d,]+/)).toBeVisible()
    for (const tab of ['目标', '上下级', '可见范围', '交接']) {
      await desk.getByRole('tab', { name: new RegExp(tab) }).click()
    }
    await expect(desk.getByText('随身带走').first()).toBeVisible()

    await desk.getByRole('button', { name: /确认方案/ }).click()
    await desk.getByRole('dialog').getByRole('button', { name: '确认方案' }).click()
    await expect(desk.getByText(/已确认 ·/)).toBeVisible()
    await desk.getByRole('button', { name: '撤销方案' }).click()
    await desk.getByRole('dialog').getByRole('button', { name: '撤销方案' }).click()
    await expect(desk.getByText(/已撤销 ·/)).toBeVisible()

    await signInAs(phone, demo.url, '何静怡')
    await phone.goto(`${demo.url}/org/reorganisations`)
    await phone.getByRole('button', { name: new RegExp(`拆分${name}`) }).click()
    await expect(phone.getByText(/公司合计不变/)).toBeVisible()
    await expectNoSidewaysScroll(phone)
    await expectAccessible(phone)
  })

  test('by a structure of their own, and see how healthy the tiers are', async ({ demo, desk, phone }) => {
    await signInAs(desk, demo.url, '何静怡')
    await desk.goto(`${demo.url}/org`)
    await desk.getByRole('button', { name: '组织结构…' }).click()
    const list = desk.getByRole('dialog', { name: '组织结构' })
    await list.getByRole('button', { name: '新建组织结构' }).click()
    const form = desk.getByRole('dialog', { name: '新建组织结构' })
    await form.getByRole('textbox', { name: '中文名称' }).fill('行业线')
    await form.getByRole('textbox', { name: '英文名称' }).fill('Industry lines')
    await form.getByRole('button', { name: /保\s?存/ }).click()
    await expect(list.getByText('行业线')).toBeVisible()
    await list.getByRole('button', { name: 'Close' }).or(list.locator('.ant-modal-close')).first().click()
    await desk.getByRole('combobox', { name: '组织结构' }).click()
    await desk.getByTitle('行业线').last().click()
    await expect(desk.getByText(/谁能看到哪些客户和商机，仍以默认组织结构为准/)).toBeVisible()

    await desk.goto(`${demo.url}/org/health`)
    await expect(desk.getByRole('heading', { level: 2, name: /发现/ })).toBeVisible()
    await expect(desk.locator('.reorg-figures')).toContainText('平均管理幅度')
    await expectAccessible(desk)
    await signInAs(phone, demo.url, '何静怡')
    await phone.goto(`${demo.url}/org/health`)
    await expect(phone.getByRole('heading', { level: 2, name: /发现/ })).toBeVisible()
    await expectNoSidewaysScroll(phone)
    await expectAccessible(phone)
  })
})
