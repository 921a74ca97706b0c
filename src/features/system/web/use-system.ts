import { App } from 'antd'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import { systemRoutes } from '../contract.ts'
import { systemWords } from './words.ts'

/** How often the page looks again, while something is under way and otherwise. */
const watchingMs = 1500
const restingMs = 5000

/** How the system is, looked at again and again while the page is open. */
export function useSystem() {
  return useQuery({
    queryKey: ['system'],
    queryFn: ({ signal }) => call(systemRoutes.show, { signal }),
    refetchInterval: ({ state: { data } }) => {
      const isBusy =
        data?.check?.state === 'queued' ||
        data?.check?.state === 'running' ||
        data?.installation?.backups.some(({ state }) => state === 'running')
      return isBusy ? watchingMs : restingMs
    },
  })
}

export function useSystemActs() {
  const t = useWords(systemWords)
  const { message } = App.useApp()
  const client = useQueryClient()
  const reread = () => client.invalidateQueries({ queryKey: ['system'] })
  const onError = (problem: unknown) => void message.error(problemText(problem))
  return {
    backUp: useMutation({
      mutationFn: () => call(systemRoutes.backUp, {}),
      onSuccess: () => {
        void message.success(t('asked'))
        void reread()
      },
      onError,
    }),
    check: useMutation({ mutationFn: () => call(systemRoutes.check, {}), onSuccess: reread, onError }),
  }
}
