import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible } from './harness/journey.ts'
import { enterAs, test } from './harness/demo-company.ts'
import { read } from './harness/api.ts'

interface Plan {
  readonly plan: { readonly id: string; readonly version: number }
  readonly rows: readonly { readonly name: string; readonly parentId: string | null; readonly months: string[] }[]
}

const planOf = async (page: Page) => {
  const year = new URL(page.url()).searchParams.get('period')
  const { plans } = await read<{ plans: { id: string }[] }>(page, `/api/v1/plans?metric=signed_amount&year=${year}`)
  return read<Plan>(page, `/api/v1/plans/${plans[0]?.id}`)
}

async function openPlan(page: Page, url: string): Promise<Locator> {
  const { current } = await read<{ current: { year: string } }>(page, '/api/v1/periods')
  await page.goto(`${url}/targets/plans?period=${current.year}`)
  const grid = page.getByRole('treegrid', { name: '目标计划表' })
  await expect(grid).toBeVisible()
  return grid
}

/** The cell of a row under a month. */
async function cellOf(grid: Locator, name: string, month: string): Promise<Locator> {
  const heads = await grid.getByRole('columnheader').allTextContents()
  const row = grid.getByRole('row').filter({ has: grid.page().getByTitle(name, { exact: true }) })
  return row.getByRole('gridcell').nth(heads.indexOf(month) - 1)
}

const amountIn = async (cell: Locator) => Number(((await cell.textContent()) ?? '').replaceAll(',', ''))

async function enter(cell: Locator, amount: number): Promise<void> {
  await cell.dblclick()
  await cell.getByRole('textbox').fill(String(amount))
  await cell.getByRole('textbox').press('Enter')
}

test.describe('a manager re-balances the plan', () => {
  test('changes one month, locks it, saves with a reason; who worked on the old version is told', async ({
    demo,
    newDesk,
  }) => {
    const [manager, director] = [await newDesk(), await newDesk()]
    await enterAs(manager, demo.url, '沈建华')
    await enterAs(director, demo.url, '周明远')
    const theirs = await openPlan(director, demo.url)
    const mine = await openPlan(manager, demo.url)
    await expectAccessible(manager)

    const before = await planOf(manager)
    const team = before.rows.find((row) => row.parentId === null)
    const [one, other] = before.rows.filter((row) => row.parentId !== null && Number(row.months[11]) > 0)
    if (!team || !one || !other) throw new Error('the team has too few people')
    const total = await cellOf(mine, team.name, '12月')
    const cell = await cellOf(mine, one.name, '12月')
    const sibling = await cellOf(mine, other.name, '12月')
    const [whole, siblingBefore] = [await amountIn(total), await amountIn(sibling)]

    const wanted = Math.round((await amountIn(cell)) / 2)
    await enter(cell, wanted)
    await expect.poll(() => amountIn(cell)).toBe(wanted)
    await expect.poll(() => amountIn(sibling)).toBeGreaterThan(siblingBefore)
    expect(await amountIn(total)).toBe(whole)
    await expect(manager.getByText('上下级合计一致')).toBeVisible()

    await cell.click()
    await manager
      .getByRole('toolbar')
      .getByRole('button', { name: /锁\s?定/ })
      .click()
    await expect(cell.getByLabel('已锁定')).toBeVisible()
    await enter(sibling, Math.round(siblingBefore / 2))
    await expect.poll(() => amountIn(sibling)).toBe(Math.round(siblingBefore / 2))
    expect(await amountIn(cell)).toBe(wanted)
    expect(await amountIn(total)).toBe(whole)

    await manager.getByRole('button', { name: '查看差异' }).click()
    const differences = manager.getByRole('dialog')
    await expect(differences.getByText(one.name).first()).toBeVisible()
    await expectAccessible(manager)
    await differences.getByRole('button', { name: /关闭|Close/ }).click()
    await manager.getByRole('textbox', { name: '调整原因' }).fill('年底两人交接')
    await manager.getByRole('button', { name: /^保\s?存$/ }).click()
    await expect(manager.getByText(`已保存为第 ${before.plan.version + 1} 版`)).toBeVisible()

    await manager.getByRole('button', { name: '修订历史' }).click()
    await expect(manager.getByRole('dialog').getByText('年底两人交接')).toBeVisible()
    const saved = await planOf(manager)

    await test.step('the director, who has the version before, is told and overwrites nothing', async () => {
      const regional = await cellOf(theirs, '西南大区', '12月')
      const wish = Math.round((await amountIn(regional)) * 0.9)
      await enter(regional, wish)
      await director.getByRole('textbox', { name: '调整原因' }).fill('西南下调')
      await director.getByRole('button', { name: /^保\s?存$/ }).click()
      const notice = director.getByRole('alert').filter({ hasText: '沈建华 刚刚保存了这个计划' })
      await expect(notice).toContainText('年底两人交接')
      await expectAccessible(director)
      expect(await planOf(manager)).toEqual(saved)

      await notice.getByRole('button', { name: '载入最新版并重做我的改动' }).click()
      await expect(notice).toBeHidden()
      await expect.poll(() => amountIn(regional)).toBe(wish)
    })
  })
})
