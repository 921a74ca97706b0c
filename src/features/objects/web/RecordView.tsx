import { Suspense, useEffect, useId, useState, type ReactNode } from 'react'
import { Button, Tabs } from 'antd'
import { lazyPart } from '#web/kit/lazy-part.ts'
import { LoadingState } from '#web/kit/PageStates.tsx'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { StarButton } from '#web/shell/palette/StarButton.tsx'
import { useTellOpened } from '#web/shell/palette/use-search.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { AccessPanel } from './access/AccessPanel.tsx'
import { RemoveButton } from './bin/RemoveButton.tsx'
import { FieldValue } from './FieldValue.tsx'
import { useFiles } from './files/use-files.ts'
import { fixedRecord } from './fixed.ts'
import { HistoryList } from './HistoryList.tsx'
import { recordParts } from './record-parts.ts'
import { RecordFields } from './RecordFields.tsx'
import { RecordForm } from './RecordForm.tsx'
import { RelatedLists } from './RelatedLists.tsx'
import { useSuspicions } from './use-duplicates.ts'
import type { ScreenField, ScreenObject } from './use-objects.ts'
import type { RecordRow } from './use-records.ts'
import { objectWords } from './words.ts'
import './objects.css'

const FilesPanel = lazyPart(() => import('./files/FilesPanel.tsx'), 'FilesPanel')

interface RecordViewProps {
  readonly object: ScreenObject
  readonly row: RecordRow
  readonly onRemoved: () => void
  /** Lies over a page that may show another record. */
  readonly isInDrawer?: boolean
  /** There is room for what is said about the record beside it. */
  readonly isWide?: boolean
}

const mostFacts = 5

/** The facts that identify a record at a glance: state, money, who, when. */
function factsOf(object: ScreenObject): readonly ScreenField[] {
  return object.fields.filter((field) => field.inList && field.key !== object.title).slice(0, mostFacts)
}

/** A record: facts, fields, what refers to it, what is said about it, its files, its history, and who sees it why. */
export function RecordView({ object, row, onRemoved, isInDrawer = false, isWide = false }: RecordViewProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  useOpened(object.key, row.id)
  const details = {
    key: 'details',
    label: t('details'),
    children: (
      <>
        <RecordFields object={object} row={row} />
        <RelatedLists object={object} row={row} />
      </>
    ),
  }
  const known = recordParts(object.key)
  const parts = known.map(({ key, label: name, Content, isTab = false }) => ({
    key,
    isTab,
    label: label(name),
    children: (
      <Suspense fallback={<LoadingState rows={4} />}>
        <Content object={object} row={row} />
      </Suspense>
    ),
  }))
  const files = {
    key: 'files',
    label: <FilesTab object={object} row={row} />,
    children: (
      <Suspense fallback={<LoadingState rows={3} />}>
        <FilesPanel object={object} row={row} />
      </Suspense>
    ),
  }
  const history = { key: 'history', label: t('history'), children: <HistoryList object={object} row={row} /> }
  const access = { key: 'access', label: t('access'), children: <AccessPanel object={object.key} id={row.id} /> }
  const beside = isWide ? parts.filter(({ isTab }) => !isTab) : []
  const tabs = parts.filter((part) => !beside.includes(part))
  return (
    <div className="record" data-wide={beside.length > 0}>
      <div className="record-main">
        {known.map(
          ({ key, Notice }) =>
            Notice && (
              <Suspense key={key} fallback={null}>
                <Notice object={object} row={row} />
              </Suspense>
            ),
        )}
        <dl className="record-facts" aria-label={t('facts')}>
          {factsOf(object).map((field) => (
            <div key={field.key}>
              <dt>{label(field.label)}</dt>
              <dd>
                <FieldValue
                  object={object.key}
                  field={field}
                  row={row}
                  isDense={field.type === 'money' || field.type === 'file'}
                />
              </dd>
            </div>
          ))}
        </dl>
        <RecordActions object={object} row={row} onRemoved={onRemoved} />
        <MaybeTwice object={object} row={row} />
        <PartTabs at={isInDrawer ? 'recordPart' : 'part'} parts={[details, ...tabs, files, history, access]} />
      </div>
      {beside.map(({ key, label: name, children }) => (
        <aside key={key} className="record-aside" aria-label={name}>
          <h2>{name}</h2>
          {children}
        </aside>
      ))}
    </div>
  )
}

interface PartTabsProps {
  /** Key in the address. */
  readonly at: 'part' | 'recordPart'
  readonly parts: readonly { readonly key: string; readonly label: ReactNode; readonly children: ReactNode }[]
}

/** The parts of a record; which of them is shown stands in the address. */
function PartTabs({ at, parts }: PartTabsProps) {
  const part = useAddress()[at]
  const change = useChangeAddress()
  const [first] = parts
  const shown = parts.find(({ key }) => key === part) ?? first
  return (
    <Tabs
      className="record-parts"
      items={[...parts]}
      activeKey={shown?.key ?? ''}
      onChange={(key) => change({ [at]: key === first?.key ? undefined : key }, { isQuiet: true })}
    />
  )
}

function FilesTab({ object, row }: { readonly object: ScreenObject; readonly row: RecordRow }) {
  const t = useWords(objectWords)
  const count = useFiles({ object: object.key, id: row.id }).data?.files.length ?? 0
  return (
    <>
      {t('filesTab')} {count > 0 && <span className="muted num">{count}</span>}
    </>
  )
}

const mostMerged = 5

/** Records in reach that may be this one, where it can be merged with them. */
function MaybeTwice({ object, row }: Pick<RecordViewProps, 'object' | 'row'>) {
  const t = useWords(objectWords)
  const canMerge = object.can.update && object.can.delete && fixedRecord(object, row) === undefined
  const suspicions = useSuspicions(object, { id: row.id, values: row, changed: canMerge ? row : {} })
  const others = suspicions.flatMap(({ suspect }) => (suspect.id === null ? [] : [suspect.id])).slice(0, mostMerged - 1)
  if (!canMerge || others.length === 0) return null
  return (
    <p className="muted">
      {t('maybeTwice', { n: others.length })}{' '}
      <PageLink className="text-link" to="/merge" search={{ object: object.key, ids: [row.id, ...others].join(',') }}>
        {t('merge')}
      </PageLink>
    </p>
  )
}

/** What was opened is found again before anything is typed. */
function useOpened(object: string, id: string): void {
  const tell = useTellOpened()
  useEffect(() => void tell(object, id), [tell, object, id])
}

function RecordActions({ object, row, onRemoved }: RecordViewProps) {
  const t = useWords(objectWords)
  const [isEditing, setEditing] = useState(false)
  const isOnlySeen = fixedRecord(object, row) === 'onlySeen'
  const noteId = useId()
  const told = isOnlySeen ? { disabled: true, 'aria-describedby': noteId } : {}
  return (
    <div className="record-actions">
      {object.can.update && (
        <Button type="primary" {...told} onClick={() => setEditing(true)}>
          {t('edit')}
        </Button>
      )}
      {object.can.delete && !isOnlySeen && <RemoveButton object={object} row={row} onRemoved={onRemoved} />}
      <StarButton object={object.key} id={row.id} />
      {isOnlySeen && (object.can.update || object.can.delete) && (
        <span id={noteId} className="muted">
          {t('onlySeen')}
        </span>
      )}
      {isEditing && <RecordForm object={object} row={row} onClose={() => setEditing(false)} />}
    </div>
  )
}
