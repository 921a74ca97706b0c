import { createContext, useCallback, useContext, useEffect, useState } from 'react'

/** Told by the inputs of a form, by their ids, whether files of theirs are on their way. */
export const TellArriving = createContext<(input: string, isArriving: boolean) => void>(() => undefined)

/** Whether files of a form are on their way; saved now it would lack them. */
export function useArriving() {
  const [inputs, setInputs] = useState<ReadonlySet<string>>(new Set())
  const tell = useCallback(
    (input: string, isArriving: boolean) =>
      setInputs((before) => {
        const others = [...before].filter((other) => other !== input)
        return new Set(isArriving ? [...others, input] : others)
      }),
    [],
  )
  return { isArriving: inputs.size > 0, tell }
}

export function useTellArriving(input: string, isArriving: boolean): void {
  const tell = useContext(TellArriving)
  useEffect(() => {
    if (!isArriving) return undefined
    tell(input, true)
    return () => tell(input, false)
  }, [tell, input, isArriving])
}
