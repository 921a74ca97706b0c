import { useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { ListPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useAddress, useGo } from '#web/shell/address.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { BoardSwitch } from './BoardSwitch.tsx'
import { ColumnChooser } from './ColumnChooser.tsx'
import { FilterBar } from './FilterBar.tsx'
import { ExportButton } from './import/ExportButton.tsx'
import { filterOf, readListState } from './list-address.ts'
import { RecordForm } from './RecordForm.tsx'
import { RecordList } from './RecordList.tsx'
import { useObjects, type ScreenObject } from './use-objects.ts'
import { objectWords } from './words.ts'
import './objects.css'

interface RecordListPageProps {
  readonly object: string
  /** Where the same records are shown as a board, if they are. */
  readonly board?: string
}

/** The list of one object, with everything that can be done from it. */
export function RecordListPage({ object: key, board }: RecordListPageProps) {
  const t = useWords(objectWords)
  const { objects, isPending, error } = useObjects()
  const object = objects.find((known) => known.key === key)
  if (isPending) return <LoadingState rows={10} />
  if (error) return <ErrorState problem={error} />
  return object ? <ObjectList object={object} board={board} /> : <EmptyState title={t('noObject')} />
}

function ObjectList({ object, board }: { readonly object: ScreenObject; readonly board: string | undefined }) {
  const t = useWords(objectWords)
  const label = useLabel()
  const isPhone = useIsPhone()
  const go = useGo()
  const open = useOpenRecord()
  const { node } = useWhoAndWhen()
  const state = readListState(useAddress(), object)
  const [isNew, setNew] = useState(false)
  const create = object.can.create && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setNew(true)}>
      {isPhone ? null : t('new', { object: label(object.label) })}
      {isPhone && <span className="visually-hidden">{t('new', { object: label(object.label) })}</span>}
    </Button>
  )
  return (
    <ListPage
      title={label(object.labelOfMany)}
      actions={
        <>
          {board && <BoardSwitch shown="list" onBoard={() => go(board)} onList={() => undefined} />}
          {!isPhone && <ColumnChooser object={object} columns={state.columns} />}
          {object.can.import && !isPhone && (
            <Button onClick={() => go('/import', { object: object.key })}>{t('import')}</Button>
          )}
          {object.can.export && !isPhone && (
            <ExportButton object={object.key} filter={filterOf(state, object, node)} sort={state.sort} />
          )}
          {create}
        </>
      }
      bar={<FilterBar object={object} state={state} />}
    >
      <RecordList object={object} emptyAction={create} />
      {isNew && (
        <RecordForm object={object} onClose={() => setNew(false)} onSaved={(row) => open(object.key, row.id)} />
      )}
    </ListPage>
  )
}
