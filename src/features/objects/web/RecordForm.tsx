import { useId, useState, type FormEvent } from 'react'
import { Alert, App, Button, Drawer } from 'antd'
import { ApiProblem, faultOf } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { applies, viewpointOf } from './applies.ts'
import { Conflict } from './conflict/Conflict.tsx'
import { currentOf } from './conflict/current-of.ts'
import { CreditChoice } from './CreditChoice.tsx'
import { DuplicateNotice } from './DuplicateNotice.tsx'
import { TellArriving, useArriving } from './files/arriving.ts'
import { formOf, isEmpty } from './form-of.ts'
import { FieldValue } from './FieldValue.tsx'
import { fixedValue } from './fixed.ts'
import { FormField } from './FormField.tsx'
import { titleOf } from './record-title.ts'
import { duplicateRefusal, useSuspicions } from './use-duplicates.ts'
import type { ScreenField, ScreenObject } from './use-objects.ts'
import { useChangeRecord, useCreateRecord, type RecordChanges, type RecordRow } from './use-records.ts'
import { objectWords } from './words.ts'
import './objects.css'

interface RecordFormProps {
  readonly object: ScreenObject
  /** The record to change; absent: a new one. */
  readonly row?: RecordRow | undefined
  /** What a new record begins with. */
  readonly first?: RecordChanges
  readonly firstNames?: Readonly<Record<string, string>>
  readonly onClose: () => void
  readonly onSaved?: (row: RecordRow) => void
}

interface Sent {
  readonly values: RecordChanges
  readonly version: number | undefined
}

