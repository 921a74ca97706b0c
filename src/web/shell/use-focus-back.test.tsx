import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { createPortal } from 'react-dom'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { useFocusBack } from './use-focus-back.ts'

// The DOM of the tests draws nothing, so nothing is out of sight in it.
beforeEach(() => {
  HTMLElement.prototype.checkVisibility ??= () => true
})
afterEach(cleanup)

function Page() {
  useFocusBack()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        open
      </button>
      {isOpen &&
        createPortal(
          <div role="dialog">
            <button type="button" onClick={() => setOpen(false)}>
              close
            </button>
          </div>,
          document.body,
        )}
    </>
  )
}

it('the focus comes back to what opened a dialog', async () => {
  render(<Page />)
  const opener = screen.getByText('open')
  opener.focus()
  opener.click()
  const closer = await screen.findByText('close')
  closer.focus()
  closer.click()
  await waitFor(() => expect(document.activeElement).toBe(opener))
})
