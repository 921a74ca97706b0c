import { useMemo, useState } from 'react'

/** Rows that are shown at a time. */
const atOnce = 50

/**
 * A list that is at hand as a whole, and long: what is sought of it, so many at a time. `pages` is for `MoreButton`.
 * Upper and lower case are alike; `textOf` tells what is looked at.
 */
export function useSought<Row>(rows: readonly Row[], textOf: (row: Row) => string) {
  const [sought, setSought] = useState('')
  const [most, setMost] = useState(atOnce)
  const wanted = sought.trim().toLowerCase()
  const found = useMemo(
    () => (wanted === '' ? rows : rows.filter((row) => textOf(row).toLowerCase().includes(wanted))),
    [rows, wanted, textOf],
  )
  return {
    shown: found.slice(0, most),
    count: found.length,
    sought,
    seek: (text: string) => {
      setSought(text)
      setMost(atOnce)
    },
    pages: {
      hasNextPage: found.length > most,
      isFetchingNextPage: false,
      fetchNextPage: () => Promise.resolve(setMost(most + atOnce)),
    },
  }
}