/** Creates or changes a record; what the server refuses is said at its field, nothing typed is lost. */
export function RecordForm({ object, row, first = {}, firstNames = {}, onClose, onSaved }: RecordFormProps) {
  const t = useWords(objectWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const language = useLanguage()
  const me = useMe()
  const isPhone = useIsPhone()
  const { message, modal } = App.useApp()
  const ids = useId()
  const create = useCreateRecord()
  const change = useChangeRecord()
  const fields = object.fields.filter((field) => !field.readOnly)
  const owner = fields.find((field) => field.type === 'owner' && !field.custom)
  const todays = fields
    .filter((field) => field.type === 'date' && field.required && !field.custom)
    .map((field) => [field.key, me.today])
  const beginning: RecordChanges = row ?? {
    ...Object.fromEntries(todays),
    ...(owner ? { [owner.key]: me.person.id } : {}),
    ...first,
  }
  const [changes, setChanges] = useState<RecordChanges>(row ? {} : beginning)
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set())
  const [problem, setProblem] = useState<unknown>()
  /** What was sent when the server refused: confirming sends the same again. */
  const [refused, setRefused] = useState<Sent>()
  const [keepsCredit, setKeepsCredit] = useState(true)
  const refusal = duplicateRefusal(problem)
  const theirs = currentOf(problem)
  const { sections, required, kept } = formOf(object, { before: row ?? {}, beginning, changes }, viewpointOf(me))
  const asked = sections.flatMap((section) => section.fields)
  const names: Readonly<Record<string, string | null>> = row?.names ?? {
    ...firstNames,
    ...(owner ? { [owner.key]: me.person.name } : {}),
  }
  const valueOf = (key: string) => (key in changes ? changes[key] : beginning[key]) ?? null
  // A result that was made and is not split goes to the new owner, or stays: that is asked.
  const givesAway =
    row !== undefined &&
    owner !== undefined &&
    isEmpty(valueOf('credits')) &&
    fields.some((field) => field.type === 'credits') &&
    !isEmpty(row[owner.key]) &&
    !isEmpty(valueOf(owner.key)) &&
    valueOf(owner.key) !== row[owner.key] &&
    applies(object.settled, object, row, viewpointOf(me)) === true
  const fixedIn = (field: ScreenField, of: RecordRow) => {
    const fixed = fixedValue(object, field, of)
    if (fixed !== 'masked' && fixed !== 'transfer') return {}
    return { fixed: t(`${fixed}Fixed`), shown: <FieldValue field={field} row={of} /> }
  }
  const live = useSuspicions(object, {
    id: row?.id,
    values: { ...beginning, ...changes },
    changed: row ? changes : { ...first, ...changes },
  })
  const isBusy = create.isPending || change.isPending
  const { isArriving, tell } = useArriving()
  const isChanged = row
    ? Object.keys(changes).length > 0
    : Object.keys(changes).some((key) => changes[key] !== beginning[key])
  const isTouched = isChanged || isArriving

  const leave = () => {
    if (!isTouched) return onClose()
    void modal.confirm({
      title: k('unsavedTitle'),
      okText: k('unsavedLeave'),
      cancelText: k('unsavedStay'),
      onOk: onClose,
    })
  }
  const save = async (values: RecordChanges, version: number | undefined, confirmed = false) => {
    // Whichever way it was asked for: the button is disabled, the Enter key and the notices are not.
    if (isArriving) return
    try {
      const saved = row
        ? await change.mutateAsync({
            object: object.key,
            id: row.id,
            values,
            ...(version === undefined ? {} : { version }),
            ...(confirmed ? { confirmed } : {}),
            ...(givesAway && keepsCredit ? { keepsCredit } : {}),
          })
        : await create.mutateAsync({ object: object.key, values, ...(confirmed ? { confirmed } : {}) })
      void message.success(row ? t('saved') : t('created', { title: titleOf(object, saved, language) }))
      onSaved?.(saved)
      onClose()
    } catch (error) {
      setProblem(error)
      setRefused({ values, version })
      const isInPlace = error instanceof ApiProblem && (error.faults.length > 0 || error.code === 'RECORD_CHANGED')
      if (!isInPlace) void message.error(problemText(error))
    }
  }
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    const empty = asked.filter((field) => required.has(field.key) && isEmpty(valueOf(field.key)))
    setMissing(new Set(empty.map((field) => field.key)))
    setProblem(undefined)
    if (empty.length > 0) return document.getElementById(`${ids}-${empty[0]?.key ?? ''}`)?.focus()
    if (row && !isTouched) return onClose()
    return void save(kept, row?.version)
  }
  const set = (key: string, value: unknown) => {
    if (refusal) setProblem(undefined)
    setChanges((before) => ({ ...before, [key]: value }))
    setMissing((before) => new Set([...before].filter((other) => other !== key)))
  }

  return (
    <Drawer
      open
      title={row ? t('editTitle', { object: label(object.label) }) : t('new', { object: label(object.label) })}
      onClose={leave}
      closable={{ 'aria-label': k('close') }}
      size={isPhone ? '100vw' : 'min(720px, 100vw)'}
      destroyOnHidden
      footer={
        <div className="form-footer">
          {isArriving && (
            <span className="muted" role="status">
              {t('filesArriving')}
            </span>
          )}
          <Button onClick={leave}>{k('cancel')}</Button>
          <Button type="primary" loading={isBusy} disabled={isArriving} onClick={() => submit()}>
            {k('save')}
          </Button>
        </div>
      }
    >
      {theirs && row && (
        <Conflict
          object={object}
          theirs={theirs}
          mine={kept}
          before={row}
          onSave={(values) => void save(values, theirs.version)}
        />
      )}
      <form className="record-form" onSubmit={submit} noValidate>
        <DuplicateNotice
          object={object.key}
          suspicions={refusal?.suspicions ?? live}
          onConfirm={
            refusal?.canConfirm && refused ? () => void save(refused.values, refused.version, true) : undefined
          }
          isBusy={isBusy}
        />
        {!refusal && !theirs && (
          <OtherFaults object={object} problem={problem} asked={asked.map((field) => field.key)} />
        )}
        <TellArriving value={tell}>
          {sections.map((section, place) => (
            <div key={place} className="form-section" data-columns={section.columns}>
              {section.label && <h2>{label(section.label)}</h2>}
              {section.fields.map((field, at) => (
                <FormField
                  key={field.key}
                  field={field}
                  id={`${ids}-${field.key}`}
                  object={object.key}
                  value={valueOf(field.key)}
                  names={names}
                  isRequired={required.has(field.key)}
                  isFirst={place === 0 && at === 0}
                  {...(row ? fixedIn(field, row) : {})}
                  fault={missing.has(field.key) ? t('required') : refusal ? undefined : faultOf(problem, field.key)}
                  onChange={(value) => set(field.key, value)}
                />
              ))}
            </div>
          ))}
        </TellArriving>
        {givesAway && <CreditChoice keeps={keepsCredit} onChange={setKeepsCredit} />}
        <button type="submit" hidden />
      </form>
    </Drawer>
  )
}

interface OtherFaultsProps {
  readonly object: ScreenObject
  readonly problem: unknown
  /** Keys of the fields in the form. */
  readonly asked: readonly string[]
}

/** What is wrong with the record as a whole, or with a field that the form does not show. */
function OtherFaults({ object, problem, asked }: OtherFaultsProps) {
  const label = useLabel()
  const faults = problem instanceof ApiProblem ? problem.faults : []
  const others = faults.filter(({ field }) => !asked.includes(field.replace(/^values\./, '')))
  if (others.length === 0) return null
  return (
    <Alert
      type="error"
      className="form-faults"
      title={others.map(({ field: key, message }) => {
        const field = object.fields.find((known) => known.key === key)
        return <div key={`${key} ${message}`}>{field ? `${label(field.label)}: ${message}` : message}</div>
      })}
    />
  )
}
