import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { usePaste } from './use-drop.ts'

afterEach(cleanup)

const picture = new File(['x'], 'image.png', { type: 'image/png' })

function Place({ onFiles, isHidden = false }: { readonly onFiles: () => void; readonly isHidden?: boolean }) {
  const part = usePaste<HTMLElement>(true, onFiles)
  return (
    <div style={isHidden ? { display: 'none' } : {}}>
      <section ref={part}>
        <button type="button">here</button>
      </section>
    </div>
  )
}

/** Whether what is pasted at a place becomes a file of the record. */
function isTaken(at: Element, { text = '' } = {}, onFiles: ReturnType<typeof vi.fn>): boolean {
  onFiles.mockClear()
  fireEvent.paste(at, { clipboardData: { files: [picture], getData: () => text } })
  return onFiles.mock.calls.length > 0
}

describe('a picture that is pasted', () => {
  const onFiles = vi.fn()

  it('becomes a file where it is pasted on the page, not into what is being written', () => {
    render(
      <>
        <textarea aria-label="comment" />
        <div contentEditable suppressContentEditableWarning data-testid="rich" />
        <Place onFiles={onFiles} />
      </>,
    )
    expect(isTaken(document.body, {}, onFiles)).toBe(true)
    expect(isTaken(screen.getByText('here'), {}, onFiles)).toBe(true)
    expect(isTaken(screen.getByLabelText('comment'), {}, onFiles)).toBe(false)
    expect(isTaken(screen.getByTestId('rich'), {}, onFiles)).toBe(false)
  })

  it('does not where it comes with the text that was copied; the name of a copied file is no such text', () => {
    render(<Place onFiles={onFiles} />)
    expect(isTaken(document.body, { text: '1\t2' }, onFiles)).toBe(false)
    expect(isTaken(document.body, { text: 'image.png' }, onFiles)).toBe(true)
  })

  it('does not while the files are not shown, or a dialog lies over them', () => {
    const { rerender } = render(<Place onFiles={onFiles} isHidden />)
    expect(isTaken(document.body, {}, onFiles)).toBe(false)
    const dialog = <div aria-modal="true">form</div>
    rerender(
      <>
        <Place onFiles={onFiles} />
        {dialog}
      </>,
    )
    expect(isTaken(document.body, {}, onFiles)).toBe(false)
    rerender(
      <div aria-modal="true">
        <Place onFiles={onFiles} />
      </div>,
    )
    expect(isTaken(document.body, {}, onFiles)).toBe(true)
  })
})
