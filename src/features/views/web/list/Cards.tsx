import { Select } from 'antd'
import {
  FieldValue,
  isSortable,
  titleOf,
  useTotals,
  type RecordRow,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import type { Filter } from '#engine/query/filter.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { useMe } from '#web/session/me.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { ShownView } from '../use-views.ts'
import { viewWords } from '../words.ts'

interface CardsProps {
  readonly object: ScreenObject
  readonly shown: ShownView
  readonly rows: readonly RecordRow[]
  readonly filter: Filter | undefined
  readonly onNearEnd: () => void
}

/** Records in the hand: one card each, with what matters at a glance. */
export function Cards({ object, shown, rows, filter, onNearEnd }: CardsProps) {
  const t = useWords(viewWords)
  const label = useLabel()
  const language = useLanguage()
  const open = useOpenRecord()
  const { company } = useMe()
  const facts = object.fields.filter((field) => field.inList && field.key !== object.title)
  const amount = facts.find((field) => field.type === 'money')
  const lines = facts.filter((field) => field !== amount).slice(0, 4)
  const totals = useTotals(object.key, { filter, sum: amount ? [amount.key] : [] })
  const [sort] = shown.state.definition.sort ?? []
  return (
    <div
      className="list-cards"
      onScroll={(event) => event.currentTarget.scrollHeight - event.currentTarget.scrollTop < 2000 && onNearEnd()}
    >
      <div className="list-cards-head">
        {totals.data && (
          <span className="num">
            {t('totalCount', { n: totals.data.count.toLocaleString('en-US') })}
            {amount && totals.data.sums[amount.key] !== undefined && (
              <>
                {' · '}
                <Figure value={totals.data.sums[amount.key]} unit="money" currency={company.currency} />
              </>
            )}
          </span>
        )}
        <Select
          size="small"
          aria-label={t('sort')}
          popupMatchSelectWidth={false}
          placeholder={t('sort')}
          value={sort ? `${sort.descending ? '-' : ''}${sort.field}` : null}
          allowClear
          options={object.fields
            .filter((field) => field.inList && isSortable(field))
            .flatMap((field) => [
              { value: field.key, label: `${label(field.label)} ↑` },
              { value: `-${field.key}`, label: `${label(field.label)} ↓` },
            ])}
          onChange={(value: string | undefined) =>
            shown.change({
              sort: value ? [{ field: value.replace(/^-/, ''), descending: value.startsWith('-') }] : undefined,
            })
          }
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
