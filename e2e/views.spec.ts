import type { Page } from '@playwright/test'
import { send, recordsOf } from './harness/api.ts'
import { enterAs, signInAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'

const cell = (page: Page, line: number, column: number) =>
  page.getByRole('grid').locator(`[data-at="${line}"] [data-column="${column}"]`)

const head = (page: Page, field: string) => page.getByRole('grid').locator(`[data-head="${field}"]`)

async function openRecords(page: Page, url: string, path: string): Promise<void> {
  await page.goto(`${url}/records/${path}`)
  await expect(page.getByRole('grid').locator('[data-at="0"]')).toBeVisible()
}

test.describe('a list', () => {
  test('is kept as a view: columns, order and filter come back, and changes to it are marked', async ({
    demo,
    desk,
  }) => {
    await signInAs(desk, demo.url, '周明远')
    await openRecords(desk, demo.url, 'order?cols=code,account,amount,ownerId')
    const heads = desk.getByRole('columnheader')
    await head(desk, 'amount').click()
    await head(desk, 'amount').click()
    await expect(desk.getByRole('columnheader', { name: /金额/ })).toHaveAttribute('aria-sort', 'descending')
    await desk.getByRole('button', { name: '金额 列操作' }).click()
    await desk.getByRole('menuitem', { name: '固定在左侧' }).click()
    await expect(heads.nth(1)).toContainText('金额')

    await desk.getByRole('button', { name: '另存为视图' }).click()
    await desk.getByLabel('名称').fill('最大的订单')
    await desk
      .getByRole('dialog')
      .getByRole('button', { name: /保\s?存/ })
      .click()
    const tab = desk.getByRole('tab', { name: '最大的订单' })
    await expect(tab).toHaveAttribute('aria-selected', 'true')
    await expectAccessible(desk)

    await desk.getByRole('tab', { name: '全部' }).click()
    await expect(heads.nth(1)).toContainText('订单编号')
    await tab.click()
    await expect(heads.nth(1)).toContainText('金额')
    await expect(desk.getByRole('columnheader', { name: /金额/ })).toHaveAttribute('aria-sort', 'descending')
    await head(desk, 'amount').click()
    await expect(tab).toContainText('未保存')
    await desk.getByRole('button', { name: /还\s?原/ }).click()
    await expect(tab).not.toContainText('未保存')
  })

  test('is written in by keyboard alone', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '周明远')
    await openRecords(desk, demo.url, 'contact?cols=name,title,phone&sort=name')
    const name = (await cell(desk, 0, 0).textContent()) ?? ''
    await head(desk, 'name').focus()
    await desk.keyboard.press('ArrowDown')
    await expect(cell(desk, 0, 0)).toBeFocused()
    await desk.keyboard.press('ArrowRight')
    await desk.keyboard.press('e')
    await expect(desk.getByRole('group', { name: `修改 ${name} 的职务` }).getByRole('textbox')).toBeFocused()
    await desk.keyboard.type('总裁')
    await desk.keyboard.press('Tab')
    await expect(desk.getByRole('group', { name: `修改 ${name} 的手机` }).getByRole('textbox')).toBeFocused()
    await desk.keyboard.press('Escape')
    await expect(cell(desk, 0, 2)).toBeFocused()
    await expect(cell(desk, 0, 1)).toHaveText('总裁')
    await expect
      .poll(async () => (await recordsOf(desk, 'contact', { field: 'title', op: 'eq', value: '总裁' })).length)
      .toBe(1)
    await desk.keyboard.press('?')
    await expect(desk.getByRole('dialog', { name: '键盘操作' })).toBeVisible()
  })

  test('keeps the place of whoever goes by keyboard, and of its rows', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '周明远')
    await openRecords(desk, demo.url, 'task?cols=subject,priority')
    await cell(desk, 0, 1).click({ position: { x: 3, y: 5 } })
    await desk.keyboard.press('e')
    await expect(desk.locator('.ant-select-dropdown:visible')).toBeVisible()
    await desk.keyboard.press('Escape')
    await expect(cell(desk, 0, 1)).toBeFocused()

    const filter = desk.getByRole('button', { name: '高级筛选' })
    await filter.focus()
    await desk.keyboard.press('Enter')
    await expect(desk.getByRole('combobox', { name: '写成文字' })).toBeVisible()
    await desk.keyboard.press('Escape')
    await expect(filter).toBeFocused()
    await desk.keyboard.press('Control+k')
    await expect(desk.getByRole('dialog').getByRole('combobox')).toBeFocused()
    await desk.keyboard.press('Escape')
    await expect(filter).toBeFocused()

    const second = cell(desk, 1, 0)
    const place = await second.boundingBox()
    await desk.getByRole('grid').locator('[data-at="0"]').getByRole('checkbox').check()
    await expect(desk.getByRole('toolbar', { name: '批量操作' })).toBeVisible()
    expect(await second.boundingBox()).toEqual(place)
    await expectAccessible(desk)
  })

  test('hands many records to another person, and takes all of it back', async ({ demo, desk }) => {
    await enterAs(desk, demo.url, '周明远')
    const city = { field: 'city', op: 'eq', value: '成都市' }
    const before = await recordsOf(desk, 'account', city)
    const owners = (rows: typeof before) => new Map(rows.map(({ id, ownerId }) => [id, ownerId]))
    await openRecords(desk, demo.url, `account?filter=${encodeURIComponent(JSON.stringify([city]))}`)
    await desk.getByRole('checkbox', { name: '选择已载入的记录' }).check()
    const bar = desk.getByRole('toolbar', { name: '批量操作' })
    await expect(bar).toContainText(`已选 ${before.length} 条`)
    await bar.getByRole('button', { name: /转\s?移/ }).click()
    await desk.getByRole('combobox', { name: '新的负责人' }).fill('林晓雯')
    await desk.keyboard.press('Enter')
    await desk
      .getByRole('dialog')
      .getByRole('button', { name: /转\s?移/ })
      .click()
    await expect(desk.getByText(`已修改 ${before.length} 条。`)).toBeVisible()
    const after = await recordsOf(desk, 'account', city)
    expect(new Set(after.map(({ names }) => names['ownerId']))).toEqual(new Set(['林晓雯']))
    await expectAccessible(desk)

    await desk.getByRole('button', { name: /撤\s?销/ }).click()
    await expect(desk.getByText(`已撤销，${before.length} 条恢复原样。`)).toBeVisible()
    expect(owners(await recordsOf(desk, 'account', city))).toEqual(owners(before))
  })

  test('has subtotals that are what their rows come to, and open them', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '周明远')
    await openRecords(desk, demo.url, 'opportunity?group=stage,closedOn:quarter&cols=name,account,amount')
    const grid = desk.getByRole('grid')
    const won = grid.getByRole('row', { name: /^赢单/ })
    await won.getByRole('gridcell').first().click()
    await expect(won).toHaveAttribute('aria-expanded', 'true')
    const quarter = grid.locator('[aria-level="2"]').first()
    const said = (await quarter.textContent()) ?? ''
    const [, count = ''] = /([\d,]+) 条/.exec(said) ?? []
    await quarter.getByRole('button', { name: /打开这/ }).click()
    await expect(grid.getByText(`共 ${count} 条`)).toBeVisible()
    await expect(grid.locator('[aria-level]')).toHaveCount(0)
    await expect(grid.getByRole('row').last()).toContainText(said.slice(said.indexOf('条') + 1))
    await expectAccessible(desk)
  })

  test('scrolls through everything without leaving any out', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '周明远')
    await openRecords(desk, demo.url, 'task')
    const { body } = await send<{ count: number }>(desk, '/api/v1/records/task/totals', {})
    await cell(desk, 0, 0).click({ position: { x: 2, y: 2 } })
    await expect(async () => {
      await desk.keyboard.press('Control+End')
      await expect(desk.getByRole('grid').locator(`[data-at="${body.count - 1}"]`)).toBeVisible({ timeout: 1000 })
    }).toPass({ timeout: 40_000 })
  })
})

