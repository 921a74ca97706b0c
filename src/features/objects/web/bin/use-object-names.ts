import { useLabel } from '#web/words/use-words.ts'
import { useObjects } from '../use-objects.ts'

/** What records of an object are called, by its key. */
export function useObjectNames(): (key: string) => string {
  const { objects } = useObjects()
  const label = useLabel()
  return (key) => {
    const object = objects.find((known) => known.key === key)
    return object ? label(object.labelOfMany) : key
  }
}
