import { useMemo, useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Button, DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { DataGrid, type GridColumn } from '#web/kit/DataGrid.tsx'
import { ListPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { dayBefore, plainDay } from '#web/kit/date-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useMe } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import type { Rate } from '../contract.ts'
import { RateDialog } from './RateDialog.tsx'
import { useRatePages } from './use-rates.ts'
import { rateWords } from './words.ts'
import './rates.css'

type Opened = { readonly kind: 'new' } | { readonly kind: 'rate'; readonly rate: Rate }

/** Exchange rates by currency and day; a row opens to be changed or removed. */
export function RatesPage() {
  const t = useWords(rateWords)
  const { company } = useMe()
  const isPhone = useIsPhone()
  const address = useAddress()
  const change = useChangeAddress()
  const { currency, on } = { currency: address['currency'], on: address['on'] }
  const pages = useRatePages({ currency, on })
  const [opened, setOpened] = useState<Opened>()
  const rates = useMemo(() => pages.data?.pages.flatMap((page) => page.rates) ?? [], [pages.data])
  const currencies = pages.data?.pages[0]?.currencies ?? []
  const base = company.currency
  const isNarrowed = currency !== undefined || on !== undefined
  const open = (rate: Rate) => setOpened({ kind: 'rate', rate })
  const more = () => {
    if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
  }
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpened({ kind: 'new' })}>
      {t('add')}
    </Button>
  )
  return (
    <ListPage
      title={t('title')}
      note={t('note', { base })}
      actions={add}
      bar={
        (currencies.length > 0 || isNarrowed) && (
          <div className="rate-bar">
            <Select<string>
              allowClear
              className="rate-currency"
              aria-label={t('currency')}
              placeholder={t('allCurrencies')}
              value={currency ?? null}
              options={currencies.map((code) => ({ value: code, label: code }))}
              onChange={(code: string | undefined) => change({ currency: code })}
            />
            <DatePicker
              aria-label={t('on')}
              placeholder={t('on')}
              value={on ? dayjs(on) : null}
              format="YYYY-MM-DD"
              onChange={(day) => change({ on: day?.format('YYYY-MM-DD') })}
            />
          </div>
        )
      }
    >
      {pages.isPending ? (
        <LoadingState rows={8} />
      ) : pages.isError ? (
        <ErrorState problem={pages.error} onRetry={() => void pages.refetch()} />
      ) : rates.length === 0 ? (
        isNarrowed ? (
          <EmptyState title={t('noMatch')} />
        ) : (
          <EmptyState title={t('emptyTitle')} text={t('emptyText', { base })} action={add} />
        )
      ) : isPhone ? (
        <Cards rates={rates} base={base} onOpen={open} onNearEnd={more} />
      ) : (
        <Table rates={rates} base={base} onOpen={open} onNearEnd={more} />
      )}
      {opened && (
        <RateDialog
          rate={opened.kind === 'rate' ? opened.rate : undefined}
          currency={currency}
          onClose={() => setOpened(undefined)}
        />
      )}
    </ListPage>
  )
}

interface RowsProps {
  readonly rates: readonly Rate[]
  readonly base: string
  readonly onOpen: (rate: Rate) => void
  readonly onNearEnd: () => void
}

function Table({ rates, base, onOpen, onNearEnd }: RowsProps) {
  const t = useWords(rateWords)
  const columns: readonly GridColumn<Rate>[] = [
    { key: 'currency', title: t('currency'), width: 'minmax(120px, 1fr)', cell: (rate) => <b>{rate.currency}</b> },
    {
      key: 'from',
      title: t('from'),
      width: '160px',
      cell: (rate) => <span className="num">{plainDay(rate.from)}</span>,
    },
    {
      key: 'until',
      title: t('until'),
      width: '160px',
      cell: (rate) => (rate.to ? <span className="num">{dayBefore(rate.to)}</span> : t('further')),
    },
    {
      key: 'rate',
      title: `${t('rate')} (${base})`,
      width: 'minmax(160px, 1fr)',
      align: 'right',
      cell: (rate) => rate.rate,
    },
  ]
  return (
    <div className="rate-frame">
      <DataGrid
        label={t('title')}
        rows={rates}
        columns={columns}
        keyOf={(rate) => `${rate.currency} ${rate.from}`}
        onChoose={onOpen}
        onNearEnd={onNearEnd}
      />
    </div>
  )
}

function Cards({ rates, base, onOpen, onNearEnd }: RowsProps) {
  const t = useWords(rateWords)
  return (
    <div
      className="card-list rate-cards"
      onScroll={(event) => event.currentTarget.scrollHeight - event.currentTarget.scrollTop < 2000 && onNearEnd()}
    >
      {rates.map((rate) => (
        <button
          key={`${rate.currency} ${rate.from}`}
          type="button"
          className="card-row rate-card"
          onClick={() => onOpen(rate)}
        >
          <b>1 {rate.currency}</b>
          <span className="num">
            {rate.rate} {base}
          </span>
          <span className="muted num">
            {t('span', { from: plainDay(rate.from), until: rate.to ? dayBefore(rate.to) : t('further') })}
          </span>
        </button>
      ))}
    </div>
  )
}
