import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { RecordForm } from './RecordForm.tsx'
import type { ScreenObject } from './use-objects.ts'
import type { RecordRow } from './use-records.ts'

const deal: ScreenObject = {
  key: 'opportunity',
  label: { zh: '商机', en: 'Opportunity' },
  labelOfMany: { zh: '商机', en: 'Opportunity' },
  title: 'name',
  fields: [
    { key: 'name', type: 'text', label: { zh: '名称', en: 'Name' }, required: true },
    { key: 'amount', type: 'money', label: { zh: '金额', en: 'Amount' } },
    { key: 'status', type: 'text', label: { zh: '状态', en: 'Status' }, readOnly: true },
  ],
  defaultSort: [],
  can: { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true },
}

const row: RecordRow = {
  id: 'd1',
  version: 3,
  createdAt: '2026-01-01',
  updatedAt: '2026-01-01',
  names: {},
  name: '旧名',
  amount: '100',
}

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('asks for what is required before it asks the server', async () => {
  const asked = answerNetwork(() => undefined)
  renderScreen(<RecordForm object={deal} onClose={() => undefined} />)
  await userEvent.click(await screen.findByRole('button', { name: '保存' }))
  expect((await screen.findByRole('alert')).textContent).toBe('请填写')
  expect(asked.filter((call) => call.method === 'POST')).toHaveLength(0)
  expect(screen.queryByLabelText('状态')).toBeNull()
})

it('reads amounts as people write them', async () => {
  const asked = answerNetwork(({ method }) =>
    method === 'POST' ? { json: { ...row, id: 'new' } } : { json: { units: [], unassigned: [] } },
  )
  const onSaved = vi.fn()
  renderScreen(<RecordForm object={deal} onClose={() => undefined} onSaved={onSaved} />)
  await userEvent.type(await screen.findByLabelText(/名称/), '新商机')
  await userEvent.type(screen.getByLabelText('金额'), '1.2万')
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  await waitFor(() => expect(onSaved).toHaveBeenCalled())
  expect(asked.find((call) => call.method === 'POST')?.body).toEqual({ values: { name: '新商机', amount: '12000' } })
})

it('puts the refusal of the server at its field and keeps what was typed', async () => {
  answerNetwork(({ method }) =>
    method === 'PATCH'
      ? {
          status: 422,
          json: {
            code: 'RECORD_INVALID',
            title: '有字段需要修改',
            errors: [{ field: 'name', code: 'taken', message: '名称已被使用' }],
          },
        }
      : undefined,
  )
  renderScreen(<RecordForm object={deal} row={row} onClose={() => undefined} />)
  const name = await screen.findByLabelText(/名称/)
  await userEvent.clear(name)
  await userEvent.type(name, '重复')
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  expect((await screen.findByRole('alert')).textContent).toBe('名称已被使用')
  expect(screen.getByLabelText<HTMLInputElement>(/名称/).value).toBe('重复')
})

it('shows both values when someone was faster, and saves the choice on the new version', async () => {
  const current = { ...row, version: 4, name: '别人的', amount: '777' }
  const asked = answerNetwork(({ method, body }) => {
    if (method !== 'PATCH') return undefined
    const isStale = typeof body === 'object' && body !== null && 'version' in body && body.version === 3
    return isStale
      ? { status: 409, json: { code: 'RECORD_CHANGED', title: '别人刚刚修改了这条记录', details: { current } } }
      : { json: current }
  })
  renderScreen(<RecordForm object={deal} row={row} onClose={() => undefined} />)
  const name = await screen.findByLabelText(/名称/)
  await userEvent.clear(name)
  await userEvent.type(name, '我的')
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  await screen.findByText('别人刚刚改过这条记录')
  expect(screen.getByText(/现在的值.*别人的/)).toBeDefined()
  expect(screen.getByLabelText('对方还修改了，会保留').textContent).toContain('777')
  // Said once, at the choice.
  expect(screen.queryByText('别人刚刚修改了这条记录')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: '按选择保存' }))
  await waitFor(() =>
    expect(asked.filter((call) => call.method === 'PATCH').at(-1)?.body).toEqual({
      version: 4,
      values: { name: '我的' },
    }),
  )
})

