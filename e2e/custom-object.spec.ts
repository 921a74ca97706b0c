import type { Page } from '@playwright/test'
import { inWords, type LabelParams, type Language } from '#base/label.ts'
import { filterWords } from '#features/objects/web/filter/words.ts'
import { importWords } from '#features/objects/web/import/words.ts'
import { shapeWords } from '#features/shaping/web/words.ts'
import { viewWords } from '#features/views/web/words.ts'
import { choose } from './harness/controls.ts'
import { signInAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible } from './harness/journey.ts'

const drawer = (page: Page) => page.locator('.ant-drawer').getByRole('dialog')

/** What a company calls its object, its field, its choices and two records, in the language of the one who makes them. */
const named = {
  zh: { object: '样机', field: '状况', choices: ['在库', '借出'], price: '押金', records: ['一号样机', '二号样机', '三号样机'] },
  en: { object: 'Sample', field: 'Condition', choices: ['In stock', 'Lent'], price: 'Deposit', records: ['Sample one', 'Sample two', 'Sample three'] },
} as const // prettier-ignore

for (const language of ['zh', 'en'] as const) {
  test.describe(`operations, in ${language === 'zh' ? 'Chinese' : 'English'},`, () => {
    test('add an object and use it in a form, an import, a list and a filter', async ({ demo, desk }) => {
      const say = sayIn(language)
      const { object, field, choices, price, records } = named[language]
      const [inStock, lent] = choices
      const save = async () => {
        await drawer(desk).getByRole('button', { name: /^(保\s?存|Save)$/ }).click()
        await expect(drawer(desk)).toBeHidden()
      } // prettier-ignore
      await signInAs(desk, demo.url, '何静怡')
      await desk.goto(`${demo.url}/me`)
      await desk.getByText(language === 'zh' ? '中文' : 'English', { exact: true }).click()

      await test.step('made without code', async () => {
        await desk.goto(`${demo.url}/shape`)
        await desk.getByRole('button', { name: say(shapeWords.labels.newObject) }).click()
        const dialog = desk.getByRole('dialog', { name: say(shapeWords.labels.newObject) })
        for (const label of [shapeWords.labels.chinese, shapeWords.labels.english]) {
          const name = say(label, { name: say(shapeWords.labels.objectName) })
          await dialog.getByRole('textbox', { name, exact: true }).fill(object)
        }
        await dialog.getByRole('button', { name: /^(保\s?存|Save)$/ }).click()
        await expect(desk.getByRole('heading', { level: 1, name: object })).toBeVisible()

        const beginField = async (type: string, name: string) => {
          await desk.getByRole('button', { name: say(shapeWords.labels.addField) }).click()
          await drawer(desk)
            .getByRole('button', { name: new RegExp(`^${type}`) })
            .first()
            .click()
          const label = say(shapeWords.labels.chinese, { name: say(shapeWords.labels.fieldName) })
          await drawer(desk).getByRole('textbox', { name: label }).fill(name)
        }
        await beginField(language === 'zh' ? '单选' : 'Choice', field)
        for (const [at, choice] of choices.entries()) {
          const label = say(shapeWords.labels.chinese, { name: say(shapeWords.labels.choiceNumber, { n: at + 1 }) })
          await drawer(desk).getByRole('textbox', { name: label }).fill(choice)
        }
        await drawer(desk).getByText(say(shapeWords.labels.oftenFiltered), { exact: true }).click()
        await save()
        await beginField(language === 'zh' ? '金额' : 'Money', price)
        await save()
      })

      await test.step('filled in by a form', async () => {
        await desk.getByRole('navigation').getByRole('link', { name: object }).click()
        await desk.getByRole('button', { name: say(viewWords.labels.new, { object }) }).first().click()
        const form = desk.getByRole('dialog')
        await form.getByRole('textbox').first().fill(records[0])
        await choose(desk, field, lent)
        await form.getByRole('textbox', { name: price }).fill('1200.5')
        await form.getByRole('button', { name: /^(保\s?存|Save)$/ }).click()
        await expect(desk.getByRole('dialog').getByText(records[0]).first()).toBeVisible()
        await desk.keyboard.press('Escape')
      }) // prettier-ignore

      await test.step('and by an import', async () => {
        await desk.getByRole('button', { name: say(viewWords.labels.import), exact: true }).click()
        const lines = [
          [nameIn[language], field, price],
          [records[1], inStock, language === 'zh' ? '1.2万' : '12,000'],
          [records[2], lent, '800'],
        ]
        await desk.getByLabel(say(importWords.labels.paste)).fill(lines.map((line) => line.join('\t')).join('\n'))
        await desk.getByRole('button', { name: say(importWords.labels.usePasted) }).click()
        await expect(desk.getByText(say(importWords.labels.matched, { n: 3, all: 3 }))).toBeVisible()
        await desk.getByRole('button', { name: say(importWords.labels.check) }).click()
        await desk.getByRole('button', { name: say(importWords.labels.start, { n: 2 }) }).click()
        await expect(desk.getByRole('button', { name: say(importWords.labels.again) })).toBeVisible({ timeout: 30_000 })
      })

      await test.step('found in a list by a filter', async () => {
        await desk.getByRole('navigation').getByRole('link', { name: object }).click()
        for (const record of records) await expect(desk.getByText(record, { exact: true })).toBeVisible()
        await desk.getByRole('button', { name: say(filterWords.labels.open) }).click()
        await desk.getByRole('combobox', { name: say(filterWords.labels.asText) }).fill(`${field}:${lent}`)
        await desk.getByRole('button', { name: say(filterWords.labels.apply), exact: true }).click()
        await expect(desk.getByText(records[1], { exact: true })).toBeHidden()
        for (const record of [records[0], records[2]])
          await expect(desk.getByText(record, { exact: true })).toBeVisible()
        await expect(
          desk.getByRole('gridcell', { name: language === 'zh' ? '2,000.5' : '2K', exact: true }),
        ).toBeVisible()
        await expectAccessible(desk)
      })
      await desk.goto(`${demo.url}/me`)
      await desk.getByText('中文', { exact: true }).click()
    })
  })
}

const nameIn = { zh: '名称', en: 'Name' } as const

function sayIn(language: Language) {
  return (label: { readonly zh: string; readonly en: string }, params?: LabelParams) => inWords(label, language, params)
}
