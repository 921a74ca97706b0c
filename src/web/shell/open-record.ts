import { useCallback } from 'react'
import { useAddress, useChangeAddress } from './address.ts'

export interface OpenedRecord {
  readonly object: string
  readonly id: string
}

/** The record whose drawer is open, from the address: `?record=order:0199…`. */
export function useOpenedRecord(): OpenedRecord | undefined {
  const { record } = useAddress()
  const [object, id] = record?.split(':') ?? []
  return object && id ? { object, id } : undefined
}

/** Opens a record over the page, so that the place in the list is not lost; at one of its parts if that is named. */
export function useOpenRecord(): (object: string, id: string, part?: string) => void {
  const change = useChangeAddress()
  return useCallback((object, id, part) => change({ record: `${object}:${id}`, part }), [change])
}
