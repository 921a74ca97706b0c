import { signInAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'

test.describe('those who would rather look than read', () => {
  test('find the weak month of a team on the heat map and open its records', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '周明远')
    await desk.goto(`${demo.url}/targets?period=2026`)
    await desk.getByRole('link', { name: '看板' }).click()
    const map = desk.getByRole('region', { name: '达成热力图' })
    await expect(map.getByRole('columnheader')).toHaveCount(13)
    await map.getByRole('button', { name: '展开 西南大区' }).click()
    const team = map.getByRole('rowheader', { name: '展开 四川分公司' })
    await expect(team).toBeVisible()
    await expectAccessible(desk)
    const cell = map.getByRole('button', { name: /^西南大区 2026年3月/ })
    const shown = ((await cell.textContent()) ?? '').replace(/[^\d.%]/g, '')
    await cell.click()
    await expect(desk).toHaveURL(/period=2026-M03/)
    await expect(desk.getByRole('dialog').getByText('与达成数一致')).toBeVisible()
    await expect(desk.getByRole('dialog').getByText(shown)).toBeVisible()
  })

  test('see how people are spread and who is behind', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '周明远')
    await desk.goto(`${demo.url}/targets/heat?period=2026-Q1`)
    await desk.getByRole('radiogroup', { name: '看板' }).getByText('人员分布', { exact: true }).click()
    const all = desk.getByRole('table').getByRole('row')
    await expect(desk.getByText(/\d+ 人有目标/)).toBeVisible()
    const people = (await all.count()) - 1
    const weak = desk.getByRole('button', { name: /^<50%：\d+ 人/ })
    const many = Number(/(\d+) 人/.exec((await weak.textContent()) ?? '')?.[1])
    await weak.press('Enter')
    await expect(all).toHaveCount(many + 1)
    expect(many).toBeLessThan(people)
    await expectAccessible(desk)
  })

  test('compare the funnels of the tiers, and their sum is that of the tier above', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '罗建军')
    await desk.goto(`${demo.url}/targets/funnel`)
    const tiers = desk.getByRole('table').last()
    await expect(tiers.getByRole('row').nth(1)).toBeVisible()
    const numbers = async (name: RegExp) => {
      const texts = await desk.getByRole('button', { name }).allTextContents()
      return texts.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0)
    }
    await expect.poll(() => numbers(/ 商机数 背后的记录/)).toBeGreaterThan(0)
    const whole = await numbers(/ 商机数 背后的记录/)
    await expect.poll(() => numbers(/ 合计 背后的记录/)).toBe(whole)
    await expectAccessible(desk)
  })

  test('put the targets on the wall, and turn to the next metric by a key', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '周明远')
    await desk.goto(`${demo.url}/targets/wall`)
    const title = desk.locator('.wall').getByRole('heading', { level: 1 })
    await expect(title).toContainText('禾田科技')
    const first = (await title.textContent()) ?? ''
    await expectAccessible(desk)
    await desk.keyboard.press('ArrowRight')
    await expect(title).not.toHaveText(first)
    await desk.keyboard.press('Escape')
    await expect(desk).toHaveURL(/\/targets(\?|$)/)
  })
})

test('a representative sees on the phone what to close', async ({ demo, phone }) => {
  await signInAs(phone, demo.url, '林晓雯')
  await phone.goto(`${demo.url}/targets/mine`)
  await expect(phone.getByRole('heading', { name: '还要签下什么' })).toBeVisible()
  const picked = phone.getByRole('status').filter({ hasText: '已选' })
  await expect(picked).toContainText(/够了|还差/)
  const before = (await picked.textContent()) ?? ''
  await phone.getByRole('checkbox', { checked: true }).first().uncheck()
  await expect(picked).not.toHaveText(before)
  await phone.getByRole('button', { name: '推荐最有把握的组合' }).click()
  await expect(picked).toHaveText(before)
  await expectNoSidewaysScroll(phone)
  await expectAccessible(phone)
  await expect(phone.getByText('本人', { exact: true }).first()).toBeVisible()
  // Records lie over the page, and closing them leads back to it.
  await phone.getByRole('button', { name: /^实际 背后的记录/ }).click()
  await expect(phone).toHaveURL(/targets\/mine\?.*behind=/)
  await phone.getByRole('dialog').getByRole('button', { name: '关闭' }).first().click()
  await expect(phone).toHaveURL(/targets\/mine(\?(?!.*behind)|$)/)
  // What open deals should bring is made of them.
  await phone.getByRole('button', { name: /^在手商机预计带来 背后的记录/ }).click()
  await expect(phone).toHaveURL(/forecast\?.*system=open/)
  await expect(phone.getByRole('dialog').getByText(/每个商机计入/)).toBeVisible()
  for (const page of ['own', 'heat', 'people', 'funnel', 'wall']) {
    await phone.goto(`${demo.url}/targets/${page}`)
    await expect(phone.getByRole('heading', { level: 1 }).last()).toBeVisible()
    await expectNoSidewaysScroll(phone)
  }
})
