import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'
import { enterAs, signInAs, test } from './harness/demo-company.ts'

test.describe('why a region is behind', () => {
  test('is found from the cockpit over its units and its drivers down to the records', async ({ demo, desk }) => {
    await enterAs(desk, demo.url, '周明远')
    const tiers = desk.getByRole('treegrid')
    await tiers.getByRole('button', { name: '西南大区', exact: true }).click()
    await expect(desk.getByRole('heading', { level: 1, name: /西南大区/ })).toBeVisible()

    const panel = desk.locator('section').filter({ has: desk.getByRole('heading', { name: '差距与变化' }) })
    await expect(panel.getByRole('list', { name: '按下级' })).toBeVisible()
    await expect(panel.getByRole('img', { name: /西南大区：按下级/ })).toBeVisible()
    await expectAccessible(desk)

    await panel.getByText('按因素', { exact: true }).click()
    const drivers = panel.getByRole('list', { name: '按因素' })
    // Three drivers, and what the days to come ask for.
    await expect(drivers.getByRole('listitem')).toHaveCount(4)
    await expect(drivers).toContainText('尚未到来的时间')
    await panel.getByText('包含周期', { exact: true }).click()
    await expect(drivers.getByRole('listitem')).toHaveCount(5)
    await expectAccessible(desk)

    // The part, and what the driver was and is: each opens.
    const openings = drivers.getByRole('button', { name: /^赢单率 .* 背后的记录/ })
    await expect(openings).toHaveCount(3)
    await openings.first().click()
    const records = desk.getByRole('dialog')
    await expect(records).toContainText('赢单率')
    // How the part arises, then both sides of the rate, each with its own records.
    await expect(records.locator('.driver-quotient').first()).toContainText(/→.*带来/)
    await expect(records.locator('.driver-quotient').last()).toContainText('÷')
    await records.getByRole('grid').getByRole('row').nth(1).click()
    await expect(desk.getByRole('dialog').last()).toContainText('更新时间')
  })

  test('keeps what changed in the address, with what is open', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '周明远')
    await desk.goto(`${demo.url}/targets?why=reason`)
    const reasons = desk.getByRole('list', { name: '近期变化' })
    await reasons.getByRole('button').first().click()
    await expect(desk).toHaveURL(/why=reason&changed=/)
    await expect(desk.getByRole('dialog')).toBeVisible()
    await desk.reload()
    await expect(desk.getByRole('dialog')).toBeVisible()
  })

  test('fits a phone', async ({ demo, phone }) => {
    await signInAs(phone, demo.url, '周明远')
    await phone.goto(`${demo.url}/targets`)
    await expect(phone.getByRole('heading', { name: '差距与变化' })).toBeVisible()
    await expectNoSidewaysScroll(phone)
  })
})
