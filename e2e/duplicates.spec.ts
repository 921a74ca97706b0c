import { send, recordsOf } from './harness/api.ts'
import { enterAs, signInAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'

test.describe('duplicates', () => {
  test('are known while a customer is typed, found in the whole base, merged side by side, and apart again', async ({
    demo,
    desk,
    phone,
  }) => {
    await enterAs(desk, demo.url, '何静怡')
    const made = await send<{ id: string }>(desk, '/api/v1/records/account', {
      values: { name: '青禾农机有限公司', city: '合肥' },
    })
    const contact = await send<{ id: string }>(desk, '/api/v1/records/contact', {
      values: { name: '陆一鸣', account: made.body.id },
    })

    await desk.goto(`${demo.url}/records/account`)
    await desk
      .getByRole('button', { name: /新\s?建/ })
      .first()
      .click()
    const form = desk.getByRole('dialog')
    await form.getByLabel('客户名称').fill('青禾农机（安徽）股份有限公司')
    await expect(form.getByText('可能已有这条记录')).toBeVisible()
    await expect(form.getByText(/可能与“青禾农机有限公司”重复/)).toBeVisible()
    await expectAccessible(desk)
    await form.getByLabel('电话').fill('0551-62880000')
    await form.getByRole('button', { name: /^保\s?存$/ }).click()
    await form.getByRole('button', { name: '不是重复，仍然保存' }).click()
    await expect(form).toBeHidden()

    await desk.goto(`${demo.url}/records/account/${made.body.id}`)
    await expect(desk.getByRole('link', { name: '对照并合并' })).toBeVisible()
    await desk.goto(`${demo.url}/duplicates`)
    await desk.getByRole('button', { name: '全库查重' }).click()
    const group = desk.locator('.panel').filter({ hasText: '青禾农机有限公司' })
    await expect(group).toBeVisible()
    await expectAccessible(desk)
    await group.getByRole('button', { name: '对照并合并' }).click()
    await expect(desk.getByRole('heading', { level: 1, name: '合并客户' })).toBeVisible()
    await expect(desk.getByRole('group', { name: '保留的记录' }).getByRole('radio').first()).toBeVisible()
    await expectAccessible(desk)

    const address = desk.url()
    await signInAs(phone, demo.url, '何静怡')
    await phone.goto(address)
    await expect(phone.getByRole('group', { name: '电话' })).toBeVisible()
    await expectNoSidewaysScroll(phone)
    await expectAccessible(phone)

    await desk.getByRole('group', { name: '客户名称' }).getByText('青禾农机（安徽）股份有限公司').click()
    await desk.getByRole('button', { name: '合并 2 条为一条' }).click()
    await expect(desk.getByText('已合并，移动了')).toBeVisible()
    await expect(desk.getByRole('heading', { level: 1, name: '青禾农机（安徽）股份有限公司' })).toBeVisible()
    const left = () => recordsOf(desk, 'account', { field: 'name', op: 'startsWith', value: '青禾农机' })
    expect((await left()).length).toBe(1)

    // The phone still holds the address of the other one.
    const [winner] = await left()
    const loser =
      new URL(address).searchParams
        .get('ids')
        ?.split(',')
        .find((id) => id !== winner?.id) ?? ''
    await phone.goto(`${demo.url}/records/account/${loser}`)
    await expect(phone).toHaveURL(new RegExp(`/records/account/${winner?.id}`))

    await desk.goto(`${demo.url}/duplicates?part=merges`)
    await desk.getByRole('button', { name: '撤销合并' }).click()
    await expect(desk.getByText('已撤销')).toBeVisible()
    await expect.poll(async () => (await left()).length).toBe(2)
    const [person] = await recordsOf(desk, 'contact', { field: 'id', op: 'eq', value: contact.body.id })
    expect(person?.names['account']).toBe('青禾农机有限公司')
  })

  test('are known by rules that an administrator changes', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '何静怡')
    await desk.goto(`${demo.url}/duplicates?object=product&part=rules`)
    await desk.getByRole('button', { name: '新建规则' }).click()
    const drawer = desk.getByRole('dialog')
    await drawer.getByLabel('中文名称').fill('产品系列与名称相同')
    await drawer.getByRole('button', { name: '再加一个字段' }).click()
    await drawer.getByRole('radio', { name: '不允许保存' }).check()
    await expectAccessible(desk)
    await drawer.getByRole('button', { name: /保\s?存/ }).click()
    await expect(drawer).toBeHidden()
    await expect(desk.getByText('产品系列与名称相同')).toBeVisible()
    await expectAccessible(desk)
    await desk.getByRole('button', { name: '删除“产品系列与名称相同”' }).click()
    await expect(desk.getByText('这个对象还没有查重规则')).toBeVisible()
  })
})
