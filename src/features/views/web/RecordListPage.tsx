import { Suspense, useMemo, useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { ExportButton, RecordForm, useObjects, type ScreenObject } from '#features/objects/web/index.tsx'
import { ListPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { lazyPart } from '#web/kit/lazy-part.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useGo } from '#web/shell/address.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { SavedView } from '../contract.ts'
import { chosenColumns, columnsOf } from './columns.ts'
import { KindSwitch } from './KindSwitch.tsx'
import { ListFilter } from './ListFilter.tsx'
import { ListView } from './list/ListView.tsx'
import { useShownView, useViews } from './use-views.ts'
import { ViewOptions } from './ViewOptions.tsx'
import { ViewTabs } from './ViewTabs.tsx'
import { wholeFilter } from './whole-filter.ts'
import { viewWords } from './words.ts'
import './views.css'

const KanbanView = lazyPart(() => import('./board/KanbanView.tsx'), 'KanbanView')
const CalendarView = lazyPart(() => import('./calendar/CalendarView.tsx'), 'CalendarView')
const TimelineView = lazyPart(() => import('./timeline/TimelineView.tsx'), 'TimelineView')
const MapView = lazyPart(() => import('./map/MapView.tsx'), 'MapView')

interface RecordListPageProps {
  readonly object: string
  /** Where the same records have a board of their own, if they do. */
  readonly board?: string
}

/** The records of one object in its views, with everything that can be done from there. */
export function RecordListPage({ object: key, board }: RecordListPageProps) {
  const t = useWords(viewWords)
  const { objects, isPending, error } = useObjects()
  const object = objects.find((known) => known.key === key)
  const views = useViews(key, isPending || object !== undefined)
  if (isPending) return <LoadingState rows={10} />
  if (error) return <ErrorState problem={error} />
  if (!object) return <EmptyState title={t('noObject')} />
  if (views.isPending) return <LoadingState rows={10} />
  if (views.isError) return <ErrorState problem={views.error} onRetry={() => void views.refetch()} />
  return <ObjectPage object={object} views={views.data.views} board={board} />
}

interface ObjectPageProps {
  readonly object: ScreenObject
  readonly views: readonly SavedView[]
  readonly board: string | undefined
}

function ObjectPage({ object, views, board }: ObjectPageProps) {
  const t = useWords(viewWords)
  const label = useLabel()
  const isPhone = useIsPhone()
  const go = useGo()
  const open = useOpenRecord()
  const { node } = useWhoAndWhen()
  const shown = useShownView(object, views)
  const { kind, definition } = shown.state
  const [isNew, setNew] = useState(false)
  const filter = useMemo(
    () => wholeFilter({ filter: definition.filter, search: shown.search, node }, object),
    [definition.filter, shown.search, node, object],
  )
  const create = object.can.create && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setNew(true)}>
      {isPhone ? null : t('new', { object: label(object.label) })}
      {isPhone && <span className="visually-hidden">{t('new', { object: label(object.label) })}</span>}
    </Button>
  )
  const columns = columnsOf(chosenColumns(definition, object), object)
  const parts = { object, shown, filter }
  return (
    <ListPage
      title={label(object.labelOfMany)}
      actions={
        <>
          <KindSwitch
            object={object}
            kind={kind}
            onChange={(next) => (next === 'kanban' && board ? go(board) : shown.setKind(next))}
          />
          {!isPhone && kind === 'list' && <ViewOptions object={object} shown={shown} />}
          {object.can.import && !isPhone && (
            <Button onClick={() => go('/import', { object: object.key })}>{t('import')}</Button>
          )}
          {object.can.export && !isPhone && (
            <Suspense fallback={null}>
              <ExportButton
                object={object.key}
                filter={filter}
                sort={definition.sort ?? []}
                fields={columns.map(({ field }) => field.key)}
              />
            </Suspense>
          )}
          {create}
        </>
      }
      bar={
        <>
          <ViewTabs object={object} views={views} shown={shown} />
          {shown.view && shown.view.gone.length > 0 && (
            <Alert type="warning" className="view-gone" title={t('gone', { fields: shown.view.gone.join('、') })} />
          )}
          <ListFilter object={object} shown={shown} />
        </>
      }
    >
      <Suspense fallback={<LoadingState rows={10} />}>
        {kind === 'list' && <ListView {...parts} emptyAction={create} />}
        {kind === 'kanban' && <KanbanView {...parts} />}
        {kind === 'calendar' && <CalendarView {...parts} />}
        {kind === 'timeline' && <TimelineView {...parts} />}
        {kind === 'map' && <MapView {...parts} />}
      </Suspense>
      {isNew && (
        <Suspense fallback={null}>
          <RecordForm object={object} onClose={() => setNew(false)} onSaved={(row) => open(object.key, row.id)} />
        </Suspense>
      )}
    </ListPage>
  )
}
