import type { Page } from '@playwright/test'
import { expect, expectAccessible } from './harness/journey.ts'
import { enterAs, test } from './harness/demo-company.ts'
import { read, recordsOf, send } from './harness/api.ts'

interface Units {
  readonly units: readonly { readonly id: string; readonly name: string }[]
}

const login = { identifier: 'boss@lin.example', password: 'lin-sheng-chang-2026' }

/** What somebody else has, as the director of the demo sees it. */
async function secretsOf(director: Page, url: string) {
  await enterAs(director, url, '周明远')
  const { units } = await read<Units>(director, '/api/v1/org/tree')
  const unit = units.find(({ name }) => name === '西南大区')
  const southwest = { field: 'ownerId', op: 'within', value: { unit: unit?.id } }
  const [account] = await recordsOf(director, 'account', southwest)
  const [deal] = await recordsOf(director, 'opportunity', southwest)
  if (!unit || !account || !deal) throw new Error('the demo lacks the southwest')
  return { unit, account, deal }
}

/** What the page gets when it looks for a name. */
async function answersFor(page: Page, name: string): Promise<readonly unknown[]> {
  const answer = await page.waitForResponse(
    (each) => each.url().endsWith('/account/query') && (each.request().postData() ?? '').includes(name),
  )
  const { rows } = (await answer.json()) as { rows: unknown[] }
  return rows
}

/** No way of the browser or the API leads to what is somebody else's. */
async function expectSealed(page: Page, url: string, { unit, account, deal }: Awaited<ReturnType<typeof secretsOf>>) {
  await test.step('the direct address of a record says that it is not there', async () => {
    await page.goto(`${url}/records/opportunity/${deal.id}`)
    await expect(page.getByRole('alert')).toBeVisible()
    await expect(page.getByText(deal.name)).toHaveCount(0)
    for (const path of [`opportunity/${deal.id}`, `opportunity/${deal.id}/history`, `account/${account.id}`])
      expect((await page.request.get(`${url}/api/v1/records/${path}`)).status(), path).toBe(404)
  })
  await test.step('the cockpit shows nothing of another unit', async () => {
    await page.goto(`${url}/targets?node=${unit.id}`)
    await expect(page.getByText('这个组织不在当前期间或您的范围内')).toBeVisible()
    // Colleagues know the names of the units; their figures are what is sealed.
    await expect(page.getByRole('main').getByText(unit.name)).toHaveCount(0)
    const behind = await page.request.get(`${url}/api/v1/metrics/signed_amount/records?node=${unit.id}`)
    expect([403, 404]).toContain(behind.status())
  })
  await test.step('the list finds nothing', async () => {
    await page.goto(`${url}/records/account`)
    const found = answersFor(page, account.name)
    await page.getByRole('searchbox', { name: '搜索客户名称' }).fill(account.name)
    await page.keyboard.press('Enter')
    expect(await found).toEqual([])
    await expect(page.getByRole('main').getByText(account.name, { exact: true })).toHaveCount(0)
    const totals = await send(page, '/api/v1/records/opportunity/totals', {
      filter: { field: 'name', op: 'eq', value: deal.name },
    })
    expect(totals).toMatchObject({ status: 200, body: { count: 0 } })
  })
  await test.step('neither do the pickers of a form', async () => {
    await page.goto(`${url}/records/contact`)
    await page
      .getByRole('button', { name: /新\s?建/ })
      .first()
      .click()
    const found = page.waitForResponse((each) => each.url().includes('/api/v1/search?') && each.url().includes('q='))
    await page.getByRole('dialog').getByRole('combobox', { name: /客户/ }).fill(account.name)
    expect(await (await found).json()).toEqual({ groups: [] })
  })
  await test.step('nor the search, whatever is typed', async () => {
    for (const text of [account.name, account.name.slice(0, 4), deal.name]) {
      const { groups } = await read<{ groups: { hits: { title: string }[] }[] }>(
        page,
        `/api/v1/search?q=${encodeURIComponent(text)}&limit=50`,
      )
      const titles = groups.flatMap(({ hits }) => hits.map(({ title }) => title))
      expect(titles).not.toContain(account.name)
      expect(titles).not.toContain(deal.name)
    }
  })
}

test.describe('nobody sees what is not theirs', () => {
  test('a second company in the same installation', async ({ demo, newDesk }) => {
    const secrets = await secretsOf(await newDesk(), demo.url)
    const { identifier, password } = login
    const names = ['--slug', 'lin', '--name', '林盛昌贸易', '--admin', identifier, '--password', password]
    expect(demo.command('company', 'create', ...names)).toMatchObject({ code: 0 })

    const page = await newDesk()
    await page.goto(`${demo.url}/sign-in`)
    await page.getByLabel('邮箱或手机号').fill(identifier)
    await page.getByLabel('密码', { exact: true }).fill(password)
    await page.getByRole('button', { name: /^登\s?录$/ }).click()
    await expect(page).not.toHaveURL(/sign-in/)
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    await expectAccessible(page)
    for (const object of ['account', 'contact', 'opportunity', 'order', 'payment', 'activity', 'task'])
      expect(await recordsOf(page, object), object).toEqual([])
    const { units } = await read<Units>(page, '/api/v1/org/tree')
    expect(units.map(({ name }) => name)).toEqual(['林盛昌贸易'])
    await expectSealed(page, demo.url, secrets)
  })

  test('a representative of the demo company', async ({ demo, newDesk }) => {
    const secrets = await secretsOf(await newDesk(), demo.url)
    const page = await newDesk()
    await enterAs(page, demo.url, '林晓雯')
    const me = await read<{ person: { id: string } }>(page, '/api/v1/me')
    for (const object of ['account', 'opportunity', 'order', 'task']) {
      const rows = await recordsOf(page, object)
      expect(rows.length, object).toBeGreaterThan(0)
      expect(
        rows.filter(({ ownerId }) => ownerId !== me.person.id),
        object,
      ).toEqual([])
    }
    await expectSealed(page, demo.url, secrets)
  })
})
