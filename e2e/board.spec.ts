import { expect, expectAccessible } from './harness/journey.ts'
import { enterAs, test } from './harness/demo-company.ts'
import { recordsOf } from './harness/api.ts'

test.describe('a representative without a mouse', () => {
  test('walks the board and moves a deal by keys, and another by choosing its stage', async ({ demo, desk }) => {
    await enterAs(desk, demo.url, '林晓雯')
    await desk.goto(`${demo.url}/pipeline`)
    const board = desk.getByRole('group', { name: '商机看板' })
    const cards = board.locator('section').first().locator('.deal-card')
    await cards.nth(1).waitFor()
    await cards.first().focus()
    await desk.keyboard.press('ArrowDown')
    await expect(cards.nth(1)).toBeFocused()

    const [next = '', further = ''] = (await board.getByRole('heading', { level: 2 }).allTextContents()).slice(1)
    const name = (await cards.nth(1).locator('.deal-name').textContent()) ?? ''
    const stageOf = async () =>
      (await recordsOf(desk, 'opportunity', { field: 'name', op: 'eq', value: name })).map(
        (deal) => deal.names['stage'],
      )
    await desk.keyboard.press('Space')
    await desk.keyboard.press('ArrowRight')
    await desk.keyboard.press('Space')
    await expect(desk.getByText(`“${name}”已移到 ${next}`)).toBeAttached()
    expect(await stageOf()).toContain(next)
    const moved = board.locator('section').nth(1).locator('.deal-card').filter({ hasText: name }).first()
    await expect(moved).toBeFocused()

    await desk.keyboard.press('Tab')
    await desk.keyboard.press('Enter')
    const choice = desk.getByRole('dialog', { name: `移动“${name}”到…` })
    await expect(choice.getByRole('button', { name: next })).toBeDisabled()
    await expectAccessible(desk)
    await choice.getByRole('button', { name: further, exact: true }).focus()
    await desk.keyboard.press('Enter')
    await expect(desk.getByText(`“${name}”已移到 ${further}`)).toBeAttached()
    expect(await stageOf()).toContain(further)
  })
})
