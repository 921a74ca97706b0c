import { App } from 'antd'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useUndo } from '#web/kit/use-undo.tsx'
import { useMe } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { keepRateRoute, listRatesRoute, removeRateRoute, type Rate } from '../contract.ts'
import { rateWords } from './words.ts'

export interface RatesWanted {
  readonly currency: string | undefined
  /** Only rates that hold on this day. */
  readonly on: string | undefined
}

export function useRatePages({ currency, on }: RatesWanted) {
  return useInfiniteQuery({
    queryKey: ['rates', currency, on],
    queryFn: ({ pageParam, signal }) => call(listRatesRoute, { query: { currency, on, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.after ?? undefined,
    placeholderData: (before) => before,
  })
}

export type DatedRate = Pick<Rate, 'currency' | 'from' | 'rate'>

const keep = ({ currency, from, rate }: DatedRate) =>
  call(keepRateRoute, { params: { currency, from }, body: { rate } })
const remove = ({ currency, from }: DatedRate) => call(removeRateRoute, { params: { currency, from } })

/** Keeping and removing a rate, each with a way back. */
export function useRateActs() {
  const t = useWords(rateWords)
  const { message } = App.useApp()
  const { company } = useMe()
  const offerUndo = useUndo()
  const client = useQueryClient()
  // Figures follow the rates.
  const reread = () => client.invalidateQueries()
  const undo = (act: () => Promise<unknown>) => async () => {
    await act()
    await reread()
  }
  const told = (one: DatedRate) => ({ ...one, day: one.from, base: company.currency })
  return {
    keep: useMutation({
      mutationFn: keep,
      onSuccess: (kept, asked) => {
        const { before } = kept
        const back = before === null ? () => remove(asked) : () => keep({ ...asked, rate: before })
        offerUndo(t('kept', told(kept)), undo(back))
        void reread()
      },
    }),
    remove: useMutation({
      mutationFn: remove,
      onSuccess: (_nothing, asked) => {
        offerUndo(
          t('removed', told(asked)),
          undo(() => keep(asked)),
        )
        void reread()
      },
      onError: (problem) => void message.error(problemText(problem)),
    }),
  }
}
