import type { Page } from '@playwright/test'
import { read, send } from './harness/api.ts'
import { choose } from './harness/controls.ts'
import { enterAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'

const director = '周明远'

interface Made {
  readonly id: string
  readonly version: number
}

/** A record of the person of the page, which no other journey looks at. */
async function make(page: Page, object: string, values: Record<string, unknown>): Promise<string> {
  const { status, body } = await send<Made>(page, `/api/v1/records/${object}`, { values })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id
}

const valueOf = async (page: Page, path: string, key: string) =>
  (await read<Record<string, unknown>>(page, `/api/v1/records/${path}`))[key]

const save = (page: Page) =>
  page
    .getByRole('dialog')
    .getByRole('button', { name: /^保\s?存$/ })
    .click()

async function edit(page: Page, url: string, id: string, field: string, value: string): Promise<void> {
  await page.goto(`${url}/records/account/${id}`)
  await page.getByRole('button', { name: /^编\s?辑$/ }).click()
  await page.getByRole('dialog').getByLabel(field, { exact: true }).fill(value)
}

test.describe('two people change the same record', () => {
  test('in a form: the later one sees both values and chooses field by field', async ({ demo, newDesk }) => {
    const [one, other] = [await newDesk(), await newDesk()]
    await enterAs(one, demo.url, director)
    await enterAs(other, demo.url, director)
    const id = await make(one, 'account', { name: '两人同改', website: 'https://a.example', note: '原来的' })
    await edit(one, demo.url, id, '网址', 'https://mine.example')
    await one.getByRole('dialog').getByLabel('备注', { exact: true }).fill('我的备注')
    await edit(other, demo.url, id, '网址', 'https://theirs.example')
    await save(other)
    await expect(other.getByRole('dialog')).toBeHidden()

    await save(one)
    const conflict = one.getByRole('group', { name: '网址' })
    await expect(conflict).toContainText('https://theirs.example')
    await expect(conflict).toContainText('https://mine.example')
    await expectAccessible(one)
    await conflict.getByRole('radio', { name: /现在的值/ }).check()
    await one.getByRole('button', { name: '按选择保存' }).click()
    await expect(one.getByRole('dialog')).toBeHidden()
    expect(await valueOf(one, `account/${id}`, 'website')).toBe('https://theirs.example')
    expect(await valueOf(one, `account/${id}`, 'note')).toBe('我的备注')
  })

  test('in a cell of a list, and by a card of a board', async ({ demo, newDesk }) => {
    const [one, other] = [await newDesk(), await newDesk()]
    await enterAs(one, demo.url, director)
    await enterAs(other, demo.url, director)
    const id = await make(one, 'task', { subject: '两人同改的任务', priority: 'high' })
    const filter = encodeURIComponent(JSON.stringify({ field: 'subject', op: 'eq', value: '两人同改的任务' }))
    const change = async (priority: string) => {
      const { origin } = new URL(other.url())
      const answer = await other.request.patch(`${origin}/api/v1/records/task/${id}`, {
        data: { values: { priority } },
        headers: { origin },
      })
      expect(answer.status()).toBe(200)
    }
    await one.goto(`${demo.url}/records/task?as=kanban&board=priority&filter=${filter}`)
    const board = one.getByRole('group', { name: '看板' })
    const card = board.getByRole('region', { name: /^高/ }).getByRole('button', { pressed: false }).first()
    await expect(card).toBeVisible()
    await change('low')
    await card.focus()
    await one.keyboard.press('Space')
    await one.keyboard.press('ArrowRight')
    await one.keyboard.press('Space')
    const dialog = one.getByRole('dialog', { name: '两人同改的任务' })
    await expect(dialog.getByRole('radio', { name: /现在的值: 低/ })).toBeVisible()
    await dialog.getByRole('radio', { name: /我的值: 中/ }).check()
    await dialog.getByRole('button', { name: '按选择保存' }).click()
    await expect(dialog).toBeHidden()
    await expect.poll(() => valueOf(one, `task/${id}`, 'priority')).toBe('normal')

    await one.goto(`${demo.url}/records/task?cols=subject,note&filter=${filter}`)
    const cell = one.getByRole('grid').locator('[data-at="0"] [data-column="1"]')
    await expect(cell).toBeVisible()
    const { origin } = new URL(other.url())
    await other.request.patch(`${origin}/api/v1/records/task/${id}`, { data: { values: { note: '别人写的' } }, headers: { origin } }) // prettier-ignore
    await cell.click({ position: { x: 4, y: 4 } })
    await one.keyboard.press('e')
    await one.keyboard.type('我写的')
    await one.keyboard.press('Control+Enter')
    await one.keyboard.press('Tab')
    const both = one.getByRole('dialog').getByRole('group', { name: '备注' })
    await expect(both).toContainText('别人写的')
    await expect(both).toContainText('我写的')
    await one.getByRole('button', { name: '按选择保存' }).click()
    await expect.poll(() => valueOf(one, `task/${id}`, 'note')).toBe('我写的')
  })
})

test('a customer goes with everything that belongs to it, and all of it comes back from the bin', async ({
  demo,
  desk,
}) => {
  await enterAs(desk, demo.url, director)
  const account = await make(desk, 'account', { name: '要删的客户' })
  const contact = await make(desk, 'contact', { name: '要删的联系人', account })
  await make(desk, 'activity', { kind: 'call', subject: '要删的跟进', account, contact, doneOn: '2026-01-05' })
  await desk.goto(`${demo.url}/records/account/${account}`)
  await desk.getByRole('button', { name: /^删\s?除$/ }).click()
  const dialog = desk.getByRole('dialog', { name: /要删的客户/ })
  await expect(dialog.getByRole('listitem')).toHaveText([/跟进 1 条/, /联系人 1 条/])
  await expectAccessible(desk)
  await dialog.getByRole('button', { name: '一起删除 3 条' }).click()
  await expect(desk.getByText('已删除“要删的客户”及其 2 条记录')).toBeVisible()
  const gone = await desk.request.get(`${demo.url}/api/v1/records/contact/${contact}`)
  expect(gone.status()).toBe(404)

  await desk.goto(`${demo.url}/bin?object=contact`)
  const row = desk.getByRole('listitem').filter({ hasText: '要删的联系人' })
  await expect(row).toContainText(`${director} 删除于`)
  await expect(row).toContainText('随“要删的客户”一起删除')
  await row.getByRole('button', { name: '恢复“要删的联系人”' }).click()
  const refused = desk.getByRole('dialog', { name: '1 条没能恢复' })
  await expect(refused).toContainText('“要删的客户”在回收站里')
  await refused.getByRole('button', { name: /关\s?闭/ }).click()

  await choose(desk, '对象', '客户')
  const own = desk.getByRole('listitem').filter({ hasText: '要删的客户' })
  await expect(own).toContainText('一起删除的：')
  await expectAccessible(desk)
  await desk.getByRole('checkbox', { name: '选择“要删的客户”' }).check()
  await desk.getByRole('button', { name: /^恢\s?复$/ }).click()
  await expect(desk.getByText('已恢复 1 条，以及一起删除的 2 条')).toBeVisible()
  expect(await valueOf(desk, `contact/${contact}`, 'name')).toBe('要删的联系人')
})

test('one change is undone from the history, also when the field changed again', async ({ demo, desk }) => {
  await enterAs(desk, demo.url, director)
  const id = await make(desk, 'account', { name: '历史', website: 'https://one.example' })
  for (const website of ['https://two.example', 'https://three.example']) {
    await edit(desk, demo.url, id, '网址', website)
    await save(desk)
    await expect(desk.getByRole('dialog')).toBeHidden()
  }
  await desk.getByRole('tab', { name: '修改历史' }).click()
  const entries = desk.locator('.history > li')
  await expect(entries.first()).toContainText('https://two.example → https://three.example')
  await expect(entries.first()).toContainText('在页面上')
  await entries
    .nth(1)
    .getByRole('button', { name: /^撤销这次修改/ })
    .click()
  const dialog = desk.getByRole('dialog', { name: '这些字段之后又变了' })
  await expect(dialog).toContainText('现在：https://three.example')
  await expectAccessible(desk)
  await dialog.getByRole('radio', { name: '修改前：https://one.example' }).check()
  await dialog.getByRole('button', { name: '按选择恢复' }).click()
  await expect(entries.first()).toContainText('https://three.example → https://one.example')
  await expect(entries.first()).toContainText('撤销一次修改')
  expect(await valueOf(desk, `account/${id}`, 'website')).toBe('https://one.example')
})

test('the bin and the record with its reasons fit a phone', async ({ demo, phone }) => {
  await enterAs(phone, demo.url, director)
  const id = await make(phone, 'account', { name: '手机上的客户名称很长很长很长很长很长很长' })
  await phone.goto(`${demo.url}/records/account/${id}`)
  await phone.getByRole('tab', { name: '为什么能看到' }).click()
  await expect(phone.getByText('您的角色“销售总监”可以查看公司全部记录')).toBeVisible()
  await expectNoSidewaysScroll(phone)
  await phone.getByRole('tab', { name: '修改历史' }).click()
  await expectNoSidewaysScroll(phone)
  await phone.getByRole('button', { name: /^删\s?除$/ }).click()
  await expect(phone.getByText('已删除“手机上的客户名称')).toBeVisible()
  await phone.goto(`${demo.url}/bin?object=account`)
  await expect(phone.getByRole('listitem').filter({ hasText: '手机上的客户名称' })).toBeVisible()
  await expectNoSidewaysScroll(phone)
  await expectAccessible(phone)
})
