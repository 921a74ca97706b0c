import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { PastePanel } from './PastePanel.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const good = '浙江\t\t2025\t\t1200万\t\t行业协会\t2026-02-01\t高'
const unknown = '亚特兰蒂斯\t\t2025\t\t5\t\t行业协会\t2026-02-01\t低'

it('says line and column of what cannot be kept, by itself and by the server, and keeps it in the box', async () => {
  const errors = [{ field: 'sizes.1.region', code: 'region', message: '不认识地区“亚特兰蒂斯”' }]
  let isRefusing = true
  const log = answerNetwork(() =>
    isRefusing ? { status: 422, json: { code: 'MARKET_REFUSED', errors } } : { json: { kept: 1 } },
  )
  renderScreen(<PastePanel industries={undefined} />)
  const box = await screen.findByLabelText<HTMLTextAreaElement>('粘贴表格')
  await userEvent.click(box)
  await userEvent.paste(`${good}\n随便写的一行\n${unknown}`)
  expect(screen.getByText(/第 2 行 · 整行/)).toBeTruthy()
  expect(screen.getByText('可以保存 2 行')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  expect(await screen.findByText('第 3 行 · 地区：不认识地区“亚特兰蒂斯”')).toBeTruthy()
  expect(box.value).toContain('亚特兰蒂斯')
  await userEvent.clear(box)
  await userEvent.click(box)
  await userEvent.paste(`${good}\n随便写的一行`)
  isRefusing = false
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  await vi.waitFor(() => expect(box.value).toBe('随便写的一行'))
  expect(log.at(-1)?.body).toMatchObject({ sizes: [{ region: '浙江' }] })
})

it('says at the check which industry no unit covers', async () => {
  renderScreen(<PastePanel industries={['钢铁']} />)
  await userEvent.click(await screen.findByLabelText('粘贴表格'))
  await userEvent.paste(['钢铁', '温室设备'].map((trade) => good.replace('\t\t', `\t${trade}\t`)).join('\n'))
  expect(screen.getByText(/没有单元负责行业“温室设备”/)).toBeTruthy()
  expect(screen.getByText('可以保存 2 行')).toBeTruthy()
})
