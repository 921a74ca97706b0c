import { fxiaokeExport } from '../testing/sample-exports.ts'
import { signInAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

test('a company that used 纷享销客 brings its customers with one click, and a column of its own as a new field', async ({
  demo,
  desk,
}) => {
  await signInAs(desk, demo.url, '何静怡')
  await desk.goto(`${demo.url}/import`)
  const buffer = await fxiaokeExport({ 甲: '何静怡', 乙: '' })
  await desk.locator('input[type=file]').setInputFiles({ name: '纷享销客.xlsx', mimeType: workbook, buffer })

  await test.step('the file is recognised, its first sheet are customers', async () => {
    await expect(desk.getByText('这是“纷享销客”导出的客户')).toBeVisible()
    await desk.getByRole('button', { name: '使用现成的对应关系' }).click()
    await expect(desk.getByText(/已对应 9 \/ 15 列/)).toBeVisible()
    await expectAccessible(desk)
    await expectNoSidewaysScroll(desk)
  })

  await test.step('a column without a field becomes one', async () => {
    const column = desk.getByRole('listitem').filter({ hasText: '客户级别' })
    await column.getByRole('button', { name: '新建字段' }).click()
    await expect(column.getByText('客户级别', { exact: true })).toBeVisible()
    await expect(column.getByRole('button', { name: '新建字段' })).toBeHidden()
  })

  await test.step('what nobody owns goes to a chosen person', async () => {
    await desk.getByRole('combobox', { name: '分配负责人' }).fill('何静怡')
    await desk.keyboard.press('Enter')
    await desk.keyboard.press('Escape')
    await desk.getByRole('button', { name: '检查数据' }).click()
    await expect(desk.getByText('何静怡 1 条')).toBeVisible()
    await expectAccessible(desk)
  })

  await test.step('and is there', async () => {
    await desk.getByRole('button', { name: '导入 2 行' }).click()
    await expect(desk.getByRole('button', { name: '再导入一个' })).toBeVisible({ timeout: 30_000 })
    await expect(desk.getByText('没有负责人的新记录依次分给：何静怡')).toBeVisible()
    await desk.getByRole('link', { name: '查看数据' }).click()
    await expect(desk.getByText('江南阀门厂').first()).toBeVisible()
    const found = await desk.request.post(`${demo.url}/api/v1/records/account/query`, {
      data: { filter: { field: 'code', op: 'eq', value: 'C-0002' } },
    })
    const { rows } = (await found.json()) as { rows: { names: object }[] }
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows[0])).toContain('普通客户')
    expect(Object.values(rows[0]?.names ?? {})).toContain('何静怡')
  })
})
