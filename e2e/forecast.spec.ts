import { enterAs, signInAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'

const representative = '林晓雯'
const leader = '沈建华'

test.describe('a forecast', () => {
  test('is submitted by a representative on the phone and overridden by the leader', async ({ demo, desk, phone }) => {
    await test.step('the representative moves a deal and submits in two taps', async () => {
      await signInAs(phone, demo.url, representative)
      await phone.goto(`${demo.url}/forecast`)
      await expect(phone.getByRole('heading', { level: 1, name: /销售预测/ })).toBeVisible()
      const pipeline = phone.getByRole('region', { name: '储备' })
      const tile = pipeline.getByRole('article').first()
      const name = (await tile.getByRole('button').first().innerText()).trim()
      await tile.getByRole('button', { name: `“${name}”改为…` }).click()
      await phone.getByRole('menuitem', { name: '承诺' }).click()
      await expect(phone.getByRole('region', { name: '承诺' }).getByText(name)).toBeVisible()
      await expectNoSidewaysScroll(phone)
      await expectAccessible(phone)

      await phone.getByRole('button', { name: /提交预测|更新预测/ }).click()
      await phone.getByRole('button', { name: '确认提交' }).click()
      await expect(phone.getByText(/上次提交：承诺/)).toBeVisible()
    })

    await test.step('the leader sees who is missing, and overrides with a comment', async () => {
      await enterAs(desk, demo.url, leader)
      await desk.getByRole('navigation').getByRole('link', { name: '销售预测' }).click()
      await expect(desk.getByRole('treegrid', { name: '团队' })).toBeVisible()
      await expect(desk.getByText(/人未提交|人都已提交/).first()).toBeVisible()
      await expectAccessible(desk)
      await desk.getByRole('button', { name: `调整 ${representative} 的预测` }).click()
      const dialog = desk.getByRole('dialog', { name: `调整 ${representative} 的预测` })
      await dialog.getByRole('textbox', { name: '承诺（已成交之外）' }).fill('12万')
      await dialog.getByRole('button', { name: /保\s?存/ }).click()
      await expect(dialog.getByRole('alert')).toHaveText('请说明原因')
      await dialog.getByRole('textbox', { name: '原因' }).fill('客户预算未批')
      await dialog.getByRole('button', { name: /保\s?存/ }).click()
      await expect(dialog).toBeHidden()
      await expect(desk.getByText('已调整', { exact: true }).first()).toBeVisible()
      await desk.getByText('累计', { exact: true }).click()
      await expect(desk.getByText('已调整', { exact: true }).first()).toBeVisible()
      await desk.getByRole('button', { name: new RegExp(`${representative} 承诺 背后的商机`) }).click()
      await expect(desk.getByRole('dialog').getByText('合计')).toBeVisible()
      await desk.keyboard.press('Escape')
    })

    await test.step('everything said is kept, and the system has its own word', async () => {
      await desk.goto(`${demo.url}/forecast?view=history`)
      await expect(desk.getByText('客户预算未批')).toBeVisible()
      await desk.getByRole('checkbox', { name: /^选择/ }).last().check()
      await desk.getByRole('button', { name: '与现在对比' }).click()
      await expect(desk.getByText('当时', { exact: true })).toBeVisible()
      await desk.goto(`${demo.url}/forecast?view=system`)
      await expect(desk.getByText('80% 区间').first()).toBeVisible()
      await expect(desk.getByText(/区间命中/)).toBeVisible()
      await expectAccessible(desk)
    })

    await test.step('every figure of the system opens to what it is made of', async () => {
      await desk.getByRole('button', { name: /系统预计 背后的商机/ }).click()
      const sums = desk.getByRole('dialog', { name: '系统预计' })
      await sums.getByRole('button', { name: /进行中商机/ }).click()
      const open = desk.getByRole('dialog', { name: '进行中商机' })
      await expect(open.getByText('合计')).toBeVisible()
      await expect(open.getByText(/每个商机计入 = 金额 × 赢率/)).toBeVisible()
      await expectAccessible(desk)
      await desk.goto(`${demo.url}/forecast?view=system&system=unseen`)
      await expect(desk.getByRole('dialog').getByText(/近 \d+ 天平均每天赢单/)).toBeVisible()
    })

    await test.step('accuracy ranks submitters, and opens what was said and what came', async () => {
      await desk.goto(`${demo.url}/forecast?view=accuracy`)
      const ranking = desk.getByRole('region', { name: '准确度' })
      await ranking.getByRole('button', { expanded: false }).first().click()
      await expectAccessible(desk)
      await ranking
        .getByRole('button', { name: /承诺落点/ })
        .first()
        .click()
      await expect(desk.getByRole('dialog', { name: '当时的提交' }).getByText('当时已成交')).toBeVisible()
      await desk.keyboard.press('Escape')
      await ranking.getByRole('button', { name: /实际/ }).first().click()
      await expect(desk.getByRole('dialog', { name: '实际成交的商机' }).getByText('合计')).toBeVisible()
    })

    await test.step('the outlook opens to its months, their records and what the landing rests on', async () => {
      await desk.goto(`${demo.url}/targets/outlook?metric=signed_amount`)
      await desk.getByRole('button', { name: '逐月明细' }).click()
      await desk
        .getByRole('dialog', { name: '逐月明细' })
        .getByRole('button', { name: /背后的记录/ })
        .nth(1)
        .click()
      await expect(desk.getByText(/与达成数一致/)).toBeVisible()
      await desk.goto(`${demo.url}/targets/outlook?metric=signed_amount&behind=driver:capacity`)
      await expect(desk.getByRole('dialog').getByText('人数（新人按爬坡折算）')).toBeVisible()
      await expectAccessible(desk)
    })

    await test.step('the representative reads what was made of the own number, and why', async () => {
      await phone.goto(`${demo.url}/forecast?view=history`)
      await expect(phone.getByText('提交', { exact: true }).first()).toBeVisible()
      await expect(phone.getByText('客户预算未批').first()).toBeVisible()
      await expectNoSidewaysScroll(phone)
    })
  })
})
