import { readingsOf } from '#engine/search/syllables.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'
import { enterAs, signInAs, test } from './harness/demo-company.ts'
import { choose } from './harness/controls.ts'
import { recordsOf } from './harness/api.ts'

const initialsOf = (name: string) => [...name].map((character) => readingsOf(character)[0]?.charAt(0) ?? '').join('')

/** What a representative reads, in each language. */
const words = {
  zh: { search: '搜索', accounts: '客户', create: '新建跟进', kind: /方式/, visit: '拜访', subject: /主题/ },
  en: {
    search: 'Search',
    accounts: 'Accounts',
    create: 'New Activity',
    kind: /Kind/,
    visit: 'Visit',
    subject: /Subject/,
  },
} as const

test.describe('the search', () => {
  for (const language of ['zh', 'en'] as const) {
    test(`leads a representative with a phone from initials to a noted visit, in ${language === 'zh' ? 'Chinese' : 'English'}`, async ({
      demo,
      phone,
    }) => {
      const said = words[language]
      await signInAs(phone, demo.url, '林晓雯')
      await phone.goto(`${demo.url}/me`)
      await phone.getByText(language === 'zh' ? '中文' : 'English', { exact: true }).tap()
      const [account] = (await recordsOf(phone, 'account')).slice(3)
      const name = account?.name ?? ''

      await phone.getByRole('button', { name: said.search }).tap()
      const field = phone.getByRole('combobox', { name: said.search })
      await expect(field).toBeFocused()
      await field.fill(initialsOf(name.slice(0, 6)))
      const customers = phone.getByRole('group', { name: said.accounts, exact: true })
      await expect(customers.getByRole('option', { name })).toBeVisible()
      await expectAccessible(phone)
      await expectNoSidewaysScroll(phone)
      await customers.getByRole('option', { name }).tap()

      const record = phone.getByRole('dialog')
      await expect(record.getByText(name).first()).toBeVisible()
      await record.getByRole('button', { name: said.create }).tap()
      await choose(phone, said.kind, said.visit)
      const subject = `看样机 ${language}`
      await phone.getByRole('textbox', { name: said.subject }).fill(subject)
      await phone
        .getByRole('dialog')
        .last()
        .getByRole('button', { name: /^(保\s?存|Save)$/ })
        .tap()
      await expect(record.getByRole('button', { name: new RegExp(subject) })).toBeVisible()
      await expectNoSidewaysScroll(phone)
      await phone.goto(`${demo.url}/me`)
      await phone.getByText('中文', { exact: true }).tap()
    })
  }

  test('is worked by keys alone: from a record to a star, from a command to a page', async ({ demo, desk }) => {
    await enterAs(desk, demo.url, '林晓雯')
    const [account] = (await recordsOf(desk, 'account')).slice(5)
    const name = account?.name ?? ''

    await desk.keyboard.press('Control+k')
    const field = desk.getByRole('combobox', { name: '搜索' })
    await expect(field).toBeFocused()
    await field.fill(name)
    const option = desk.getByRole('group', { name: '客户', exact: true }).getByRole('option', { name })
    await expect(option).toHaveAttribute('aria-selected', 'true')
    await expectAccessible(desk)
    await desk.keyboard.press('Enter')
    await desk.getByRole('dialog').getByRole('button', { name: '收藏', exact: true }).click()
    await expect(desk.getByRole('dialog').getByRole('button', { name: '取消收藏' })).toBeVisible()
    await desk.keyboard.press('Escape')

    await desk.keyboard.press('Control+k')
    await expect(desk.getByRole('group', { name: '最近打开' }).getByRole('option', { name })).toBeVisible()
    await expect(desk.getByRole('group', { name: '收藏' }).getByRole('option', { name })).toBeVisible()
    await expectAccessible(desk)

    await field.fill('没有这样的名字')
    await expect(desk.getByText('没有找到“没有这样的名字”')).toBeVisible()
    await field.fill('qwdd')
    await expect(desk.getByRole('option', { name: '前往：订单' })).toHaveAttribute('aria-selected', 'true')
    await desk.keyboard.press('Enter')
    await expect(desk).toHaveURL(/\/records\/order/)
    await expect(field).toBeHidden()
  })
})
