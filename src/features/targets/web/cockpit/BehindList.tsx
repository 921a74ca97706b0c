import { useCallback, useMemo } from 'react'
import { plain } from '#engine/money/decimal.ts'
import { DataGrid, type GridColumn } from '#web/kit/DataGrid.tsx'
import { nearDayText, plainDay } from '#web/kit/date-text.ts'
import { exactNumber } from '#web/kit/number-text.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useMe } from '#web/session/me.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { useBehind, type BehindRow, type FigureKey, type MetricRow } from './use-attainment.ts'
import { cockpitWords } from './words.ts'

interface BehindListProps {
  readonly figure: FigureKey
  readonly metric: MetricRow
  readonly currency: string
  /** What the cockpit shows; the sum is held against it in front of the reader. */
  readonly shown: string | null
}

/** The very records behind a number, and their sum, which is the number. */
export function BehindList({ figure, metric, currency, shown }: BehindListProps) {
  const t = useWords(cockpitWords)
  const language = useLanguage()
  const { today } = useMe()
  const isPhone = useIsPhone()
  const openRecord = useOpenRecord()
  const behind = useBehind(figure)
  const rows = useMemo(() => behind.data?.pages.flatMap((page) => page.rows) ?? [], [behind.data])
  const first = behind.data?.pages[0]
  const counted = { unit: metric.unit === 'percent' ? ('count' as const) : metric.unit, currency }
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = behind
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, hasNextPage, isFetchingNextPage])
  const columns: readonly GridColumn<BehindRow>[] = [
    { key: 'day', title: t('day'), width: '110px', cell: (row) => <span className="num">{plainDay(row.day)}</span> },
    {
      key: 'title',
      title: t('record'),
      width: 'minmax(160px, 1.2fr)',
      cell: (row) => <span className="behind-title">{row.title}</span>,
    },
    {
      key: 'account',
      title: t('account'),
      width: 'minmax(120px, 1fr)',
      cell: (row) => row.account ?? <span className="muted">{t('noAccount')}</span>,
    },
    { key: 'owner', title: t('owner'), width: 'minmax(100px, 0.8fr)', cell: (row) => row.personName ?? '—' },
    {
      key: 'value',
      title: t('value'),
      width: '120px',
      align: 'right',
      cell: (row) => <Figure value={row.value} {...counted} exact />,
    },
  ]
  if (behind.isPending) return <LoadingState rows={8} />
  if (behind.isError) return <ErrorState problem={behind.error} onRetry={() => void behind.refetch()} />
  if (rows.length === 0) return <EmptyState title={t('emptyRecords')} />
  const total = first?.total ?? null
  const isSame = total !== null && shown !== null && plain(total) === plain(shown)
  return (
    <div className="behind">
      <div className="behind-sum">
        <span>
          {t('sum')}{' '}
          <b className="num">
            <Figure value={total} unit={metric.unit} currency={currency} exact />
          </b>
        </span>
        {isSame && <span className="behind-same">✓ {t('sumHolds')}</span>}
        <span className="muted num">{t('count', { n: (first?.count ?? rows.length).toLocaleString('en-US') })}</span>
      </div>
      {isPhone ? (
        <div
          className="card-list behind-cards"
          onScroll={(event) => event.currentTarget.scrollHeight - event.currentTarget.scrollTop < 1600 && more()}
        >
          {rows.map((row) => (
            <button
              key={row.id}
              type="button"
              className="card-row behind-card"
              onClick={() => openRecord(row.object, row.recordId)}
            >
              <b className="ellipsis">{row.title}</b>
              <b className="num">{exactNumber(row.value, { ...counted, language })}</b>
              <span className="muted ellipsis">
                {[row.account ?? t('noAccount'), row.personName].filter(Boolean).join(' · ')}
              </span>
              <span className="muted num">{nearDayText(row.day, language, today)}</span>
            </button>
          ))}
        </div>
      ) : (
        <DataGrid
          label={t('openRecords', { name: '', what: '' })}
          rows={rows}
          columns={columns}
          keyOf={(row) => row.id}
          onChoose={(row) => openRecord(row.object, row.recordId)}
          onNearEnd={more}
          rowHeight={38}
        />
      )}
    </div>
  )
}
