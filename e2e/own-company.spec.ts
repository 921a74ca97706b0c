import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { realData } from '#testing/real-data.ts'
import { choose } from './harness/controls.ts'
import { read, send } from './harness/api.ts'
import { expect, expectAccessible, test, useTerrace } from './harness/journey.ts'

const folder = realData('maven-crm')
const files = ['sales_teams.csv', 'products.csv', 'accounts.csv', 'sales_pipeline.csv']
const house = useTerrace()

interface Tree {
  readonly name: string
  readonly kind: string
  readonly actual: string | null
  readonly target: string | null
  readonly children: readonly Tree[]
}

interface Plan {
  readonly plan: { readonly id: string; readonly total: string }
  readonly rows: readonly { readonly id: string; readonly parentId: string | null; readonly months: string[] }[]
}

async function chooseFiles(page: Page, button: Locator, ...paths: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await button.click()
  await (await chooser).setFiles([...paths])
}

/** Every tier's months are the sum of the tier below, and all is the total. */
async function expectExactSums(page: Page, planId: string, total: string): Promise<void> {
  const { plan, rows } = await read<Plan>(page, `/api/v1/plans/${planId}`)
  const cents = (months: readonly string[]) => months.map((month) => Math.round(Number(month) * 100))
  const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0)
  expect(plan.total).toBe(total)
  for (const row of rows) {
    const below = rows.filter(({ parentId }) => parentId === row.id).map(({ months }) => cents(months))
    if (row.parentId === null) expect(sum(cents(row.months))).toBe(Number(total) * 100)
    if (below.length === 0) continue
    expect(cents(row.months), row.id).toEqual(
      row.months.map((_, month) => sum(below.map((months) => months[month] ?? 0))),
    )
  }
}

test.describe('operations set up their own company', () => {
  test.skip(!folder, 'the files are not at hand (TERRACE_REAL_DATA)')

  test('by the wizard in English, import four files, and find every figure and a plan that sums exactly', async ({
    desk,
  }) => {
    await desk.goto(house.url)
    await test.step('four steps make the company', async () => {
      await desk.getByText('English', { exact: true }).click()
      await desk.getByRole('button', { name: 'Begin' }).click()
      await desk.getByLabel('Company name').fill('Maven Hardware')
      await expectAccessible(desk)
      await desk.getByRole('button', { name: 'Next' }).click()
      await choose(desk, 'Base currency', 'USD')
      await desk.getByRole('button', { name: 'Next' }).click()
      await expect(desk.getByRole('textbox', { name: 'Level 1' })).toHaveValue(/./)
      await desk.getByRole('button', { name: 'Next' }).click()
      await desk.getByLabel('Your name').fill('Ops Person')
      await desk.getByLabel('E-mail or phone').fill('ops@maven.example')
      await desk.getByLabel('Password', { exact: true }).fill('steps-of-a-field-7')
      await desk.getByRole('button', { name: 'Create the company' }).click()
      await expect(desk.getByRole('heading', { name: '“Maven Hardware” is ready' })).toBeVisible()
    })

    await test.step('four files are imported in one go', async () => {
      await desk.getByRole('button', { name: 'Import files' }).click()
      await desk.getByText('A set of files').click()
      await chooseFiles(
        desk,
        desk.getByRole('button', { name: 'Choose the description' }),
        join('testing', 'real-data', 'maven-crm.json'),
      )
      const paths = files.map((file) => join(folder ?? '', file))
      await chooseFiles(desk, desk.getByText('Drop these files here, or click to choose'), ...paths)
      await expect(desk.getByText('✓ ready')).toHaveCount(4)
      await expectAccessible(desk)
      await desk.getByRole('button', { name: 'Import 4 files in order' }).click()
      await expect(desk.getByRole('button', { name: 'Import another' })).toBeVisible({ timeout: 90_000 })
      await expect(desk.getByText('✓ Done')).toHaveCount(4)
      await expect(desk.getByText('8,800 / 8,800')).toBeVisible()
    })

    await test.step('the cockpit shows the figures of 2017', async () => {
      await desk.goto(`${house.url}/targets?period=2017`)
      await expect(desk.getByRole('heading', { level: 1, name: /Maven Hardware/ })).toBeVisible()
      const figure = (name: string, exact: string) =>
        desk.getByRole('button', { name: new RegExp(`Records behind Actual of ${name} .*\\b${exact}\\b`) }).first()
      await expect(figure('Maven Hardware', '10,005,534')).toBeVisible()
      await expect(figure('Central', '3,346,293')).toBeVisible()
      await expect(figure('East', '3,090,594')).toBeVisible()
      await expect(figure('West', '3,568,647')).toBeVisible()
      await expectAccessible(desk)
      await figure('East', '3,090,594').click()
      const records = desk.getByRole('dialog')
      await expect(records.getByText('Equals the figure')).toBeVisible()
      await expect(records.getByText(/3,090,594/).first()).toBeVisible()
    })

    await test.step('a plan of 12,000,000 by the results of 2017 sums exactly', async () => {
      await desk.goto(`${house.url}/targets/plans?period=2017`)
      await desk.getByRole('textbox', { name: 'Total of the year' }).fill('12M')
      await choose(desk, 'Cascade by', 'Results of the base year')
      await choose(desk, 'Base year', '2017')
      await desk.getByRole('button', { name: 'Make and cascade' }).click()
      await expect(desk.getByRole('treegrid', { name: 'Target plan' })).toBeVisible()
      await expectAccessible(desk)
      const { plans } = await read<{ plans: { id: string }[] }>(desk, '/api/v1/plans?metric=signed_amount&year=2017')
      await expectExactSums(desk, plans[0]?.id ?? '', '12000000')
      const tree = () => read<Tree>(desk, '/api/v1/metrics/signed_amount/tree?period=2017')
      // A draft is nobody's target yet.
      expect(await tree()).toMatchObject({ actual: '10005534', target: null })
      await desk.getByRole('button', { name: 'Publish', exact: true }).click()
      await expect(desk.getByText('Published', { exact: true })).toBeVisible()
      expect(await tree()).toMatchObject({ actual: '10005534', target: '12000000' })
    })

    await test.step('so does one that is shared out equally', async () => {
      const { status, body } = await send<Plan>(desk, '/api/v1/plans', {
        metric: 'signed_amount',
        year: 2018,
        total: '12000000',
        cascade: { method: 'equal', season: 'even' },
      })
      expect(status).toBe(200)
      await expectExactSums(desk, body.plan.id, '12000000')
    })
  })
})
