import { useCallback } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'

export type AddressValues = Readonly<Record<string, string | undefined>>

/** Search values are plain text, so that addresses can be read and written by hand: `?period=2017-Q2`. */
export function readAddress(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search))
}

export function writeAddress(values: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) {
    if (typeof value === 'string' && value !== '') search.set(key, value)
  }
  // Colons and commas are allowed in a query and read better than their escapes.
  const text = search.toString().replaceAll('%3A', ':').replaceAll('%2C', ',')
  return text ? `?${text}` : ''
}

/** Who and when follow the person through pages; everything else belongs to one page. */
export const followed = ['node', 'period'] as const

/** The values in the address of this page. */
export function useAddress(): AddressValues {
  return useSearch({ strict: false })
}

export interface AddressChange {
  /** Keeps the place in the history instead of adding one: for typing and dragging. */
  readonly isQuiet?: boolean
}

/** Changes some values of the address and keeps the others; `undefined` removes one. */
export function useChangeAddress(): (changes: AddressValues, how?: AddressChange) => void {
  const navigate = useNavigate()
  return useCallback(
    (changes, how = {}) => {
      void navigate({
        to: '.',
        search: (before: AddressValues) => ({ ...before, ...changes }),
        replace: how.isQuiet ?? false,
        resetScroll: false,
      } as never)
    },
    [navigate],
  )
}

/** Goes to another page; who and when come along. Quietly where this address leads on: Back must not lead here again. */
export function useGo(): (to: string, search?: AddressValues, how?: AddressChange) => void {
  const navigate = useNavigate()
  return useCallback(
    (to, search = {}, how = {}) => void navigate({ to, search, replace: how.isQuiet ?? false } as never),
    [navigate],
  )
}