it('confirms a duplicate with what was refused, also after a conflict was resolved', async () => {
  const current = { ...row, version: 4, name: '别人的' }
  const asked = answerNetwork(({ method, body }) => {
    if (method !== 'PATCH') return undefined
    const { version, confirmed } = body as { version: number; confirmed?: boolean }
    if (version === 3) return { status: 409, json: { code: 'RECORD_CHANGED', title: '刚刚修改', details: { current } } }
    if (confirmed) return { json: { ...current, version: 5 } }
    const suspect = { id: 'd2', title: '另一个', ownerName: '甲' }
    return {
      status: 409,
      json: {
        code: 'RECORD_DUPLICATE',
        title: '可能已经存在',
        errors: [{ field: 'name', code: 'suspected', message: '可能重复' }],
        details: { canConfirm: true, suspects: [suspect] },
      },
    }
  })
  const onSaved = vi.fn()
  renderScreen(<RecordForm object={deal} row={row} onClose={() => undefined} onSaved={onSaved} />)
  const name = await screen.findByLabelText(/名称/)
  await userEvent.clear(name)
  await userEvent.type(name, '我的')
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  await userEvent.click(await screen.findByRole('button', { name: '按选择保存' }))
  await userEvent.click(await screen.findByRole('button', { name: '不是重复，仍然保存' }))
  await waitFor(() => expect(onSaved).toHaveBeenCalled())
  expect(asked.filter((call) => call.method === 'PATCH').at(-1)?.body).toEqual({
    version: 4,
    values: { name: '我的' },
    confirmed: true,
  })
})

const machine: ScreenObject = {
  ...deal,
  key: 'machine__c',
  fields: [
    { key: 'name', type: 'text', label: { zh: '名称', en: 'Name' }, required: true },
    { key: 'stars', type: 'rating', label: { zh: '评分', en: 'Stars' } },
    { key: 'leased', type: 'yes_no', label: { zh: '租用', en: 'Leased' } },
    {
      key: 'lessor',
      type: 'text',
      label: { zh: '出租方', en: 'Lessor' },
      visibleIf: { field: 'leased', op: 'eq', value: true },
      requiredIf: { field: 'leased', op: 'eq', value: true },
    },
    { key: 'number', type: 'auto_number', label: { zh: '编号', en: 'Number' }, readOnly: true },
    { key: 'secret', type: 'text', label: { zh: '版面外', en: 'Elsewhere' } },
  ],
  layouts: [
    {
      recordType: null,
      sections: [
        { label: { zh: '基本信息', en: 'Basics' }, columns: 2, fields: ['name', 'number', 'stars'] },
        { label: { zh: '来源', en: 'Source' }, columns: 1, fields: ['leased', 'lessor'] },
      ],
    },
  ],
}

it('follows the layout, shows and asks for fields while others are filled in, and sends nothing hidden', async () => {
  const asked = answerNetwork(({ method }) =>
    method === 'POST' ? { json: { ...row, id: 'new' } } : { json: { units: [], unassigned: [] } },
  )
  renderScreen(<RecordForm object={machine} onClose={() => undefined} />)
  await screen.findByRole('heading', { name: '基本信息' })
  expect(screen.queryByLabelText('版面外')).toBeNull()
  expect(screen.getByText('保存时自动编号')).toBeDefined()
  expect(screen.queryByLabelText(/出租方/)).toBeNull()

  await userEvent.type(screen.getByLabelText(/名称/), '一号机')
  await userEvent.click(screen.getByLabelText('租用'))
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  expect((await screen.findByRole('alert')).textContent).toBe('请填写')
  await userEvent.type(screen.getByLabelText(/出租方/), '农机站')
  await userEvent.click(screen.getByLabelText('租用'))
  expect(screen.queryByLabelText(/出租方/)).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  await waitFor(() =>
    expect(asked.find((call) => call.method === 'POST')?.body).toEqual({ values: { name: '一号机', leased: false } }),
  )
})

it('says at the top what is wrong with the record as a whole', async () => {
  answerNetwork(({ method }) =>
    method === 'PATCH'
      ? {
          status: 422,
          json: {
            code: 'RECORD_INVALID',
            title: '有字段需要修改',
            errors: [
              { field: '', code: 'rule:1', message: '租用的设备不能报废' },
              { field: 'secret', code: 'required', message: '必填' },
            ],
          },
        }
      : undefined,
  )
  renderScreen(<RecordForm object={machine} row={row} onClose={() => undefined} />)
  await userEvent.type(await screen.findByLabelText(/名称/), '!')
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('租用的设备不能报废')
  expect(alert.textContent).toContain('版面外: 必填')
})

