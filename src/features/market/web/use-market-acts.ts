import { App } from 'antd'
import { useQueryClient } from '@tanstack/react-query'

/** Runs an act; figures and lists follow. Answers what went wrong, if anything did. */
export function useMarketActs() {
  const client = useQueryClient()
  const { message } = App.useApp()
  return async (act: () => Promise<unknown>, done?: string): Promise<unknown> => {
    try {
      await act()
    } catch (problem) {
      return problem
    }
    await client.invalidateQueries()
    if (done !== undefined) void message.success(done)
    return undefined
  }
}
