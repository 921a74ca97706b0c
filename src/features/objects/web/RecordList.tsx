import { useCallback, useMemo, type ReactNode } from 'react'
import { Select } from 'antd'
import { DataGrid, type GridColumn } from '#web/kit/DataGrid.tsx'
import { Figure } from '#web/kit/Figure.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useMe } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { FieldValue } from './FieldValue.tsx'
import { filterOf, nextSort, readListState, writeSort, type ListState } from './list-address.ts'
import { titleOf } from './record-title.ts'
import { isNumber, isSortable, type ScreenField, type ScreenObject } from './use-objects.ts'
import { useRecordPages, useTotals, type RecordRow, type Totals } from './use-records.ts'
import { objectWords } from './words.ts'

interface RecordListProps {
  readonly object: ScreenObject
  readonly emptyAction?: ReactNode
}

function widthOf(field: ScreenField, isTitle: boolean): string {
  if (isTitle) return 'minmax(190px, 1.8fr)'
  if (isNumber(field)) return '128px'
  if (field.type === 'date') return '116px'
  if (field.type === 'choice' || field.type === 'yes_no') return '104px'
  if (field.type === 'owner') return 'minmax(100px, 0.7fr)'
  return field.type === 'reference' ? 'minmax(140px, 1.1fr)' : 'minmax(110px, 1fr)'
}

const isSummed = (field: ScreenField) => (field.type === 'money' || field.type === 'number') && !/year/i.test(field.key)

/** The records of an object: a table on a desk, cards in the hand, with count and sums. */
export function RecordList({ object, emptyAction }: RecordListProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  const address = useAddress()
  const { node } = useWhoAndWhen()
  const isPhone = useIsPhone()
  const state = useMemo(() => readListState(address, object), [address, object])
  const filter = useMemo(() => filterOf(state, object, node), [state, object, node])
  const pages = useRecordPages(object.key, { filter, sort: state.sort })
  const summed = useMemo(() => object.fields.filter(isSummed).map((field) => field.key), [object])
  const totals = useTotals(object.key, { filter, sum: summed })
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data])
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = pages
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, hasNextPage, isFetchingNextPage])

  if (pages.isPending) return <LoadingState rows={10} />
  if (pages.isError) return <ErrorState problem={pages.error} onRetry={() => void pages.refetch()} />
  if (rows.length === 0) {
    return filter ? (
      <EmptyState title={t('noMatchTitle')} text={t('noMatchText')} />
    ) : (
      <EmptyState title={t('emptyTitle', { object: label(object.label) })} text={t('emptyText')} action={emptyAction} />
    )
  }
  const shared = { object, state, rows, totals: totals.data, onNearEnd: more }
  return isPhone ? <Cards {...shared} /> : <Table {...shared} isStale={pages.isPlaceholderData} />
}

interface RowsProps {
  readonly object: ScreenObject
  readonly state: ListState
  readonly rows: readonly RecordRow[]
  readonly totals: Totals | undefined
  readonly onNearEnd: () => void
}

function Table({ object, state, rows, totals, onNearEnd, isStale }: RowsProps & { readonly isStale: boolean }) {
  const t = useWords(objectWords)
  const label = useLabel()
  const { company } = useMe()
  const change = useChangeAddress()
  const open = useOpenRecord()
  const sort = state.sort.length > 0 ? state.sort : object.defaultSort
  const columns = state.columns.map((field, at): GridColumn<RecordRow> => ({
    key: field.key,
    title: label(field.label),
    width: widthOf(field, field.key === object.title),
    align: isNumber(field) ? 'right' : 'left',
    isSortable: isSortable(field),
    cell: (row) =>
      field.key === object.title ? (
        <span className="list-title">
          <FieldValue field={field} row={row} isDense />
        </span>
      ) : (
        <FieldValue field={field} row={row} isDense />
      ),
    foot:
      totals && isSummed(field) ? (
        <Figure
          value={totals.sums[field.key]}
          unit={field.type === 'money' ? 'money' : 'count'}
          currency={company.currency}
        />
      ) : at === 0 && totals ? (
        t('totalCount', { n: totals.count.toLocaleString('en-US') })
      ) : undefined,
  }))
  return (
    <div className="list-frame" data-stale={isStale}>
      <DataGrid
        label={label(object.label)}
        rows={rows}
        columns={columns}
        keyOf={(row) => row.id}
        sort={sort.map((key) => ({ field: key.field, descending: key.descending ?? false }))}
        onSort={(field, isAdded) => change({ sort: writeSort(nextSort(state.sort, field, isAdded)) })}
        onChoose={(row) => open(object.key, row.id)}
        onNearEnd={onNearEnd}
        hasFoot
      />
    </div>
  )
}

function Cards({ object, state, rows, totals, onNearEnd }: RowsProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  const language = useLanguage()
  const open = useOpenRecord()
  const change = useChangeAddress()
  const { company } = useMe()
  const facts = object.fields.filter((field) => field.inList && field.key !== object.title)
  const amount = facts.find((field) => field.type === 'money')
  const lines = facts.filter((field) => field !== amount).slice(0, 4)
  return (
    <div
      className="list-cards"
      onScroll={(event) => event.currentTarget.scrollHeight - event.currentTarget.scrollTop < 2000 && onNearEnd()}
    >
      <div className="list-cards-head">
        {totals && (
          <span className="num">
            {t('totalCount', { n: totals.count.toLocaleString('en-US') })}
            {amount && totals.sums[amount.key] !== undefined && (
              <>
                {' · '}
                <Figure value={totals.sums[amount.key]} unit="money" currency={company.currency} />
              </>
            )}
          </span>
        )}
        <Select
          size="small"
          aria-label={t('sort')}
          popupMatchSelectWidth={false}
          placeholder={t('sort')}
          value={writeSort(state.sort) ?? null}
          allowClear
          options={object.fields
            .filter((field) => field.inList && isSortable(field))
            .flatMap((field) => [
              { value: field.key, label: `${label(field.label)} ↑` },
              { value: `-${field.key}`, label: `${label(field.label)} ↓` },
            ])}
          onChange={(value: string | undefined) => change({ sort: value })}
        />
      </div>
      {rows.map((row) => (
        <button key={row.id} type="button" className="card-row list-card" onClick={() => open(object.key, row.id)}>
          <span className="list-card-head">
            <b>{titleOf(object, row, language)}</b>
            {amount && <FieldValue field={amount} row={row} isDense />}
          </span>
          <span className="list-card-facts">
            {lines.map((field) =>
              row[field.key] === null || row[field.key] === undefined ? null : (
                <span key={field.key}>
                  <FieldValue field={field} row={row} isDense isCard />
                </span>
              ),
            )}
          </span>
        </button>
      ))}
    </div>
  )
}
