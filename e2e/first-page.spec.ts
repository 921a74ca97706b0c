import { expect, expectAccessible, expectNoSidewaysScroll, test, useTerrace } from './harness/journey.ts'

const house = useTerrace()

test.describe('the first page of an empty installation', () => {
  test('offers to create a company or to try the demo, on a desk', async ({ desk }) => {
    await desk.goto(house.url)
    await expect(desk.getByText(/演示/).first()).toBeVisible()
    await expectAccessible(desk)
  })

  test('fits a phone', async ({ phone }) => {
    await phone.goto(house.url)
    await expect(phone.getByText(/演示/).first()).toBeVisible()
    await expectNoSidewaysScroll(phone)
    await expectAccessible(phone)
  })

  test('keeps the address of a page that only the web app knows', async ({ desk }) => {
    const answer = await desk.goto(`${house.url}/somewhere/else`)
    expect(answer?.status()).toBe(200)
  })

  test('asks nothing of any other host', async ({ newDesk }) => {
    const page = await newDesk()
    const hosts = new Set<string>()
    page.on('request', (request) => hosts.add(new URL(request.url()).host))
    await page.goto(house.url, { waitUntil: 'networkidle' })
    expect([...hosts]).toEqual([new URL(house.url).host])
  })

  test('shows the API to browse', async ({ desk }) => {
    await desk.goto(`${house.url}/api/docs`)
    await desk.locator('[id="operations-tag-auth"]').click()
    await expect(desk.getByText('/api/v1/auth/sign-in')).toBeVisible()
  })
})
