import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'
import { enterAs, test } from './harness/demo-company.ts'
import { choose } from './harness/controls.ts'
import { recordsOf } from './harness/api.ts'

test.describe('a representative with a phone', () => {
  test('ticks a task and can take it back', async ({ demo, phone }) => {
    await enterAs(phone, demo.url, '林晓雯')
    await expect(phone.getByRole('heading', { level: 1, name: /林晓雯/ })).toBeVisible()
    const first = phone.getByRole('button', { name: /^完成“/ }).first()
    const name = (await first.getAttribute('aria-label')) ?? ''
    await first.tap()
    await expect(phone.getByText(name.replace('完成', '已完成'))).toBeVisible()
    const tick = phone.getByRole('button', { name, exact: true })
    await expect(tick).toHaveCount(0)
    await phone.getByRole('button', { name: /撤\s?销/ }).tap()
    await expect(tick.first()).toBeVisible()
    await expectNoSidewaysScroll(phone)
  })

  test('records a visit in three taps', async ({ demo, phone }) => {
    await enterAs(phone, demo.url, '林晓雯')
    await phone.getByRole('button', { name: '记跟进' }).tap()
    const sheet = phone.getByRole('dialog')
    await expect(sheet.getByText('哪个客户？')).toBeVisible()
    const names = new Set((await recordsOf(phone, 'account')).map((account) => account.name))
    const offered = async () => (await sheet.getByRole('button').allTextContents()).find((text) => names.has(text))
    await expect.poll(offered).toBeDefined()
    const name = (await offered()) ?? ''
    await sheet.getByRole('button', { name, exact: true }).tap()
    await expect(sheet.getByText(`${name}：什么方式？`)).toBeVisible()
    await expectAccessible(phone)
    await sheet.getByRole('button', { name: '拜访' }).tap()

    await expect(phone.getByText(`已记录：拜访 · ${name}`)).toBeVisible()
    await expect(phone.getByRole('button', { name: new RegExp(`拜访 · ${name}`) }).first()).toBeVisible()
    await expectNoSidewaysScroll(phone)
  })

  test('moves a deal to another stage', async ({ demo, phone }) => {
    await enterAs(phone, demo.url, '林晓雯')
    const [deal] = (await recordsOf(phone, 'opportunity', { field: 'status', op: 'eq', value: 'open' })).slice(-1)
    const stages = await recordsOf(phone, 'stage', { field: 'kind', op: 'eq', value: 'open' })
    const next = stages.find(({ name }) => name !== deal?.names['stage'])?.name ?? ''

    await phone.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '商机' }).tap()
    await expect(phone.getByRole('group', { name: '商机看板' })).toBeVisible()
    await expectNoSidewaysScroll(phone)
    await expectAccessible(phone)
    await phone.goto(`${demo.url}/today?record=opportunity:${deal?.id}`)
    await phone
      .getByRole('dialog')
      .getByRole('button', { name: /编\s?辑/ })
      .tap()
    await choose(phone, /阶段/, next)
    await phone
      .getByRole('dialog')
      .last()
      .getByRole('button', { name: /保\s?存/ })
      .tap()

    await expect(phone.getByText('已保存')).toBeVisible()
    await expectNoSidewaysScroll(phone)
    const [moved] = await recordsOf(phone, 'opportunity', { field: 'id', op: 'eq', value: deal?.id })
    expect(moved?.names['stage']).toBe(next)
  })

  test('moves a deal on the board by its card', async ({ demo, phone }) => {
    await enterAs(phone, demo.url, '林晓雯')
    const stages = await recordsOf(phone, 'stage', { field: 'kind', op: 'eq', value: 'open' })
    await phone.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '商机' }).tap()
    const board = phone.getByRole('group', { name: '商机看板' })
    const from = (await board.getByRole('heading', { level: 2 }).textContent()) ?? ''
    const to = stages.find(({ name }) => name !== from)?.name ?? ''
    const move = board.getByRole('button', { name: /^移动“/ }).first()
    const name = /^移动“(.*)”到…$/.exec((await move.getAttribute('aria-label')) ?? '')?.[1] ?? ''
    await move.tap()

    const sheet = phone.getByRole('dialog', { name: `移动“${name}”到…` })
    await expect(sheet.getByRole('button', { name: from })).toBeDisabled()
    await expectAccessible(phone)
    await sheet.getByRole('button', { name: to, exact: true }).tap()

    await expect(phone.locator('.ant-message').getByText(`“${name}”已移到 ${to}`)).toBeVisible()
    await expectNoSidewaysScroll(phone)
    const moved = await recordsOf(phone, 'opportunity', { field: 'name', op: 'eq', value: name })
    expect(moved.map(({ names }) => names['stage'])).toContain(to)
    await phone.locator('.stage-tabs').getByText(to).tap()
    await expect(board.getByRole('button', { name: `移动“${name}”到…` }).first()).toBeVisible()
  })
})
