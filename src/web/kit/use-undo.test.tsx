import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { renderScreen } from '#testing/render-screen.tsx'
import { useUndo, type UndoNotice } from './use-undo.tsx'

afterEach(cleanup)

function Undoing({ notice }: { readonly notice: UndoNotice | undefined }) {
  const offer = useUndo()
  return <button onClick={() => offer('做了', async () => notice)}>做</button>
}

async function undo(notice: UndoNotice | undefined) {
  renderScreen(<Undoing notice={notice} />)
  await userEvent.click(await screen.findByText('做'))
  await userEvent.click(await screen.findByRole('button', { name: /撤\s*销/ }))
}

it('says that it was undone, unless the undo has more to say', async () => {
  await undo(undefined)
  expect(await screen.findByText('已撤销')).toBeDefined()
})

it('tells what an undo left behind instead', async () => {
  await undo({ tone: 'warning', text: '还有 1 条没有撤销' })
  expect(await screen.findByText('还有 1 条没有撤销')).toBeDefined()
  expect(screen.queryByText('已撤销')).toBeNull()
})