it('waits for files on their way, and asks before it leaves them behind', async () => {
  const user = userEvent.setup()
  const asked = answerNetwork(({ method }) =>
    method === 'POST' ? { json: { ...row, id: 'new' } } : { json: { units: [], unassigned: [] } },
  )
  const arrive = slowUploads()
  const photos: ScreenObject = {
    ...deal,
    fields: [
      { key: 'name', type: 'text', label: { zh: '名称', en: 'Name' } },
      { key: 'photos', type: 'file', label: { zh: '照片', en: 'Photos' } },
    ],
  }
  const onClose = vi.fn()
  renderScreen(<RecordForm object={photos} onClose={onClose} />)
  await screen.findByRole('button', { name: /照片/ })
  const input = document.querySelector<HTMLInputElement>('input[type="file"]')
  if (!input) expect.fail('there is no way to choose a file')
  await user.upload(input, new File(['x'], '现场.png', { type: 'image/png' }))
  const save = screen.getByRole<HTMLButtonElement>('button', { name: '保存' })
  await waitFor(() => expect(save.disabled).toBe(true))
  await user.type(screen.getByLabelText('名称'), '新{Enter}')
  expect(asked.filter(({ method }) => method === 'POST')).toEqual([])
  await user.clear(screen.getByLabelText('名称'))
  await user.click(screen.getByRole('button', { name: /取.?消/ }))
  expect(onClose).not.toHaveBeenCalled()

  act(() => arrive({ id: 'f1', name: '现场.png' }))
  await waitFor(() => expect(save.disabled).toBe(false))
  await user.click(save)
  await waitFor(() =>
    expect(asked.find(({ method, path }) => method === 'POST' && path.endsWith('/opportunity'))?.body).toMatchObject({
      values: { photos: ['f1'] },
    }),
  )
})

it('asks whose a result stays that was made, where its record changes hands', async () => {
  const user = userEvent.setup()
  const made: ScreenObject = {
    ...deal,
    settled: { field: 'status', op: 'in', value: ['won', 'lost'] },
    fields: [
      ...deal.fields,
      { key: 'ownerId', type: 'owner', label: { zh: '负责人', en: 'Owner' } },
      { key: 'credits', type: 'credits', label: { zh: '业绩分成', en: 'Credits' } },
    ],
  }
  const person = (id: string, name: string) => ({ id, name, unitId: 'u1', unitName: '一队' })
  const people = { units: [], unassigned: [person('p1', '王小禾'), person('p2', '李四')] }
  const asked = answerNetwork(({ method }) => ({ json: method === 'PATCH' ? row : people }))
  const give = async (status: string) => {
    renderScreen(<RecordForm object={made} row={{ ...row, ownerId: 'p1', status }} onClose={() => undefined} />)
    await user.click(await screen.findByLabelText(/负责人/))
    await user.click(await screen.findByTitle(/^李四/))
  }
  const sent = () => asked.filter(({ method }) => method === 'PATCH').map(({ body }) => body)
  const change = { version: 3, values: { ownerId: 'p2' } }
  await give('won')
  const choice = await screen.findByRole<HTMLInputElement>('radio', { name: '仍归原负责人' })
  expect(choice.checked).toBe(true)
  await user.click(screen.getByRole('button', { name: '保存' }))
  await waitFor(() => expect(sent()).toEqual([{ ...change, keepsCredit: true }]))
  cleanup()

  await give('won')
  await user.click(await screen.findByRole('radio', { name: '随记录归新负责人' }))
  await user.click(screen.getByRole('button', { name: '保存' }))
  await waitFor(() => expect(sent()).toHaveLength(2))
  cleanup()

  await give('open')
  expect(screen.queryByRole('radio', { name: '仍归原负责人' })).toBeNull()
  await user.click(screen.getByRole('button', { name: '保存' }))
  await waitFor(() => expect(sent().slice(1)).toEqual([change, change]))
})

/** Uploads that come to an end when they are told to, with this answer. */
function slowUploads(): (answer: unknown) => void {
  const underway: { responseText: string; readonly ends: EventTarget }[] = []
  class SlowRequest extends EventTarget {
    readonly upload = new EventTarget()
    readonly ends = this
    readonly status = 201
    responseText = ''
    open() {}
    setRequestHeader() {}
    send() {
      underway.push(this)
    }
  }
  vi.stubGlobal('XMLHttpRequest', SlowRequest)
  return (answer) => {
    for (const request of underway) {
      request.responseText = JSON.stringify(answer)
      request.ends.dispatchEvent(new Event('load'))
    }
  }
}
