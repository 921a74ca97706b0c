import { expect, expectAccessible } from './harness/journey.ts'
import { signInAs, test } from './harness/demo-company.ts'
import { recordsOf } from './harness/api.ts'

test.describe('a representative without a mouse', () => {
  test('walks the board and moves a deal by keys, and another by choosing its stage', async ({ demo, desk }) => {
    await signInAs(desk, demo.url, '林晓雯')
    await desk.goto(`${demo.url}/pipeline`)
    const board = desk.getByRole('group', { name: '商机看板' })
    await board.locator('.deal-card').first().waitFor()
    const counts = await board
      .locator('section')
      .evaluateAll((stages) => stages.map((stage) => stage.querySelectorAll('.deal-card').length))
    // Two deals beside each other, and two stages further on to move to.
    const at = counts.findIndex((count) => count >= 2)
    expect(at).toBeGreaterThanOrEqual(0)
    const cards = board.locator('section').nth(at).locator('.deal-card')
    await cards.first().focus()
    await desk.keyboard.press('ArrowDown')
    await expect(cards.nth(1)).toBeFocused()

    const [next = '', further = ''] = (await board.getByRole('heading', { level: 2 }).allTextContents()).slice(at + 1)
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
    const moved = board
      .locator('section')
      .nth(at + 1)
      .locator('.deal-card')
      .filter({ hasText: name })
      .first()
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
