import { useRef } from 'react'
import { hashKey, useMutation, type UseMutationOptions } from '@tanstack/react-query'

/**
 * A change that people ask for. One that is under way is not sent a second time: a double click comes before any button
 * could look busy. The second caller is never answered, so that success is said once; the first one goes on.
 */
export function useAct<Input, Reply>(options: UseMutationOptions<Reply, Error, Input>) {
  const { isPending, mutateAsync } = useMutation(options)
  const underWay = useRef(new Set<string>())
  const once = async (input: Input): Promise<Reply> => {
    const key = hashKey([input])
    if (underWay.current.has(key)) return new Promise<Reply>(() => undefined)
    underWay.current.add(key)
    try {
      return await mutateAsync(input)
    } finally {
      underWay.current.delete(key)
    }
  }
  return { isPending, mutateAsync: once }
}
