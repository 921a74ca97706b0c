import { describe, expect, it } from 'vitest'
import { gridKey, rangeOf } from './grid-keys.ts'

const bare = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }
const place = { spot: { at: 5, column: 2 }, lines: 100, columns: 4, page: 10, isGroup: false }
const act = (key: string, more: object = {}, where: object = {}) =>
  gridKey({ ...bare, key, ...more }, { ...place, ...where })
const to = (at: number, column: number, isExtended = false) => ({
  kind: 'go',
  spot: { at, column },
  extends: isExtended,
})

describe('a key in the grid', () => {
  it('moves to the cell beside, by a page, and to the ends, never beyond', () => {
    expect(act('ArrowDown')).toEqual(to(6, 2))
    expect(act('ArrowUp', { shiftKey: true })).toEqual(to(4, 2, true))
    expect(act('ArrowRight', {}, { spot: { at: 5, column: 3 } })).toEqual(to(5, 3))
    expect(act('PageUp')).toEqual(to(0, 2))
    expect(act('End', { ctrlKey: true })).toEqual(to(99, 3))
    expect(act('Home')).toEqual(to(5, 0))
  })

  it('edits, opens, selects, explains and leaves', () => {
    expect(['Enter', 'F2', 'e', 'o', ' ', '?', 'Escape'].map((key) => act(key)?.kind)).toEqual([
      'edit', 'edit', 'edit', 'open', 'select', 'help', 'leave',
    ]) // prettier-ignore
    expect(act('a', { ctrlKey: true })).toEqual({ kind: 'selectAll' })
  })

  it('leaves to the browser what it does not know, copying and Tab among it', () => {
    expect([act('c', { ctrlKey: true }), act('Tab'), act('x'), act('ArrowLeft', { altKey: true })]).toEqual([
      undefined, undefined, undefined, undefined,
    ]) // prettier-ignore
  })

  it('folds a group and opens it', () => {
    const fold = (key: string) => act(key, {}, { isGroup: true })
    expect([fold('ArrowLeft'), fold('ArrowRight'), fold('ArrowDown')?.kind]).toEqual([
      { kind: 'fold', isOpen: false },
      { kind: 'fold', isOpen: true },
      'go',
    ])
  })
})

it('a range has its cells whichever way it was drawn', () => {
  expect(rangeOf({ at: 5, column: 0 }, { at: 2, column: 3 })).toEqual({
    fromAt: 2,
    toAt: 5,
    fromColumn: 0,
    toColumn: 3,
  })
})
