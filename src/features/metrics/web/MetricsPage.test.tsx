import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, buildMe, renderScreen, type Asked } from '#testing/render-screen.tsx'
import { MetricsPage } from './MetricsPage.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const both = (zh: string, en = zh) => ({ zh, en })
const field = (key: string, type: string, name: string) => ({ key, type, label: both(name), readOnly: false })
const can = { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true }
const objects = [
  {
    key: 'plot__c', label: both('地块'), labelOfMany: both('地块'), title: 'name', custom: true, defaultSort: [], can,
    fields: [
      field('name', 'text', '名称'), field('ownerId', 'owner', '负责人'), field('rent__c', 'money', '租金'),
      field('signedOn__c', 'date', '签约日期'),
    ],
  },
  {
    key: 'product', label: both('产品'), labelOfMany: both('产品'), title: 'name', defaultSort: [], can,
    fields: [field('name', 'text', '名称')],
  },
] // prettier-ignore

const standard = {
  key: 'won_deals', label: both('赢单数'), formula: both('赢单商机的个数'), kind: 'flow', unit: 'count', better: 'higher',
  own: null,
} // prettier-ignore
const definition = {
  label: both('租金总额'), of: 'plot__c', aggregate: 'sum', field: 'rent__c', at: 'signedOn__c', unit: 'money',
  better: 'higher',
} // prettier-ignore
const own = {
  key: 'rent__c', label: definition.label, formula: both('地块的租金之和，按签约日期'), kind: 'flow', unit: 'money',
  better: 'higher', own: { version: 1, definition, state: 'filling', progress: 0.43 },
} // prettier-ignore

const me = buildMe({ permissions: ['metric.manage'] })

function show(answer: (asked: Asked) => { status?: number; json: unknown } | undefined = () => undefined): Asked[] {
  const log = answerNetwork((asked) => {
    const special = answer(asked)
    if (special) return special
    if (asked.path.startsWith('/api/v1/objects')) return { json: { objects } }
    if (asked.path === '/api/v1/own-metrics/preview') {
      return {
        json: {
          formula: both('地块的租金之和，按签约日期', 'Sum of Rent over Plots, by Signed on'),
          unit: 'money',
          figure: '180.75',
          records: 2266,
          period: { key: '2026', label: both('2026年', '2026') },
        },
      }
    }
    if (asked.path === '/api/v1/own-metrics' && asked.method === 'GET') return { json: { metrics: [standard, own] } }
    return undefined
  })
  renderScreen(<MetricsPage />, { me })
  return log
}

async function choose(name: string, option: string): Promise<void> {
  await userEvent.click(await screen.findByRole('combobox', { name }))
  await userEvent.click(await screen.findByText(option, { selector: '.ant-select-item-option-content' }))
}

it('tells what every metric counts, and how far a new one is', async () => {
  show()
  const mine = (await screen.findByText('租金总额')).closest('li')
  expect(within(mine ?? document.body).getByRole('status').textContent).toContain('43%')
  expect(screen.getByText('赢单商机的个数')).not.toBeNull()
  expect(screen.getByRole('button', { name: '修改“租金总额”' })).not.toBeNull()
  expect(screen.queryByRole('button', { name: '修改“赢单数”' })).toBeNull()
})

it('says of a metric that no longer fits its object that it is to be changed or deleted', async () => {
  const broken = { ...own, formula: both('不再符合它的对象，请修改或删除'), own: { ...own.own, state: 'broken' } }
  show(({ method, path }) =>
    method === 'GET' && path === '/api/v1/own-metrics' ? { json: { metrics: [broken] } } : undefined,
  )
  const line = (await screen.findByText('不再符合它的对象，请修改或删除')).closest('li')
  expect(within(line ?? document.body).queryByRole('link')).toBeNull()
  expect(within(line ?? document.body).queryByRole('status')).toBeNull()
  expect(screen.getByRole('button', { name: '删除“租金总额”' })).not.toBeNull()
})

it('shows what a metric would come to while it is put together, then makes it', async () => {
  const asked = show(({ method, path }) =>
    method === 'POST' && path === '/api/v1/own-metrics' ? { status: 201, json: { key: 'new__c' } } : undefined,
  )
  await userEvent.click(await screen.findByRole('button', { name: /新建指标/ }))
  await userEvent.type(await screen.findByRole('textbox', { name: '名称（中文）' }), '新签租金')
  await choose('对象', '地块')
  await choose('算法', '求和')
  expect(await screen.findByText('来自 2,266 条记录')).not.toBeNull()
  expect(screen.queryByText('Sum of Rent over Plots, by Signed on')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: /保\s*存/ }))
  await waitFor(() => {
    const made = asked.find(({ method, path }) => method === 'POST' && path === '/api/v1/own-metrics')
    expect(made?.body).toEqual({ ...definition, label: { zh: '新签租金', en: '' } })
  })
})

it('offers only objects whose records are somebody’s, and names what is missing', async () => {
  show()
  await userEvent.click(await screen.findByRole('button', { name: /新建指标/ }))
  await userEvent.click(await screen.findByRole('button', { name: /保\s*存/ }))
  expect(await screen.findByText('请填写名称')).not.toBeNull()
  await userEvent.click(screen.getByRole('combobox', { name: '对象' }))
  expect(await screen.findByText('地块', { selector: '.ant-select-item-option-content' })).not.toBeNull()
  expect(screen.queryByText('产品', { selector: '.ant-select-item-option-content' })).toBeNull()
})

it('says at the field why the server refuses it', async () => {
  show(({ method, path }) =>
    method === 'PATCH' && path === '/api/v1/own-metrics/rent__c'
      ? {
          status: 422,
          json: {
            code: 'METRIC_REFUSED',
            title: '还不能这样定义指标',
            errors: [{ field: 'label', code: 'taken', message: '已有指标叫“租金总额”' }],
          },
        }
      : undefined,
  )
  await userEvent.click(await screen.findByRole('button', { name: '修改“租金总额”' }))
  await screen.findByRole('textbox', { name: '名称（中文）' })
  await userEvent.click(screen.getByRole('button', { name: /保\s*存/ }))
  expect(await screen.findByText('已有指标叫“租金总额”')).not.toBeNull()
})
