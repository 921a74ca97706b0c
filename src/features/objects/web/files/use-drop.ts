import { useEffect, useRef, useState, type DragEvent } from 'react'

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

/**
 * Files that are pasted while a part of the page is shown: a screenshot, a copied file. What is pasted into a text, under
 * a dialog, or as a text that carries a picture, is meant for something else.
 */
export function usePaste<Part extends HTMLElement>(isOn: boolean, onFiles: (files: readonly File[]) => void) {
  const part = useRef<Part>(null)
  useEffect(() => {
    if (!isOn) return undefined
    const take = (event: ClipboardEvent) => {
      const files = filesOf(event.clipboardData)
      if (files.length === 0 || event.defaultPrevented || isWrittenIn(event.target)) return
      if (!part.current || !isInFront(part.current) || holdsText(event.clipboardData, files)) return
      event.preventDefault()
      onFiles(files)
    }
    document.addEventListener('paste', take)
    return () => document.removeEventListener('paste', take)
  })
  return part
}

const isWrittenIn = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, [contenteditable]:not([contenteditable="false"])') !== null

/** Shown, and under no dialog. */
function isInFront(part: HTMLElement): boolean {
  const dialogs = [...document.querySelectorAll('[aria-modal="true"]')].filter((dialog) => dialog.checkVisibility())
  return part.checkVisibility() && dialogs.every((dialog) => dialog.contains(part))
}

/** Cells of a sheet come as text with a picture of them; copied files may come with their names. */
function holdsText(transfer: DataTransfer | null, files: readonly File[]): boolean {
  const lines = (transfer?.getData('text/plain') ?? '').split(/\r?\n/).filter((line) => line.trim() !== '')
  return lines.some((line) => !files.some(({ name }) => name === line.trim()))
}
