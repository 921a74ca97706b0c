import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'
import { enterAs, enterByClick, test } from './harness/demo-company.ts'

test.describe('the demo company', () => {
  test('leads the director in four clicks from the company to one deal', async ({ demo, desk }) => {
    await enterByClick(desk, demo.url, '周明远')
    await expect(desk.getByRole('heading', { level: 1, name: /禾田科技/ })).toBeVisible()
    await expectAccessible(desk)

    const tiers = desk.getByRole('treegrid')
    await tiers.getByRole('button', { name: '西南大区', exact: true }).click()
    await expect(desk.getByRole('heading', { level: 1, name: /西南大区/ })).toBeVisible()
    await tiers.getByRole('button', { name: '重庆分公司', exact: true }).click()
    await expect(desk.getByRole('heading', { level: 1, name: /重庆分公司/ })).toBeVisible()
    await tiers
      .getByRole('button', { name: /重庆分公司 实际 背后的记录/ })
      .first()
      .click()

    const records = desk.getByRole('dialog')
    await expect(records.getByText('与达成数一致')).toBeVisible()
    await expectAccessible(desk)
    const first = records.getByRole('grid').getByRole('row').nth(1)
    const title = (await first.getByRole('gridcell').nth(1).textContent()) ?? ''
    await first.click()
    const deal = desk.getByRole('dialog').last()
    await expect(deal).toContainText('更新时间')
    await expect(deal).toContainText(title)
  })

  test('shows figures whose parts are the whole', async ({ demo, desk }) => {
    await enterAs(desk, demo.url, '周明远')
    const answer = await desk.request.get(`${demo.url}/api/v1/metrics/signed_amount/tree`)
    expect(answer.status()).toBe(200)
    const root = (await answer.json()) as { actual: string; children: { actual: string }[] }
    const parts = root.children.reduce((sum, child) => sum + Number(child.actual), 0)
    expect(parts).toBeCloseTo(Number(root.actual), 2)
  })

  test('gives the representative a day that fits a phone', async ({ demo, phone }) => {
    await enterByClick(phone, demo.url, '林晓雯')
    await expect(phone).toHaveURL(/\/today/)
    await expectNoSidewaysScroll(phone)
    await expectAccessible(phone)
  })
})
