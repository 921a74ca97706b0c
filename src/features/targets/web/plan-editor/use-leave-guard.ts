import { useBlocker } from '@tanstack/react-router'
import { App } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { planWords } from './words.ts'

/** Unsaved cells cannot be brought back: leaving them asks first. Moving on within the same plan does not. */
export function useLeaveGuard(isDirty: boolean): void {
  const t = useWords(planWords)
  const { modal } = App.useApp()
  useBlocker({
    enableBeforeUnload: isDirty,
    shouldBlockFn: async ({ current, next }) => {
      if (!isDirty || (current.pathname === next.pathname && planOf(current.search) === planOf(next.search)))
        return false
      const leaves = await modal.confirm({ title: t('leave'), okText: t('discard'), cancelText: t('stay') })
      return !leaves
    },
  })
}

function planOf(search: object): string {
  const values = new Map<string, unknown>(Object.entries(search))
  return `${String(values.get('metric'))} ${String(values.get('period')).slice(0, 4)}`
}
