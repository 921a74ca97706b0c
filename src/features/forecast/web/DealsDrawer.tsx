import { useCallback } from 'react'
import { Drawer } from 'antd'
import { MoreButton } from '#web/kit/MoreButton.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import { categoryKeys, type CategoryKey } from '../contract.ts'
import { DealTable } from './DealTable.tsx'
import { nodeIn, useForecastDeals, type Forecast } from './use-forecast.ts'
import { forecastWords } from './words.ts'

const isCategory = (text: string): text is CategoryKey => categoryKeys.some((key) => key === text)

/** Opens the deals behind a figure: `?behind=node:category`, or `node:undated`; of another period `node:category:period`. */
export function useOpenDeals(): (node: string, what: CategoryKey | 'undated' | 'all', period?: string) => void {
  const change = useChangeAddress()
  return useCallback(
    (node, what, period) => change({ behind: [node, what, ...(period ? [period] : [])].join(':') }),
    [change],
  )
}

/** The deals behind a figure, over the page; their sum is the figure. */
export function DealsDrawer({ forecast }: { readonly forecast: Forecast }) {
  const t = useWords(forecastWords)
  const k = useWords(kitWords)
  const change = useChangeAddress()
  const behind = useAddress()['behind']
  const [id = '', what = '', period] = behind?.split(':') ?? []
  const node = nodeIn(forecast.root, id)
  if (!node) return null
  const name = isCategory(what) ? t(what) : what === 'undated' ? t('undated', { n: forecast.undated }) : t('sum')
  return (
    <Drawer
      open
      onClose={() => change({ behind: undefined })}
      size="min(760px, 100vw)"
      closable={{ 'aria-label': k('close') }}
      title={t('dealsOf', { name: node.name, what: name })}
    >
      <DealList forecast={forecast} node={node.id} what={what} period={period ?? forecast.period.key} />
    </Drawer>
  )
}

function DealList({
  forecast,
  node,
  what,
  period,
}: {
  readonly forecast: Forecast
  readonly node: string
  readonly what: string
  readonly period: string
}) {
  const deals = useForecastDeals({
    period,
    node,
    category: isCategory(what) ? what : undefined,
    undated: what === 'undated',
  })
  if (deals.isError) return <ErrorState problem={deals.error} onRetry={() => void deals.refetch()} />
  if (!deals.data) return <LoadingState rows={6} />
  const { rows, total, count } = deals.data
  return (
    <>
      <DealTable
        rows={rows}
        count={count}
        order={what === 'all' ? 'closedFirst' : what === 'closed' ? 'latestFirst' : 'largestFirst'}
        currency={forecast.currency}
        {...(what === 'undated' ? {} : { total })}
      />
      <MoreButton pages={deals} />
    </>
  )
}