test.describe('the same records', () => {
  test('stand on a board, where the keyboard moves them', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '周明远')
    await desk.goto(`${demo.url}/records/task?as=kanban&board=priority`)
    const columns = desk.getByRole('group', { name: '看板' })
    const high = columns.getByRole('region', { name: /^高/ })
    const card = high.getByRole('button', { pressed: false }).first()
    await expect(card).toBeVisible()
    await expect(card).toContainText(/截止日期 /)
    await expectAccessible(desk)
    const name = (await card.locator('b').textContent()) ?? ''
    await card.focus()
    await desk.keyboard.press('Space')
    await desk.keyboard.press('ArrowRight')
    await expect(desk.getByText('移到 中')).toBeAttached()
    await desk.keyboard.press('Space')
    await expect(desk.getByText(`“${name}”已移到 中`)).toBeAttached()
    await expect(columns.getByRole('region', { name: /^中/ }).getByText(name).first()).toBeVisible()
  })

  test('stand in a calendar, on a timeline and on a map whose provinces open their list', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '周明远')
    await desk.goto(`${demo.url}/records/task?as=calendar`)
    await expect(desk.getByRole('region', { name: /周一，\d+ 条/ }).first()).toBeVisible()
    await expectAccessible(desk)
    await desk.goto(`${demo.url}/records/opportunity?as=timeline&time=engagedOn,closedOn`)
    await expect(desk.getByRole('button', { name: / 至 / }).first()).toBeVisible()
    await expectAccessible(desk)
    await desk.goto(`${demo.url}/records/account?as=map`)
    const first = desk.getByRole('table').getByRole('row').nth(1)
    const province = (await first.getByRole('rowheader').textContent()) ?? ''
    const count = (await first.getByRole('cell').textContent()) ?? ''
    await expect(desk.getByRole('img', { name: /中国地图/ })).toBeVisible()
    await expectAccessible(desk)
    await first.getByRole('button').click()
    await expect(desk.getByRole('grid').getByText(`共 ${count} 条`)).toBeVisible()
    await expect(cell(desk, 0, 2)).toHaveText(province)
  })

  test('fit a phone in every way', async ({ demo, phone }) => {
    await enterAs(phone, demo.url, '林晓雯')
    for (const path of ['account', 'task?as=kanban', 'task?as=calendar', 'opportunity?as=timeline', 'account?as=map']) {
      await phone.goto(`${demo.url}/records/${path}`)
      await expect(phone.getByRole('tab', { name: /全部/ })).toBeVisible()
      await expect(phone.getByRole('status', { name: '正在载入' })).toHaveCount(0)
      await expectNoSidewaysScroll(phone)
      await expectAccessible(phone)
    }
  })
})
