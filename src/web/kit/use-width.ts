import { useCallback, useState } from 'react'

/** The width of an element, followed as it changes: `const [ref, width] = useWidth(1000)`. */
export function useWidth(first: number): [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [width, setWidth] = useState(first)
  const ref = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return undefined
      setWidth(element.clientWidth || first)
      const observer = new ResizeObserver(([entry]) => {
        const seen = entry?.contentRect.width ?? 0
        if (seen > 0) setWidth(Math.round(seen))
      })
      observer.observe(element)
      return () => observer.disconnect()
    },
    [first],
  )
  return [ref, width]
}
