import { useState } from 'react'
import { Alert, Button, Radio } from 'antd'
import { isSame } from '#engine/model/is-same.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { FieldValue } from '../FieldValue.tsx'
import { entriesOf } from '../fields/control.ts'
import { useRecordNames } from '../use-names.ts'
import type { ScreenField, ScreenObject } from '../use-objects.ts'
import { usePeopleNames } from '../use-people.ts'
import type { RecordChanges, RecordRow } from '../use-records.ts'
import { objectWords } from '../words.ts'
import { isDisputed } from './disputed.ts'

export interface ConflictProps {
  readonly object: ScreenObject
  readonly theirs: RecordRow
  readonly mine: RecordChanges
  /** The record as it was seen before; of a list the columns that were shown, and nothing else can be told of. */
  readonly before: RecordRow
  readonly onSave: (values: RecordChanges) => void
}

const workedOut = ['formula', 'rollup']

/** Someone was faster: both values side by side, field by field, and what else they changed. */
export function Conflict({ object, theirs, mine, before, onSave }: ConflictProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  const disputed = object.fields.filter(({ key }) => isDisputed({ before, mine, theirs }, key))
  const elsewhere = object.fields.filter(
    ({ key, type }) =>
      key in before && !(key in mine) && !workedOut.includes(type) && !isSame(theirs[key], before[key]),
  )
  const mineRow: RecordRow = { ...before, ...mine, names: { ...before.names, ...useNamesOf(disputed, mine) } }
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
          {elsewhere.length > 0 && (
            <dl className="conflict-elsewhere" aria-label={t('theirsToo')}>
              <dt>{t('theirsToo')}</dt>
              {elsewhere.map((field) => (
                <dd key={field.key}>
                  {label(field.label)}: <FieldValue field={field} row={theirs} isDense />
                </dd>
              ))}
            </dl>
          )}
          <Button type="primary" onClick={save}>
            {t('saveChosen')}
          </Button>
        </>
      }
    />
  )
}

/** What my values of these fields point at, by field key; those of lists by their ids. */
function useNamesOf(fields: readonly ScreenField[], mine: RecordChanges): Readonly<Record<string, string | null>> {
  const people = usePeopleNames()
  const wanted = new Map<string, Set<string>>()
  const references = fields.filter(({ to }) => to !== undefined)
  for (const { key, to = '' } of references) {
    wanted.set(to, new Set([...(wanted.get(to) ?? []), ...idsOf(mine[key])]))
  }
  const names = useRecordNames(wanted)
  return Object.fromEntries([
    ...references.flatMap(({ key, type }) =>
      idsOf(mine[key]).map((id) => [type === 'multi_reference' ? id : key, names.get(id) ?? null] as const),
    ),
    ...fields
      .filter(({ type }) => type === 'owner')
      .map(({ key }) => [key, people.get(String(mine[key])) ?? null] as const),
  ])
}

const idsOf = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : entriesOf(value))
