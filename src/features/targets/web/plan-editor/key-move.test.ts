import { describe, expect, it } from 'vitest'
import { keyMove } from './key-move.ts'

const rows = [
  { hasChildren: true, isOpen: false },
  { hasChildren: false, isOpen: false },
]
const place = { spot: { row: 0, column: 3 }, rows, columns: 17, page: 10 }
const press = (
  key: string,
  held: Partial<Record<'shiftKey' | 'ctrlKey' | 'altKey', boolean>> = {},
  spot = place.spot,
) => keyMove({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held }, { ...place, spot })

describe('keys in the grid', () => {
  it('move as in a spreadsheet', () => {
    expect(press('ArrowDown')).toEqual({ kind: 'go', spot: { row: 1, column: 3 } })
    expect(press('ArrowRight', { ctrlKey: true })).toEqual({ kind: 'go', spot: { row: 0, column: 16 } })
    expect(press('End', { ctrlKey: true })).toEqual({ kind: 'go', spot: { row: 1, column: 16 } })
    expect(press('Tab')).toEqual({ kind: 'go', spot: { row: 0, column: 4 } })
  })

  it('begin to edit, clear, lock and fold', () => {
    expect(press('7')).toEqual({ kind: 'edit', text: '7' })
    expect(press('a')).toEqual({ kind: 'edit', text: 'a' })
    expect(press('Enter')).toEqual({ kind: 'edit', text: '' })
    expect(press('Delete')).toEqual({ kind: 'clear' })
    expect(press('l')).toEqual({ kind: 'lock' })
    expect(press('ArrowRight', { altKey: true })).toEqual({ kind: 'toggle', isOpen: true })
    expect(press(' ')).toEqual({ kind: 'toggle', isOpen: true })
  })

  it('leave commands of the browser alone and never trap the keyboard', () => {
    expect(press('c', { ctrlKey: true })).toBeUndefined()
    expect(press('1', { ctrlKey: true })).toBeUndefined()
    expect(press('Tab', {}, { row: 0, column: 16 })).toBeUndefined()
    expect(press('Tab', { shiftKey: true }, { row: 0, column: 0 })).toBeUndefined()
  })
})
