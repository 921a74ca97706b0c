import { useBlocker } from '@tanstack/react-router'
import { App } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { kitWords } from './words.ts'

interface Place {
  readonly pathname: string
  readonly search: object
}

/**
 * What is not saved cannot be brought back: leaving it asks first. `placeOf` says by the rest of the address whether
 * somebody only moves on within the same.
 */
export function useUnsavedGuard(isDirty: boolean, placeOf: (address: ReadonlyMap<string, unknown>) => string): void {
  const k = useWords(kitWords)
  const { modal } = App.useApp()
  const told = ({ pathname, search }: Place) =>
    `${pathname} ${placeOf(new Map<string, unknown>(Object.entries(search)))}`
  useBlocker({
    enableBeforeUnload: isDirty,
    shouldBlockFn: async ({ current, next }) => {
      if (!isDirty || told(current) === told(next)) return false
      const leaves = await modal.confirm({
        title: k('unsavedTitle'),
        content: k('unsavedText'),
        okText: k('unsavedLeave'),
        cancelText: k('unsavedStay'),
      })
      return !leaves
    },
  })
}
