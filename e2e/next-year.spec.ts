import type { Locator, Page } from '@playwright/test'
import { choose } from './harness/controls.ts'
import { enterAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'
import { read } from './harness/api.ts'

const region = '西南大区'
const manager = '罗建军'

interface Tree {
  readonly name: string
  readonly target: string | null
}

async function openNextYear(page: Page, url: string): Promise<number> {
  const { current } = await read<{ current: { year: string } }>(page, '/api/v1/periods')
  const next = Number(current.year) + 1
  await page.goto(`${url}/targets/plans?metric=signed_amount&period=${next}`)
  return next
}

const gridOf = (page: Page) => page.getByRole('treegrid', { name: '目标计划表' })

/** The cell of a row under a column. */
async function cellOf(page: Page, name: string, column: string): Promise<Locator> {
  const grid = gridOf(page)
  const heads = await grid.getByRole('columnheader').allTextContents()
  const row = grid.getByRole('row').filter({ has: page.getByTitle(name, { exact: true }) })
  return row.getByRole('gridcell').nth(heads.indexOf(column) - 1)
}

const amountIn = async (cell: Locator) => Number(((await cell.textContent()) ?? '').replaceAll(',', ''))

async function save(page: Page, reason: string): Promise<void> {
  await page.getByRole('textbox', { name: '调整原因' }).fill(reason)
  await page.getByRole('button', { name: /^保\s?存$/ }).click()
  await expect(page.getByRole('textbox', { name: '调整原因' })).toBeHidden()
}

async function chooseInMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('toolbar').getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

const press = (page: Page, name: RegExp) => page.getByRole('toolbar').getByRole('button', { name }).click()

test("a director builds next year's plan from this year's; it is reviewed and published, and a manager sees her target", async ({
  demo,
  newDesk,
  phone,
}) => {
  // Three people and a whole path: many steps, each as quick as any.
  test.slow()
  const director = await newDesk()
  await enterAs(director, demo.url, '周明远')
  const year = await openNextYear(director, demo.url)

  await test.step('from this year with a growth: the total is seen before anything is made', async () => {
    await expect(director.getByText(`还没有“签约额”的目标计划`)).toBeVisible()
    await expectAccessible(director)
    await director.getByRole('spinbutton', { name: /增长/ }).fill('12')
    await expect(director.getByText(`${year - 1} 年 720,000,000 → ${year} 年 806,400,000`)).toBeVisible()
    await choose(director, '取整到', '100')
    await director.getByRole('button', { name: '制定并分解' }).click()
    await expect(gridOf(director)).toBeVisible()
    expect(await amountIn(await cellOf(director, '禾田科技', '全年'))).toBe(806_400_000)
    await expect(director.getByText('草稿', { exact: true })).toBeVisible()
  })

  const southwest = await cellOf(director, region, '全年')
  const east = await cellOf(director, '华东大区', '全年')
  const [southwestBefore, eastBefore] = [await amountIn(southwest), await amountIn(east)]

  await test.step('one region is lowered; the others take up the difference, and the way back is there', async () => {
    await southwest.dblclick()
    await southwest.getByRole('textbox').fill('9000万')
    await southwest.getByRole('textbox').press('Enter')
    await expect.poll(() => amountIn(southwest)).toBe(90_000_000)
    await expect.poll(() => amountIn(east)).toBeGreaterThan(eastBefore)
    expect(await amountIn(await cellOf(director, '禾田科技', '全年'))).toBe(806_400_000)
    await press(director, /撤销/)
    await expect.poll(() => amountIn(southwest)).toBe(southwestBefore)
    await press(director, /重做/)
    await expect.poll(() => amountIn(southwest)).toBe(90_000_000)
    await expect(director.getByText('上下级合计一致')).toBeVisible()
    await save(director, '西南大区新团队刚成立')
  })

  await test.step('regions hand out 5 % more, shown in their rows; a stretch is made', async () => {
    await chooseInMenu(director, '档次与超额')
    const setup = director.getByRole('dialog', { name: '档次与超额' })
    await expectAccessible(director)
    await setup.getByRole('spinbutton', { name: '大区的超额百分比' }).fill('5')
    await setup.getByRole('button', { name: '按此分解' }).click()
    await expect(setup).toBeHidden()
    const row = gridOf(director)
      .getByRole('row')
      .filter({ has: director.getByTitle(region, { exact: true }) })
    await expect(row.getByText('超额 5%')).toBeVisible()
    await save(director, '大区留 5% 余量')

    await chooseInMenu(director, '档次与超额')
    await setup
      .getByRole('button', { name: /启\s?用/ })
      .last()
      .click()
    await expect(director.getByText('已生成挑战：目标的 120%')).toBeVisible()
    await setup.getByRole('button', { name: '关闭' }).click()
  })

  await test.step('it is to be reviewed: operations submits, the director looks at it, approves and publishes', async () => {
    await chooseInMenu(director, '审核与上报设置')
    const options = director.getByRole('dialog', { name: '审核与上报设置' })
    await options.getByRole('checkbox', { name: /发布前需要审核/ }).check()
    await options.getByRole('button', { name: /^保\s?存$/ }).click()
    await expect(options).toBeHidden()

    const operations = await newDesk()
    await enterAs(operations, demo.url, '何静怡')
    await openNextYear(operations, demo.url)
    await press(operations, /^送\s?审$/)
    await expect(operations.getByText('审核中', { exact: true })).toBeVisible()

    await director.reload()
    await expect(director.getByText(/何静怡 .*送审，审核结束前不能修改/)).toBeVisible()
    await chooseInMenu(director, '与上次发布的差异')
    const differences = director.getByRole('dialog', { name: '与上次发布的差异' })
    await expect(differences.getByText('还没有发布过，以下全部是新的')).toBeVisible()
    await expectAccessible(director)
    await differences.getByRole('button', { name: '关闭' }).click()
    await press(director, /^通\s?过$/)
    await expect(director.getByText('已通过审核', { exact: true })).toBeVisible()
    await press(director, /^发\s?布$/)
    await expect(director.getByText('已发布', { exact: true })).toBeVisible()
    await expectAccessible(director)
  })

  await test.step('the log tells who changed what, when and why', async () => {
    await director.getByRole('button', { name: '修订历史' }).click()
    const history = director.getByRole('dialog', { name: '修订历史' })
    await expect(history.getByText('西南大区新团队刚成立')).toBeVisible()
    await history.getByText('逐格变更').click()
    const whose = history.getByRole('combobox', { name: '组织 / 人员' })
    await whose.fill(region)
    await whose.press('Enter')
    await expect(history.getByText('挑战＝目标的 120%').first()).toBeVisible()
    await expectAccessible(director)
  })

  await test.step("the region's manager sees the target on the phone, and who beside it is not shown", async () => {
    await enterAs(phone, demo.url, manager)
    await openNextYear(phone, demo.url)
    await expect(gridOf(phone)).toBeVisible()
    expect(await amountIn(await cellOf(phone, region, '全年'))).toBe(90_000_000)
    await expect(phone.getByTitle('华东大区', { exact: true })).toHaveCount(0)
    await expectNoSidewaysScroll(phone)
    await expectAccessible(phone)
    const tree = await read<Tree>(phone, `/api/v1/metrics/signed_amount/tree?period=${year}`)
    expect([tree.name, Number(tree.target)]).toEqual([region, 90_000_000])
  })
})
