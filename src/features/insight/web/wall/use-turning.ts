import { useEffect, useState } from 'react'

const turnMs = 20_000

/** Turns through so many slides, one after the other; can be stopped and pushed on by hand. */
export function useTurning(count: number) {
  const [at, setAt] = useState(0)
  const [isTurning, setTurning] = useState(true)
  const next = () => setAt((before) => before + 1)
  useEffect(() => {
    if (!isTurning || count < 2) return undefined
    const timer = setTimeout(next, turnMs)
    return () => clearTimeout(timer)
  }, [at, isTurning, count])
  return { at: count === 0 ? 0 : at % count, isTurning, setTurning, next }
}
