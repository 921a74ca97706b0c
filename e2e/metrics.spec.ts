import { choose } from './harness/controls.ts'
import { enterAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'

test.describe('operations measure what matters to them', () => {
  test('by a metric of their own, tried, made, read at every tier and opened to its records', async ({
    demo,
    desk,
    phone,
  }) => {
    await enterAs(desk, demo.url, '何静怡')
    await desk.getByRole('navigation').getByRole('link', { name: '指标' }).click()
    await expect(desk.getByRole('heading', { level: 1, name: '指标' })).toBeVisible()
    await expect(desk.getByText('已确认订单金额 − 退款金额，按下单与退款日期')).toBeVisible()
    await expectAccessible(desk)

    await desk.getByRole('button', { name: '新建指标' }).click()
    const drawer = desk.getByRole('dialog', { name: '新建指标' })
    await drawer.getByRole('textbox', { name: '名称（中文）' }).fill('大额订单金额')
    await drawer.getByRole('textbox', { name: '名称（英文）' }).fill('Value of large orders')
    await choose(desk, '对象', '订单')
    await choose(desk, '算法', '求和')
    const preview = drawer.getByRole('region', { name: '预览' })
    await expect(preview.getByText('订单的金额之和，按下单日期')).toBeVisible()
    await expect(preview.getByText(/[1-9]\d* 条记录/)).toBeVisible()
    await expectAccessible(desk)
    await drawer.getByRole('button', { name: /保\s?存/ }).click()
    await expect(drawer).toBeHidden()

    const line = desk.locator('.metric-line').filter({ hasText: '大额订单金额' })
    await expect(line.getByText('订单的金额之和，按下单日期')).toBeVisible()
    await expect(line.getByText('正在计算已有记录')).toBeHidden({ timeout: 30_000 })
    await line.getByRole('link', { name: '查看“大额订单金额”' }).click()
    await expect(desk.getByRole('heading', { level: 1, name: /禾田科技 · 大额订单金额/ })).toBeVisible()
    await desk
      .getByRole('treegrid')
      .getByRole('button', { name: /西南大区 实际 背后的记录/ })
      .first()
      .click()
    await expect(desk.getByRole('dialog').getByText('与达成数一致')).toBeVisible()

    await enterAs(phone, demo.url, '何静怡')
    await phone.goto(`${demo.url}/own-metrics`)
    await expect(phone.getByText('大额订单金额')).toBeVisible()
    await expectNoSidewaysScroll(phone)
    await expectAccessible(phone)
    await phone.getByRole('button', { name: '删除“大额订单金额”' }).click()
    await phone
      .getByRole('dialog')
      .getByRole('button', { name: /删\s?除/ })
      .click()
    await expect(phone.locator('.metric-line').filter({ hasText: '大额订单金额' })).toBeHidden()
  })
})
