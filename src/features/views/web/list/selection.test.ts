import { describe, expect, it } from 'vitest'
import { everythingSelected, isSelected, nothingSelected, toggled, toggledLoaded } from './selection.ts'

const order = ['a', 'b', 'c', 'd', 'e']
const chosen = (selection: { readonly ids: ReadonlySet<string> }) => [...selection.ids].toSorted().join('')
const once = { order, extends: false }
const shifted = { order, extends: true }

describe('selecting records', () => {
  it('chooses one and leaves it again', () => {
    const one = toggled(nothingSelected, 'b', once)
    expect([chosen(one), chosen(toggled(one, 'b', once))]).toEqual(['b', ''])
  })

  it('goes on with shift from the record chosen last, in either direction', () => {
    const from = toggled(nothingSelected, 'd', once)
    expect(chosen(toggled(from, 'b', shifted))).toBe('bcd')
    expect(chosen(toggled(toggled(from, 'e', shifted), 'a', shifted))).toBe('abcde')
    expect(chosen(toggled(nothingSelected, 'c', shifted))).toBe('c')
  })

  it('chooses all that are loaded, then none', () => {
    const all = toggledLoaded(nothingSelected, order)
    expect([chosen(all), chosen(toggledLoaded(all, order))]).toEqual(['abcde', ''])
  })

  it('means all that match, and leaves that when one is taken out', () => {
    expect(isSelected(everythingSelected, 'not loaded')).toBe(true)
    const rest = toggled(everythingSelected, 'c', once)
    expect([chosen(rest), rest.isAll]).toEqual(['abde', false])
  })
})
