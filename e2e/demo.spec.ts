import { expect, expectAccessible, expectNoSidewaysScroll, test, useTerrace } from './harness/journey.ts'
import type { Page } from '@playwright/test'

const house = useTerrace((terrace) => {
  const loaded = terrace.command('demo')
  if (loaded.code !== 0) throw new Error(`the demo did not load: ${loaded.err}`)
})

async function enterAs(page: Page, name: string): Promise<void> {
  await page.goto(house.url)
  await page.getByText(name, { exact: true }).first().click()
  await expect(page).not.toHaveURL(/sign-in|setup/)
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
}

test.describe('the demo company', () => {
  test('leads the director in four clicks from the company to one deal', async ({ desk }) => {
    await enterAs(desk, '周明远')
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

  test('shows figures whose parts are the whole', async ({ desk }) => {
    await enterAs(desk, '周明远')
    const answer = await desk.request.get(`${house.url}/api/v1/metrics/signed_amount/tree?period=2026`)
    expect(answer.status()).toBe(200)
    const root = (await answer.json()) as { actual: string; children: { actual: string }[] }
    const parts = root.children.reduce((sum, child) => sum + Number(child.actual), 0)
    expect(parts).toBeCloseTo(Number(root.actual), 2)
  })

  test('gives the representative a day that fits a phone', async ({ phone }) => {
    await enterAs(phone, '林晓雯')
    await expect(phone).toHaveURL(/\/today/)
    await expectNoSidewaysScroll(phone)
    await expectAccessible(phone)
  })

  test('shows the representative nobody else’s deals', async ({ desk }) => {
    await enterAs(desk, '林晓雯')
    const me = (await (await desk.request.get(`${house.url}/api/v1/me`)).json()) as { person: { id: string } }
    const asked = await desk.request.post(`${house.url}/api/v1/records/opportunity/query`, {
      data: { fields: ['name', 'ownerId'], limit: 200 },
      headers: { origin: house.url },
    })
    const { rows } = (await asked.json()) as { rows: { ownerId: string }[] }
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter((row) => row.ownerId !== me.person.id)).toEqual([])
  })
})
