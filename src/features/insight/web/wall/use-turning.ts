import { useEffect, useState } from 'react'

const turnMs = 20_000

/** Turns through so many slides from the `first` on, one after the other; can be stopped and pushed on by hand, and waits while `isHeld`. */
export function useTurning(count: number, isHeld: boolean, first = 0) {
  const [at, setAt] = useState(0)
  const [isTurning, setTurning] = useState(true)
  const next = () => setAt((before) => before + 1)
  useEffect(() => {
    if (!isTurning || isHeld || count < 2) return undefined
    const timer = setTimeout(next, turnMs)
    return () => clearTimeout(timer)
  }, [at, isTurning, isHeld, count])
  return { at: count === 0 ? 0 : (first + at) % count, isTurning, setTurning, next }
}
