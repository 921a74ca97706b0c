import type { Page } from '@playwright/test'
import { read, recordsOf, send } from './harness/api.ts'
import { choose } from './harness/controls.ts'
import { enterAs, signInAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'

const administrator = '陈志强'
const person = '沈建华'
const role = '看不到微信的经理'

interface Found {
  readonly people: readonly { readonly id: string }[]
}

async function idOf(page: Page, name: string): Promise<string> {
  const { people } = await read<Found>(page, `/api/v1/org/people?search=${encodeURIComponent(name)}`)
  const [first] = people
  if (!first) throw new Error(`there is no ${name}`)
  return first.id
}

test.describe('an administrator decides what a role sees', () => {
  test('by hiding one field and masking another, and looks with the eyes of who holds it', async ({
    demo,
    newDesk,
    phone,
  }) => {
    const [office, desk] = [await newDesk(), await newDesk()]
    await enterAs(office, demo.url, administrator)
    await office.getByRole('navigation').getByRole('link', { name: '权限' }).click()
    await office.getByRole('button', { name: '新建角色' }).click()
    const dialog = office.getByRole('dialog', { name: '新建角色' })
    await dialog.getByLabel('名称（中文）').fill(role)
    await dialog.getByLabel('名称（英文）').fill('Manager without WeChat')
    await choose(office, '从哪里开始', '经理')
    await dialog.getByRole('button', { name: /新\s?建/ }).click()
    await expect(office.getByRole('heading', { level: 1, name: role })).toBeVisible()

    await office.getByRole('button', { name: '字段权限：联系人' }).click()
    await choose(office, '微信号', '隐藏')
    await choose(office, '手机', '脱敏')
    await office.getByRole('button', { name: /完\s?成/ }).click()
    await expect(office.getByText('2 个受限')).toBeVisible()
    await expectAccessible(office)
    await office.getByRole('button', { name: '保存角色' }).click()
    await expect(office.getByText('已保存，立即生效')).toBeVisible()
    await expect(office.getByRole('button', { name: '保存角色' })).toBeHidden()

    await enterAs(desk, demo.url, person)
    const [contact] = await recordsOf(desk, 'contact', { field: 'phone', op: 'notEmpty' })
    if (!contact) throw new Error('there is no contact with a number')
    await giveRole(office)

    await desk.goto(`${demo.url}/records/contact`)
    await expect(desk.getByRole('columnheader', { name: '手机' })).toBeVisible()
    await expect(desk.getByRole('columnheader', { name: '微信号' })).toBeHidden()
    await expect(desk.getByText(/^\d{3}\*{4}\d{4}$/).first()).toBeVisible()
    await desk.goto(`${demo.url}/records/contact/${contact.id}`)
    await desk.getByRole('button', { name: '显示手机' }).first().click()
    await desk.getByRole('textbox', { name: '原因（选填）' }).fill('客户要求回电')
    await desk.keyboard.press('Enter')
    await expect(desk.getByRole('link', { name: /^1\d{10}$/ })).toBeVisible()
    await expectAccessible(desk)
    await desk.getByRole('tab', { name: '修改历史' }).click()
    await expect(desk.getByText('查看了手机的完整内容：客户要求回电')).toBeVisible()

    await office.goto(`${demo.url}/org`)
    await expect(office.getByRole('heading', { level: 1 })).toBeVisible()
    await office.keyboard.press('Control+k')
    await office.getByRole('combobox', { name: /搜索/ }).fill('以他人视角')
    await office.getByRole('option', { name: '以他人视角查看' }).click()
    const asking = office.getByRole('dialog', { name: '以他人视角查看' })
    await asking.getByRole('combobox', { name: '选择人员' }).fill(person)
    await office.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
    await asking.getByRole('button', { name: '开始查看' }).click()
    await expect(office.getByText(`您正在以 ${person} 的视角查看，只能看，不能改`)).toBeVisible()
    await office.goto(`${demo.url}/records/contact/${contact.id}`)
    await expect(office.getByText('微信号')).toBeHidden()
    await expectAccessible(office)
    await office.getByRole('button', { name: /退\s?出/ }).click()
    await expect(office.getByText('只能看，不能改')).toBeHidden()
    await expect(office.getByText('微信号').first()).toBeVisible()

    await signInAs(phone, demo.url, administrator)
    await phone.goto(`${demo.url}/access`)
    await phone.getByRole('link', { name: `设置“${role}”` }).click()
    await expect(phone.getByRole('heading', { level: 1, name: role })).toBeVisible()
    await expectNoSidewaysScroll(phone)
    await expectAccessible(phone)
    await putBack(office)
  })

  test('and a record is shared with a colleague, who sees why, until it is taken back', async ({ demo, newDesk }) => {
    const [owner, colleague] = [await newDesk(), await newDesk()]
    await enterAs(owner, demo.url, '罗建军')
    await enterAs(colleague, demo.url, '林晓雯')
    const made = await send<{ id: string }>(owner, '/api/v1/records/account', { values: { name: '只给同事看的客户' } })
    expect(made.status).toBe(201)
    const path = `${demo.url}/records/account/${made.body.id}`
    await colleague.goto(path)
    await expect(colleague.getByText('没有找到')).toBeVisible()

    await owner.goto(path)
    await owner.getByRole('tab', { name: '团队与共享' }).click()
    await expect(owner.getByText('还没有团队成员，也没有共享')).toBeVisible()
    await owner.getByRole('button', { name: /添\s?加/ }).click()
    const dialog = owner.getByRole('dialog', { name: '添加成员或共享' })
    await dialog.getByRole('combobox', { name: '人员' }).fill('林晓雯')
    await owner.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
    await dialog.getByLabel('在团队里的角色').fill('售前')
    await expectAccessible(owner)
    await dialog.getByRole('button', { name: /保\s?存/ }).click()
    await expect(owner.getByRole('region', { name: '团队' }).getByText('林晓雯')).toBeVisible()

    await colleague.reload()
    await expect(colleague.getByRole('heading', { level: 1, name: '只给同事看的客户' })).toBeVisible()
    await expect(colleague.getByText('这条记录您只能看')).toBeVisible()
    await expect(colleague.getByRole('button', { name: /编\s?辑/ })).toBeDisabled()
    await colleague.getByRole('tab', { name: '为什么能看到' }).click()
    await expect(colleague.getByText(/售前/)).toBeVisible()

    await owner.getByRole('button', { name: '取消对林晓雯的共享' }).click()
    await expect(owner.getByText('还没有团队成员，也没有共享')).toBeVisible()
    await colleague.reload()
    await expect(colleague.getByText('没有找到')).toBeVisible()
  })
})

/** On the page of the organisation, as people do. */
interface Me {
  readonly roles: readonly { readonly key: string; readonly label: { readonly zh: string } }[]
}

async function giveRole(office: Page): Promise<void> {
  const { roles } = await read<Me>(office, '/api/v1/me')
  await setRole(office, roles.find(({ label }) => label.zh === role)?.key ?? '')
}

/** Other journeys know the person as a manager. */
const putBack = (office: Page): Promise<void> => setRole(office, 'manager')

async function setRole(office: Page, key: string): Promise<void> {
  const { origin } = new URL(office.url())
  const path = `${origin}/api/v1/org/people/${await idOf(office, person)}`
  const { version } = await read<{ version: number }>(office, path)
  const given = await office.request.patch(path, { data: { role: key, version }, headers: { origin } })
  expect(given.status()).toBe(200)
}
