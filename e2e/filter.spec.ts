import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'
import { enterAs, signInAs, test } from './harness/demo-company.ts'

const panel = '.filter-panel'

test('a manager writes a filter, sees it as conditions and in words, and shares its address', async ({
  desk,
  newDesk,
  demo,
}) => {
  await signInAs(desk, demo.url, '沈建华')
  await desk.goto(`${demo.url}/records/opportunity`)
  await desk.getByRole('button', { name: '高级筛选' }).click()
  const text = desk.getByRole('combobox', { name: '写成文字' })
  await text.click()
  await text.pressSequentially('金额>10万 状')
  await desk.getByRole('option', { name: /状态/ }).waitFor()
  await text.press('ArrowDown')
  await text.press('Enter')
  await text.pressSequentially(':不存在')
  await expect(desk.getByRole('alert')).toContainText('没有选项“不存在”')
  await expect(desk.getByRole('button', { name: '应用' })).toBeDisabled()
  for (let letter = 0; letter < 3; letter += 1) await text.press('Backspace')
  await text.pressSequentially('赢单 (客户.省份:江苏 或 跟进:无/近30天)')
  await expect(desk.locator('.filter-words')).toHaveText(
    /金额大于 10 万，且状态是赢单，且（客户的省份包含“江苏”或近 30 天没有跟进）/,
  )
  await expect(desk.locator(`${panel} [role=group][aria-label=条件]`)).toHaveCount(4)
  await expectAccessible(desk)
  await text.press('Escape')
  await text.press('Enter')
  await expect(desk.locator(panel)).toBeHidden()
  await expect(desk.getByText('客户的省份包含“江苏”，或近 30 天没有跟进')).toBeVisible()
  const count = await desk
    .getByText(/^共 [\d,]+ 条$/)
    .first()
    .textContent()

  const another = await newDesk()
  await signInAs(another, demo.url, '沈建华')
  await another.goto(desk.url())
  await expect(another.getByText(count ?? '').first()).toBeVisible()
})

test('conditions are put together by keyboard alone', async ({ desk, demo }) => {
  await signInAs(desk, demo.url, '沈建华')
  await desk.goto(`${demo.url}/records/account`)
  await desk.getByRole('button', { name: '高级筛选' }).press('Enter')
  const field = desk.getByRole('combobox', { name: '字段' })
  await field.focus()
  await field.pressSequentially('省份')
  await field.press('Enter')
  const value = desk.getByRole('textbox', { name: '值' })
  await value.focus()
  await value.pressSequentially('江苏')
  await expect(desk.locator('.filter-words')).toHaveText('省份包含“江苏”')
  await expect(desk.locator('.filter-count b')).not.toHaveText('0')
  await desk.getByRole('button', { name: '应用' }).press('Enter')
  await expect(desk.getByRole('button', { name: '修改条件 省份包含“江苏”' })).toBeVisible()
})

test('the sheet fits a phone', async ({ phone, demo }) => {
  await enterAs(phone, demo.url, '沈建华')
  const filter = { and: [{ field: 'amount', op: 'ge', value: '50000' }, { or: [{ field: 'status', op: 'eq', value: 'won' }, { field: 'expectedOn', op: 'within', value: { relative: { next: 2, unit: 'quarter' } } }] }] } // prettier-ignore
  await phone.goto(`${demo.url}/records/opportunity?filter=${encodeURIComponent(JSON.stringify(filter))}`)
  await phone.getByRole('button', { name: '高级筛选' }).click()
  await expect(phone.locator('.filter-words')).toHaveText(
    /金额不低于 5 万，且（状态是赢单或预计成交日期在未来 2 个季度）/,
  )
  await expectNoSidewaysScroll(phone)
  await phone.getByRole('button', { name: '应用' }).click()
  await expect(phone.locator(panel)).toBeHidden()
})
