import type { Page } from '@playwright/test'
import { read } from './harness/api.ts'
import { enterAs, signInAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'

const representative = '林晓雯'
const manager = '沈建华'

interface Tree {
  readonly rows: readonly {
    readonly id: string
    readonly parentId: string | null
    readonly months: readonly string[]
  }[]
}

const sum = (months: readonly string[]) => months.reduce((all, month) => all + Math.round(Number(month) * 100), 0)

/** Every unit's target is the sum of what stands below it, in cents. */
async function expectSumsToAgree(page: Page): Promise<void> {
  const { current } = await read<{ current: { year: string } }>(page, '/api/v1/periods')
  const { plans } = await read<{ plans: { id: string }[] }>(
    page,
    `/api/v1/plans?metric=signed_amount&year=${current.year}`,
  )
  const { rows } = await read<Tree>(page, `/api/v1/plans/${plans[0]?.id}`)
  const below = Map.groupBy(rows, ({ parentId }) => parentId)
  for (const { id, months } of rows) {
    const children = below.get(id)
    if (children) expect(children.reduce((all, row) => all + sum(row.months), 0)).toBe(sum(months))
  }
}

test('a representative appeals against her target on the phone and wins', async ({ demo, desk, phone, newDesk }) => {
  const own = phone.getByRole('listitem', { name: /^签约额/ })
  const yearOf = async () => Number(((await own.locator('dd').first().textContent()) ?? '').replace(/[^\d.]/g, ''))
  let [before, asked] = [0, 0]

  await test.step('she says from when on, to what and why', async () => {
    await signInAs(phone, demo.url, representative)
    await phone.goto(`${demo.url}/targets`)
    await phone.getByRole('navigation').getByRole('link', { name: '我的目标' }).click()
    await expect(own).toBeVisible()
    before = await yearOf()
    expect(before).toBeGreaterThan(0)
    await expectNoSidewaysScroll(phone)
    await expectAccessible(phone)

    await own.getByRole('button', { name: /^申诉/ }).click()
    const dialog = phone.getByRole('dialog', { name: /申诉/ })
    await expect(dialog.getByText(/到年底现为/)).toBeVisible()
    const standing = Number(((await dialog.getByText(/到年底现为/).textContent()) ?? '').replace(/[^\d.]/g, ''))
    asked = Math.round((standing * 0.9) / 100) * 100
    await dialog.getByRole('button', { name: '提出申诉' }).click()
    await expect(dialog.getByText('请填写').first()).toBeVisible()
    await dialog.getByRole('textbox', { name: '希望改为' }).fill(String(asked))
    await dialog.getByRole('textbox', { name: '理由' }).fill('最大客户 12 月起停产检修')
    await expectAccessible(phone)
    await dialog.getByRole('button', { name: '提出申诉' }).click()
    await expect(dialog).toBeHidden()
    await expect(own.getByText('申诉待决定')).toBeVisible()
    await expect(own.getByRole('button', { name: /^申诉/ })).toBeHidden()
  })

  await test.step('her manager is told, sees who would carry the difference, and grants it', async () => {
    await signInAs(desk, demo.url, manager)
    await desk.goto(`${demo.url}/notices`)
    await desk.getByText(`${representative} 对`).first().click()
    const drawer = desk.getByRole('dialog', { name: '申诉' })
    await expect(drawer.getByText('最大客户 12 月起停产检修')).toBeVisible()
    await expect(
      drawer.getByRole('table', { name: /决定后的变化/ }).getByRole('row', { name: representative }),
    ).toBeVisible()
    await expectAccessible(desk)
    await drawer.getByRole('textbox', { name: '决定的理由' }).fill('情况属实，差额由团队分担')
    await drawer.getByRole('button', { name: /^决\s?定$/ }).click()
    await expect(drawer).toBeHidden()
  })

  await test.step('she is told, and sees the new target and how it came', async () => {
    await phone.goto(`${demo.url}/notices`)
    await phone.getByText(`${manager} 决定了您对`).first().click()
    const drawer = phone.getByRole('dialog', { name: '申诉' })
    await expect(drawer.getByText('情况属实，差额由团队分担').first()).toBeVisible()
    await expectAccessible(phone)
    await drawer.getByRole('button', { name: '关闭' }).click()
    await expect(own.getByRole('heading', { name: '历次修正' })).toBeVisible()
    await expect(own.getByText(`${manager} 决定：情况属实，差额由团队分担`)).toBeVisible()
    expect(await yearOf()).toBeLessThan(before)
    await expectNoSidewaysScroll(phone)
  })

  await test.step('the plan still sums, tier by tier', async () => {
    const director = await newDesk()
    await enterAs(director, demo.url, '周明远')
    await expectSumsToAgree(director)
  })
})
