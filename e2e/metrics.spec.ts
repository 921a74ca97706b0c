import { choose } from './harness/controls.ts'
import { enterAs, signInAs, test } from './harness/demo-company.ts'
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

    await signInAs(phone, demo.url, '何静怡')
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

  test('by one metric divided by another, seen everywhere and worked out step by step', async ({
    demo,
    desk,
    phone,
  }) => {
    await signInAs(desk, demo.url, '何静怡')
    await desk.goto(`${demo.url}/own-metrics`)
    await desk.getByRole('button', { name: '新建指标' }).click()
    const drawer = desk.getByRole('dialog', { name: '新建指标' })
    await drawer.getByRole('textbox', { name: '名称（中文）' }).fill('客均销售额')
    await drawer.getByRole('textbox', { name: '名称（英文）' }).fill('Sales per customer')
    await choose(desk, '算法', '两个指标之比')
    await drawer.getByRole('combobox', { name: '分子' }).fill('销售额')
    await choose(desk, '分子', '销售额')
    await drawer.getByRole('combobox', { name: '分母' }).fill('活跃客户数')
    await choose(desk, '分母', '活跃客户数')
    await choose(desk, '单位', '金额')
    await expect(drawer.getByRole('region', { name: '预览' }).getByText('销售额 ÷ 活跃客户数')).toBeVisible()
    await expectAccessible(desk)
    await drawer.getByRole('button', { name: /保\s?存/ }).click()
    await expect(drawer).toBeHidden()

    await desk.getByRole('link', { name: '公式与来源：客均销售额' }).click()
    await expect(desk.getByRole('heading', { level: 1, name: '客均销售额' })).toBeVisible()
    await expect(desk.locator('.metric-worked')).toContainText('÷')
    await expectAccessible(desk)
    await desk.getByRole('link', { name: '活跃客户数' }).click()
    await expect(desk.getByRole('heading', { level: 1, name: '活跃客户数' })).toBeVisible()
    await expect(desk.getByRole('link', { name: '客均销售额' })).toBeVisible()

    const listed = await desk.request.get(`${demo.url}/api/v1/metrics`)
    expect(await listed.text()).toContain('客均销售额')
    await desk.goto(`${demo.url}/targets`)
    await choose(desk, '指标', '客均销售额')
    await expect(desk.getByRole('heading', { level: 1, name: /客均销售额/ })).toBeVisible()
    await desk.getByRole('link', { name: '公式与来源' }).click()
    await expect(desk.getByRole('heading', { level: 1, name: '客均销售额' })).toBeVisible()
    await desk.getByRole('link', { name: /条明细/ }).click()
    await expect(desk.getByRole('dialog').getByText('与达成数一致')).toBeVisible()
    await desk.goto(`${demo.url}/metric?metric=market_share`)
    await expect(desk.getByText('计入').first()).toBeVisible()
    await expectAccessible(desk)

    await enterAs(phone, demo.url, '何静怡')
    for (const address of ['/metric?metric=sales_amount', '/market']) {
      await phone.goto(`${demo.url}${address}`)
      await expect(phone.getByRole('heading', { level: 1, name: /销售额|市场规模/ })).toBeVisible()
      await expectNoSidewaysScroll(phone)
      await expectAccessible(phone)
    }
  })
  test('by fiscal years of whole weeks, from the first that nothing refers to yet', async ({ demo, desk, phone }) => {
    await enterAs(desk, demo.url, '何静怡')
    await desk.getByRole('navigation').getByRole('link', { name: '财年与期间' }).click()
    await expect(desk.getByRole('heading', { level: 1, name: '财年与期间' })).toBeVisible()
    await expect(desk.getByRole('button', { name: '保存日历' })).toBeDisabled()
    await desk.getByText('按周（4-4-5）', { exact: true }).click()
    await expect(desk.getByRole('radio', { name: '2028' })).toBeChecked()
    await desk.getByRole('radio', { name: '2029' }).locator('..').click()
    const periods = desk.getByRole('table').first()
    await expect(periods.getByRole('row').filter({ hasText: '2029年第3期' })).toContainText('35')
    await expectAccessible(desk)
    await desk.getByRole('button', { name: '保存日历' }).click()
    await expect(desk.getByText('财年日历已保存')).toBeVisible()
    await desk.reload()
    await expect(desk.getByRole('radio', { name: '按周（4-4-5）' })).toBeChecked()

    await signInAs(phone, demo.url, '何静怡')
    await phone.goto(`${demo.url}/fiscal-calendar`)
    await expect(phone.getByRole('radio', { name: '按周（4-4-5）' })).toBeChecked()
    await expectNoSidewaysScroll(phone)
    await expectAccessible(phone)
    await phone.getByText('按月', { exact: true }).click()
    await phone.getByRole('button', { name: '保存日历' }).click()
    await expect(phone.getByText('财年日历已保存')).toBeVisible()
  })
})
