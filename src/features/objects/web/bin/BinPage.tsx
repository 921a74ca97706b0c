import { Suspense, useState } from 'react'
import { App, Button, Checkbox, Select } from 'antd'
import { readFilter, writtenFilter } from './bin-address.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { ListPage } from '#web/kit/PageShape.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { FilterBar } from '../FilterBar.tsx'
import { OwnerPicker } from '../OwnerPicker.tsx'
import { useObjects, type ScreenObject } from '../use-objects.ts'
import { BinRow } from './BinRow.tsx'
import { RefusedRestores } from './RefusedRestores.tsx'
import { portionsOf, stillRefused } from './restoring.ts'
import { useBin, useBinCounts, useRestore, type BinRestored } from './use-bin.ts'
import { binWords } from './words.ts'
import './bin.css'

/** What was deleted, by object; all of it can come back for a while. `?object=` `?q=` `?by=` `?filter=` */
export function BinPage() {
  const t = useWords(binWords)
  const label = useLabel()
  const address = useAddress()
  const change = useChangeAddress()
  const { objects } = useObjects()
  const counts = useBinCounts()
  if (counts.isPending) return <LoadingState rows={8} />
  if (counts.isError) return <ErrorState problem={counts.error} onRetry={() => void counts.refetch()} />
  const shown = counts.data.objects.flatMap(({ object, count }) => {
    const known = objects.find(({ key }) => key === object)
    return known ? [{ object: known, count }] : []
  })
  const chosen =
    shown.find(({ object }) => object.key === address['object']) ?? shown.find(({ count }) => count > 0) ?? shown[0]
  return (
    <ListPage
      title={t('title')}
      note={t('note', { days: counts.data.days })}
      bar={
        <Select<string>
          aria-label={t('objects')}
          className="bin-objects"
          value={chosen?.object.key ?? null}
          options={shown.map(({ object, count }) => ({
            value: object.key,
            label: t('counted', { object: label(object.labelOfMany), n: count.toLocaleString('en-US') }),
          }))}
          onChange={(object) => change({ object, q: undefined, filter: undefined })}
        />
      }
    >
      {chosen && <BinOfObject key={chosen.object.key} object={chosen.object} days={counts.data.days} />}
    </ListPage>
  )
}

interface BinOfObjectProps {
  readonly object: ScreenObject
  readonly days: number
}

function BinOfObject({ object, days }: BinOfObjectProps) {
  const t = useWords(binWords)
  const label = useLabel()
  const address = useAddress()
  const change = useChangeAddress()
  const search = address['q'] ?? ''
  const deletedBy = address['by']
  const filter = readFilter(address['filter'])
  const bin = useBin(object.key, { search, filter, deletedBy })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<BinRestored['refused']>([])
  const { restore, isBusy } = useRestoring(object, (asked, left) => {
    setRefused((known) => stillRefused(known, asked, left))
    setSelected((known) => new Set([...known].filter((id) => !asked.includes(id))))
  })
  const rows = bin.data?.pages.flatMap((page) => page.rows) ?? []
  const isFiltered = search !== '' || deletedBy !== undefined || filter !== undefined
  const chosen = rows.filter(({ id }) => selected.has(id))
  const select = (ids: readonly string[], isOn: boolean) =>
    setSelected((before) => new Set(isOn ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))))
  return (
    <Panel>
      <div className="bin-filter">
        <Suspense fallback={<div className="filter-bar" />}>
          <FilterBar
            object={object}
            filter={filter}
            search={search}
            onSearch={(text) => change({ q: text || undefined })}
            onChange={(wanted) => change({ filter: writtenFilter(wanted) })}
          />
        </Suspense>
        <label>
          {t('deletedBy')}{' '}
          <OwnerPicker
            aria-label={t('deletedBy')}
            value={deletedBy ?? null}
            onChange={(by) => change({ by: by ?? undefined })}
          />
        </label>
      </div>
      {bin.isPending && <LoadingState rows={6} />}
      {bin.isError && <ErrorState problem={bin.error} onRetry={() => void bin.refetch()} />}
      {bin.data && rows.length === 0 && (
        <EmptyState
          title={isFiltered ? t('noMatch') : t('emptyTitle')}
          {...(isFiltered ? {} : { text: t('emptyText', { object: label(object.labelOfMany), days }) })}
        />
      )}
      {rows.length > 0 && (
        <>
          <div className="bin-bar">
            <Checkbox
              aria-label={t('selectAll')}
              checked={chosen.length === rows.length}
              indeterminate={chosen.length > 0 && chosen.length < rows.length}
              onChange={(event) => select(rows.map(({ id }) => id), event.target.checked)} // prettier-ignore
            />
            <span className="num">{t('selected', { n: chosen.length.toLocaleString('en-US') })}</span>
            <Button
              type="primary"
              disabled={chosen.length === 0}
              loading={isBusy}
              onClick={() => void restore(chosen.map(({ id }) => id))}
            >
              {t('restore')}
            </Button>
          </div>
          <ul className="bin-rows">
            {rows.map((row) => (
              <BinRow
                key={row.id}
                row={row}
                isSelected={selected.has(row.id)}
                isBusy={isBusy}
                onSelect={(isOn) => select([row.id], isOn)}
                onRestore={() => void restore([row.id])}
              />
            ))}
          </ul>
        </>
      )}
      {bin.hasNextPage && (
        <Button block loading={bin.isFetchingNextPage} onClick={() => void bin.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {refused.length > 0 && (
        <RefusedRestores
          object={object}
          refused={refused}
          isBusy={isBusy}
          onWithParents={(id) => void restore([id], true)}
          onClose={() => setRefused([])}
        />
      )}
    </Panel>
  )
}

/** Restores and says what came of it; what was asked for and could not come back is handed on. */
function useRestoring(
  object: ScreenObject,
  onDone: (asked: readonly string[], refused: BinRestored['refused']) => void,
) {
  const t = useWords(binWords)
  const { message } = App.useApp()
  const { mutateAsync, isPending } = useRestore()
  const restore = async (ids: readonly string[], parents = false) => {
    const sum = { restored: 0, along: 0, leftBehind: 0 }
    try {
      for (const portion of portionsOf(ids)) {
        const { restored, along, leftBehind, refused } = await mutateAsync({
          object: object.key,
          ids: portion,
          parents,
        })
        sum.restored += restored
        sum.along += along
        sum.leftBehind += leftBehind
        onDone(portion, refused)
      }
    } catch (problem) {
      void message.error(problemText(problem))
    }
    const { restored, along, leftBehind } = sum
    if (restored > 0) void message.success(t(along > 0 ? 'restoredAlong' : 'restored', { n: restored, along }))
    if (leftBehind > 0) void message.info(t('leftBehind', { n: leftBehind }))
  }
  return { restore, isBusy: isPending }
}
