import { useId, useState } from 'react'
import { Alert, App, Button, Drawer } from 'antd'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { call } from '#web/api/call.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { kitWords } from '#web/kit/words.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { shapingRoutes, type FieldDraft } from '../contract.ts'
import { otherFaults } from './faults.ts'
import { newField, readyDraft } from './field-draft.ts'
import { FieldForm } from './FieldForm.tsx'
import { fieldTypes } from './field-types.tsx'
import { TypeGrid } from './TypeGrid.tsx'
import { draftOf, useReread, type ShapedField } from './use-shape.ts'
import { shapeWords } from './words.ts'

interface FieldDrawerProps {
  readonly screen: ScreenObject
  /** The field to change; absent: a new one. */
  readonly field: ShapedField | undefined
  readonly onClose: () => void
}

const partsShown = [
  'label', 'help', 'choices', 'to', 'unique', 'min', 'max', 'maxLength', 'numbering', 'formula', 'rollup', 'requiredIf',
  'visibleIf',
] as const // prettier-ignore

/** Adds a field: first its type, then what applies to it; or changes one. */
export function FieldDrawer({ screen, field, onClose }: FieldDrawerProps) {
  const t = useWords(shapeWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const id = useId()
  const isPhone = useIsPhone()
  const { message, modal } = App.useApp()
  const reread = useReread()
  const [draft, setDraft] = useState<FieldDraft | undefined>(field && draftOf(field))
  const [isTouched, setTouched] = useState(false)
  const [isNameless, setNameless] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)

  const leave = () => {
    if (!isTouched) return onClose()
    modal.confirm({
      title: k('unsavedTitle'),
      okText: k('unsavedLeave'),
      cancelText: k('unsavedStay'),
      onOk: onClose,
    })
  }
  const save = async () => {
    if (!draft || isBusy) return
    const definition = readyDraft(draft)
    setNameless(definition.label.zh === '')
    setProblem(undefined)
    if (definition.label.zh === '') return document.getElementById(`${id}-label`)?.focus()
    setBusy(true)
    try {
      await (field
        ? call(shapingRoutes.changeField, { params: { id: field.id }, body: { definition } })
        : call(shapingRoutes.createField, { params: { object: screen.key }, body: { definition } }))
      await reread()
      void message.success(field ? t('saved') : t('created', { name: label(definition.label) }))
      onClose()
    } catch (refusal) {
      setProblem(refusal)
      if (!(refusal instanceof ApiProblem) || refusal.faults.length === 0) void message.error(problemText(refusal))
    } finally {
      setBusy(false)
    }
  }
  const others = otherFaults(problem, partsShown)
  return (
    <Drawer
      open
      title={draft ? t(field ? 'editField' : 'addField') : t('chooseType')}
      onClose={leave}
      closable={{ 'aria-label': k('close') }}
      size={isPhone ? '100vw' : 'min(760px, 100vw)'}
      footer={
        draft && (
          <div className="shape-footer">
            <Button onClick={leave}>{k('cancel')}</Button>
            <Button type="primary" loading={isBusy} onClick={() => void save()}>
              {k('save')}
            </Button>
          </div>
        )
      }
    >
      {!draft && <TypeGrid onChoose={(type) => setDraft(newField(type))} />}
      {others.length > 0 && <Alert type="error" showIcon className="shape-alert" title={others.join(' ')} />}
      {draft && (
        <form className="shape-form" noValidate onSubmit={(event) => (event.preventDefault(), void save())}>
          <div className="type-chosen">
            <span className="type-icon" aria-hidden>
              {fieldTypes[draft.type].icon}
            </span>
            <span>
              <b>{label(fieldTypes[draft.type].label)}</b>
              <small className="muted">{label(fieldTypes[draft.type].help)}</small>
            </span>
            {!field && (
              <Button size="small" onClick={() => (setDraft(undefined), setProblem(undefined), setTouched(false))}>
                {t('otherType')}
              </Button>
            )}
          </div>
          <FieldForm
            id={id}
            screen={screen}
            draft={draft}
            problem={problem}
            isNameless={isNameless}
            onChange={(changes) => {
              setTouched(true)
              setDraft((before) => before && { ...before, ...changes })
            }}
          />
          <button type="submit" hidden />
        </form>
      )}
    </Drawer>
  )
}
