import { useEffect, useState, type DragEvent } from 'react'

const filesOf = (transfer: DataTransfer | null): readonly File[] => [...(transfer?.files ?? [])]
const isOfFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')

/** Files that are dropped on a part of the page. */
export function useDrop(isOn: boolean, onFiles: (files: readonly File[]) => void) {
  const [isOver, setOver] = useState(false)
  if (!isOn) return { isOver: false, drop: {} }
  const drop = {
    onDragOver: (event: DragEvent) => {
      if (!isOfFiles(event)) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: (event: DragEvent<HTMLElement>) => {
      const isInside = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)
      if (!isInside) setOver(false)
    },
    onDrop: (event: DragEvent) => {
      setOver(false)
      if (!isOfFiles(event)) return
      event.preventDefault()
      onFiles(filesOf(event.dataTransfer))
    },
  }
  return { isOver, drop }
}

/** Files that are pasted while a part of the page is shown: a screenshot, a copied file. */
export function usePaste(isOn: boolean, onFiles: (files: readonly File[]) => void): void {
  useEffect(() => {
    if (!isOn) return undefined
    const take = (event: ClipboardEvent) => {
      const files = filesOf(event.clipboardData)
      if (files.length === 0) return
      event.preventDefault()
      onFiles(files)
    }
    document.addEventListener('paste', take)
    return () => document.removeEventListener('paste', take)
  })
}
