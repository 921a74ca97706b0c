import type { Page } from '@playwright/test'
import { expect, expectNoSidewaysScroll } from './harness/journey.ts'
import { enterAs, test } from './harness/demo-company.ts'
import { read } from './harness/api.ts'

/** The page as it goes to paper: an A4 sheet on its side, between margins. */
async function onPaper(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1047, height: 700 })
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
}

test.describe('a director prints', () => {
  test('the plan: every row and month, and nothing to click', async ({ demo, desk }) => {
    await enterAs(desk, demo.url, '周明远')
    const { current } = await read<{ current: { year: string } }>(desk, '/api/v1/periods')
    await desk.goto(`${demo.url}/targets/plans?period=${current.year}`)
    const grid = desk.getByRole('treegrid', { name: '目标计划表' })
    await desk.getByRole('button', { name: '全部展开' }).click()
    const rows = Number(await grid.getAttribute('aria-rowcount'))
    expect(rows).toBeGreaterThan(100)
    expect(await grid.getByRole('row').count()).toBeLessThan(rows)

    await onPaper(desk)
    await expect(grid.getByRole('row')).toHaveCount(rows)
    await expect(desk.getByRole('navigation')).toHaveCount(0)
    await expect(desk.getByRole('toolbar')).toHaveCount(0)
    await expectNoSidewaysScroll(desk)
    const head = grid.getByRole('columnheader', { name: '12月' })
    expect((await head.boundingBox())?.x).toBeLessThan(1047)
  })

  test('the cockpit, light also where the screen is dark', async ({ demo, desk }) => {
    await enterAs(desk, demo.url, '周明远')
    await desk.emulateMedia({ colorScheme: 'dark' })
    await desk.goto(`${demo.url}/targets`)
    await expect(desk.getByRole('treegrid')).toBeVisible()
    await expect(desk.locator('.cockpit-side .chart canvas').last()).toBeVisible()
    await onPaper(desk)
    await expect(desk.locator('html')).toHaveAttribute('data-theme', 'light')
    await expect(desk.getByRole('navigation')).toHaveCount(0)
    await expect(desk.getByRole('combobox')).toHaveCount(0)
    await expectNoSidewaysScroll(desk)
    await expect(desk.locator('.cockpit .ant-segmented').filter({ visible: true })).toHaveCount(0)
    const trend = await desk.locator('.cockpit-side .chart').last().boundingBox()
    expect(trend?.width).toBeGreaterThan(550)
    expect(trend?.height).toBeGreaterThan(100)
  })
})
