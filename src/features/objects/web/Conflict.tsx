import { useState } from 'react'
import { Alert, Button, Radio } from 'antd'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { FieldValue } from './FieldValue.tsx'
import type { ScreenObject } from './use-objects.ts'
import type { RecordChanges, RecordRow } from './use-records.ts'
import { objectWords } from './words.ts'

interface ConflictProps {
  readonly object: ScreenObject
  readonly theirs: RecordRow
  readonly mine: RecordChanges
  /** The record as it was when the form was opened. */
  readonly before: RecordRow
  readonly onSave: (values: RecordChanges) => void
}

/** Someone was faster: both values side by side, field by field. */
export function Conflict({ object, theirs, mine, before, onSave }: ConflictProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  const mineRow: RecordRow = { ...before, ...mine }
  const disputed = object.fields.filter(
    (field) => field.key in mine && theirs[field.key] !== before[field.key] && theirs[field.key] !== mine[field.key],
  )
  const [kept, setKept] = useState<Readonly<Record<string, 'mine' | 'theirs'>>>({})
  const save = () => onSave(Object.fromEntries(Object.entries(mine).filter(([key]) => kept[key] !== 'theirs')))
  return (
    <Alert
      type="warning"
      className="conflict"
      title={t('conflictTitle')}
      description={
        <>
          <p>{t('conflictText')}</p>
          {disputed.map((field) => (
            <fieldset key={field.key} className="conflict-field">
              <legend>{label(field.label)}</legend>
              <Radio.Group
                value={kept[field.key] ?? 'mine'}
                onChange={(event) =>
                  setKept((before) => ({ ...before, [field.key]: event.target.value === 'theirs' ? 'theirs' : 'mine' }))
                }
                options={[
                  {
                    value: 'theirs',
                    label: (
                      <>
                        {t('theirs')}: <FieldValue field={field} row={theirs} isDense />
                      </>
                    ),
                  },
                  {
                    value: 'mine',
                    label: (
                      <>
                        {t('mine')}: <FieldValue field={field} row={mineRow} isDense />
                      </>
                    ),
                  },
                ]}
              />
            </fieldset>
          ))}
          <Button type="primary" onClick={save}>
            {t('saveChosen')}
          </Button>
        </>
      }
    />
  )
}
