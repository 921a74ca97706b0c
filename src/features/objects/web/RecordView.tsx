import { useEffect, useState } from 'react'
import { Button, Tabs } from 'antd'
import { StarButton } from '#web/shell/palette/StarButton.tsx'
import { useTellOpened } from '#web/shell/palette/use-search.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { AccessPanel } from './access/AccessPanel.tsx'
import { RemoveButton } from './bin/RemoveButton.tsx'
import { FieldValue } from './FieldValue.tsx'
import { HistoryList } from './HistoryList.tsx'
import { RecordFields } from './RecordFields.tsx'
import { RecordForm } from './RecordForm.tsx'
import { RelatedLists } from './RelatedLists.tsx'
import type { ScreenField, ScreenObject } from './use-objects.ts'
import type { RecordRow } from './use-records.ts'
import { objectWords } from './words.ts'
import './objects.css'

interface RecordViewProps {
  readonly object: ScreenObject
  readonly row: RecordRow
  readonly onRemoved: () => void
}

const mostFacts = 5

/** The facts that identify a record at a glance: state, money, who, when. */
function factsOf(object: ScreenObject): readonly ScreenField[] {
  return object.fields.filter((field) => field.inList && field.key !== object.title).slice(0, mostFacts)
}

/** A record: facts, fields, what refers to it, its history, and who sees it why. */
export function RecordView({ object, row, onRemoved }: RecordViewProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  useOpened(object.key, row.id)
  return (
    <div className="record">
      <dl className="record-facts" aria-label={t('facts')}>
        {factsOf(object).map((field) => (
          <div key={field.key}>
            <dt>{label(field.label)}</dt>
            <dd>
              <FieldValue field={field} row={row} isDense={field.type === 'money'} />
            </dd>
          </div>
        ))}
      </dl>
      <RecordActions object={object} row={row} onRemoved={onRemoved} />
      <Tabs
        items={[
          {
            key: 'details',
            label: t('details'),
            children: (
              <>
                <RecordFields object={object} row={row} />
                <RelatedLists object={object} row={row} />
              </>
            ),
          },
          { key: 'history', label: t('history'), children: <HistoryList object={object} row={row} /> },
          { key: 'access', label: t('access'), children: <AccessPanel object={object.key} id={row.id} /> },
        ]}
      />
    </div>
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
  return (
    <div className="record-actions">
      {object.can.update && (
        <Button type="primary" onClick={() => setEditing(true)}>
          {t('edit')}
        </Button>
      )}
      {object.can.delete && <RemoveButton object={object} row={row} onRemoved={onRemoved} />}
      <StarButton object={object.key} id={row.id} />
      {isEditing && <RecordForm object={object} row={row} onClose={() => setEditing(false)} />}
    </div>
  )
}
