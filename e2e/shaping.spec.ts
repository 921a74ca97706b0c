import type { Page } from '@playwright/test'
import { choose } from './harness/controls.ts'
import { enterAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'

const drawer = (page: Page) => page.locator('.ant-drawer').getByRole('dialog')

async function save(page: Page): Promise<void> {
  await drawer(page)
    .getByRole('button', { name: /保\s?存|Save/ })
    .click()
  await expect(drawer(page)).toBeHidden()
}

async function beginField(page: Page, type: string, name: string): Promise<void> {
  await page.getByRole('button', { name: '添加字段' }).click()
  await drawer(page)
    .getByRole('button', { name: new RegExp(`^${type}`) })
    .first()
    .click()
  await drawer(page).getByRole('textbox', { name: '字段名称（中文）' }).fill(name)
}

test.describe('operations shape the records', () => {
  test('by an object of their own and a field of customers, seen at once in both languages', async ({ demo, desk }) => {
    await enterAs(desk, demo.url, '何静怡')
    const pages = desk.getByRole('navigation')
    await pages.getByRole('link', { name: '对象与字段' }).click()
    await expect(desk.getByRole('heading', { level: 1, name: '对象与字段' })).toBeVisible()
    await expectAccessible(desk)

    await test.step('an object with a number of its own, choices, a reference, a formula', async () => {
      await desk.getByRole('button', { name: '新建对象' }).click()
      const dialog = desk.getByRole('dialog', { name: '新建对象' })
      await dialog.getByRole('button', { name: /保\s?存/ }).click()
      await expect(dialog.getByText('请填写名称')).toBeVisible()
      await dialog.getByRole('textbox', { name: '名称（中文）', exact: true }).fill('农机')
      await dialog.getByRole('textbox', { name: '名称（英文）', exact: true }).fill('Machine')
      await dialog.getByRole('textbox', { name: '列表名称（英文）' }).fill('Machines')
      await expectAccessible(desk)
      await dialog.getByRole('button', { name: /保\s?存/ }).click()
      await expect(desk.getByRole('heading', { level: 1, name: '农机' })).toBeVisible()

      await desk.getByRole('button', { name: '添加字段' }).click()
      await expectAccessible(desk)
      await drawer(desk)
        .getByRole('button', { name: /^自动编号/ })
        .click()
      await expect(drawer(desk).getByText(/第一个编号：HT-\d{4}-0001/)).toBeVisible()
      await drawer(desk).getByRole('textbox', { name: '字段名称（中文）' }).fill('机号')
      await save(desk)

      await beginField(desk, '单选', '机型')
      await drawer(desk).getByRole('textbox', { name: '选项 1（中文）' }).fill('拖拉机')
      await drawer(desk).getByRole('textbox', { name: '选项 1（英文）' }).fill('Tractor')
      await drawer(desk).getByRole('textbox', { name: '选项 2（中文）' }).fill('收割机')
      await choose(desk, '颜色 1', '绿')
      await expectAccessible(desk)
      await save(desk)

      await beginField(desk, '关联', '客户')
      await choose(desk, '关联的对象', '客户')
      await save(desk)

      await beginField(desk, '金额', '售价')
      await save(desk)

      await beginField(desk, '公式', '一成')
      const formula = drawer(desk).getByRole('textbox', { name: '公式' })
      await formula.fill('nothing * 2')
      await expect(drawer(desk).getByRole('alert')).toContainText('nothing')
      await formula.fill('')
      await choose(desk, '插入字段', '售价')
      await formula.press('End')
      await formula.pressSequentially(' * 0.1')
      await expect(drawer(desk).getByText('公式正确')).toBeVisible()
      await save(desk)
      await expect(desk.locator('.shape-row').filter({ hasText: '一成' })).toContainText('公式')
    })

    await test.step('a form of two sections, designed with the keyboard', async () => {
      await desk.getByRole('tab', { name: '表单' }).click()
      await desk.getByRole('button', { name: '添加分组' }).click()
      const second = desk.getByRole('region', { name: '分组 2' })
      await second.getByRole('textbox', { name: '分组名称（中文）' }).fill('价格')
      const price = desk.getByRole('region', { name: '价格' })
      await desk.getByRole('button', { name: '“售价”的更多操作' }).click()
      await desk.getByRole('menuitem', { name: '移到“价格”' }).click()
      await desk.getByRole('button', { name: '“一成”的更多操作' }).click()
      await desk.getByRole('menuitem', { name: '移到“价格”' }).click()
      await expect(price.getByRole('button', { name: /^移动“/ })).toHaveText([/售价/, /一成/])
      const handle = price.getByRole('button', { name: '移动“一成”' })
      // Keys count from the moment on which the field is taken up, which takes the page a while.
      await expect(async () => {
        await handle.focus()
        await desk.keyboard.press('Space')
        await expect(handle).toHaveAttribute('aria-pressed', 'true', { timeout: 2000 })
        await desk.keyboard.press('ArrowLeft')
        await desk.keyboard.press('Space')
        await expect(price.getByRole('button', { name: /^移动“/ })).toHaveText([/一成/, /售价/], { timeout: 2000 })
      }).toPass()
      await expectAccessible(desk)
      await desk.getByText('手机预览').click()
      await expect(desk.locator('.preview').getByText('售价')).toBeVisible()
      await desk.getByRole('button', { name: '保存表单' }).click()
      await expect(desk.getByText('表单已保存')).toBeVisible()
    })

    await test.step('a rule that refuses what makes no sense', async () => {
      await desk.getByRole('tab', { name: '校验规则' }).click()
      await desk.getByRole('button', { name: '添加规则' }).click()
      await drawer(desk).getByRole('textbox', { name: '规则名称（中文）' }).fill('售价上限')
      await drawer(desk).getByRole('textbox', { name: '提示文字（中文）' }).fill('售价不能超过一千万')
      await drawer(desk).getByRole('button', { name: '添加条件' }).click()
      await desk.getByRole('combobox', { name: '写成文字' }).fill('售价>1000万')
      await expect(desk.locator('.filter-words')).toHaveText('售价大于 1,000 万')
      await desk.getByRole('button', { name: '应用', exact: true }).click()
      await expect(drawer(desk).getByRole('button', { name: '售价大于 1,000 万', exact: true })).toBeVisible()
      await save(desk)
      await expect(desk.getByText('售价不能超过一千万')).toBeVisible()
    })

    await test.step('a field of customers, deleted and taken back', async () => {
      await desk.goto(`${demo.url}/shape?object=account`)
      await beginField(desk, '数字', '装机数')
      await drawer(desk).getByRole('textbox', { name: '字段名称（英文）' }).fill('Machines in use')
      await save(desk)
      const row = desk.locator('.shape-row').filter({ hasText: '装机数' })
      await expect(row).toBeVisible()
      await desk.getByRole('button', { name: '删除“装机数”' }).click()
      await desk.getByRole('button', { name: /撤\s?销/ }).click()
      await expect(row).toContainText('数字')
      await desk.getByRole('link', { name: '打开列表' }).click()
      await expect(desk.getByRole('columnheader', { name: '装机数' })).toBeVisible()
    })

    await test.step('the object stands in navigation, in both languages', async () => {
      await pages.getByRole('link', { name: '农机' }).click()
      await expect(desk.getByRole('heading', { level: 1, name: '农机' })).toBeVisible()
      await desk.goto(`${demo.url}/me`)
      await desk.getByText('English', { exact: true }).click()
      await pages.getByRole('link', { name: 'Machines' }).click()
      await expect(desk.getByRole('heading', { level: 1, name: 'Machines' })).toBeVisible()
      await desk.goto(`${demo.url}/records/account`)
      await expect(desk.getByRole('columnheader', { name: 'Machines in use' })).toBeVisible()
      await desk.goto(`${demo.url}/shape`)
      await expect(desk.getByRole('link', { name: 'Machine', exact: true })).toBeVisible()
    })

    await test.step('it fits a phone, and what uses the object is named before it goes', async () => {
      await desk.setViewportSize({ width: 390, height: 844 })
      for (const part of ['', '&part=form', '&part=rules']) {
        await desk.goto(`${demo.url}/shape?object=machine__c${part}`)
        await expect(desk.getByRole('heading', { level: 1, name: 'Machine' })).toBeVisible()
        await expectNoSidewaysScroll(desk)
        await expectAccessible(desk)
      }
      await desk.setViewportSize({ width: 1440, height: 900 })
      await desk.goto(`${demo.url}/shape`)
      await desk.getByRole('button', { name: 'More for “Machine”' }).click()
      await desk.getByRole('menuitem', { name: 'Delete' }).click()
      await desk
        .getByRole('dialog')
        .getByRole('button', { name: /Delete/ })
        .click()
      await desk.getByText('Recently deleted (1)').click()
      await desk.getByRole('button', { name: 'Restore “Machine”' }).click()
      await expect(desk.getByRole('link', { name: 'Machine', exact: true })).toBeVisible()
    })
  })
})
