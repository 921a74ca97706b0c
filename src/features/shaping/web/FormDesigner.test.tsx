import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { FormDesigner } from './FormDesigner.tsx'

const both = (text: string) => ({ zh: text, en: text })
const account: ScreenObject = {
  key: 'account',
  label: both('客户'),
  labelOfMany: both('客户'),
  title: 'name',
  fields: [{ key: 'name', type: 'text', label: both('名称') }],
  defaultSort: [],
  can: { read: true, create: true, update: true, delete: true, transfer: true, import: true, export: true },
}

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('asks before a form that is designed and not saved is left, for another object too', async () => {
  answerNetwork(() => ({ json: { objects: [account] } }))
  const user = userEvent.setup()
  const { router } = renderScreen(<FormDesigner screen={account} setup={{}} onEditField={() => undefined} />, {
    at: '/shape?object=account&part=form',
  })
  const go = (to: string) => void router.navigate({ to, replace: false } as never)
  const isAt = (address: string) => waitFor(() => expect(router.state.location.href).toBe(address))
  const asked = async () => within(await screen.findByRole('dialog'))
  const untouched = await screen.findByRole('button', { name: /添加分组/ })
  go('/shape?object=account&part=form&a=1')
  await isAt('/shape?object=account&part=form&a=1')
  expect(screen.queryByRole('dialog')).toBeNull()

  await user.click(untouched)
  go('/shape?object=account&part=rules')
  await isAt('/shape?object=account&part=rules')
  go('/shape?object=order')
  await user.click((await asked()).getByRole('button', { name: '继续编辑' }))
  await isAt('/shape?object=account&part=rules')
  go('/records/account')
  await user.click((await asked()).getByRole('button', { name: '放弃修改' }))
  await isAt('/records/account')
})
