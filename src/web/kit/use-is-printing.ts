import { useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import type { Virtualizer } from '@tanstack/react-virtual'

let isPrinting = false

// The paper is drawn as soon as the event has been told: what it changes must be on the page by then.
function onPrint(changed: () => void): () => void {
  const become = (now: boolean) => () => {
    isPrinting = now
    flushSync(changed)
  }
  const [begin, end] = [become(true), become(false)]
  window.addEventListener('beforeprint', begin)
  window.addEventListener('afterprint', end)
  return () => {
    window.removeEventListener('beforeprint', begin)
    window.removeEventListener('afterprint', end)
  }
}

/** Whether the page is on its way to paper. */
export function useIsPrinting(): boolean {
  return useSyncExternalStore(onPrint, () => isPrinting)
}

interface DrawnRow {
  readonly index: number
  readonly start: number
}

/** The rows of a long table that are drawn: on the screen those in view, on paper all of them. */
export function useDrawnRows(virtual: Virtualizer<HTMLDivElement, Element>, count: number): readonly DrawnRow[] {
  const isOnPaper = useIsPrinting()
  return isOnPaper ? Array.from({ length: count }, (_, index) => ({ index, start: 0 })) : virtual.getVirtualItems()
}
