import { useState } from 'react'
import { App, Button, Segmented, Select } from 'antd'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { useUnsavedGuard } from '#web/kit/use-unsaved-guard.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { SetupDraft } from '../contract.ts'
import { inBoth } from './field-draft.ts'
import { FormPreview } from './FormPreview.tsx'
import { formWords } from './form-words.ts'
import { fieldsOutside, sectionsOf, withLayout, type DraftSection } from './layout-draft.ts'
import { SectionBoard } from './SectionBoard.tsx'
import { useRefusal } from './use-refusal.tsx'
import { useSaveSetup } from './use-setup.ts'

interface FormDesignerProps {
  readonly screen: ScreenObject
  readonly setup: SetupDraft
  readonly onEditField: (key: string) => void
}

type View = 'design' | 'desktop' | 'phone'

/** What is designed and not saved yet, by record type; `null`: back to the plain form. */
type Drafts = ReadonlyMap<string | null, readonly DraftSection[] | null>

/** The form of an object, by record type: designed by dragging, looked at as on a desk and on a phone, then saved. */
export function FormDesigner({ screen, setup, onEditField }: FormDesignerProps) {
  const t = useWords(formWords)
  const label = useLabel()
  const { message } = App.useApp()
  const refuse = useRefusal()
  const { save, isBusy } = useSaveSetup(screen.key, setup)
  const [view, setView] = useState<View>('design')
  const [recordType, setRecordType] = useState<string | null>(null)
  const [typeField, setTypeField] = useState(setup.recordTypeField)
  const [drafts, setDrafts] = useState<Drafts>(new Map())
  const keys = screen.fields.map((field) => field.key)
  const draft = drafts.get(recordType)
  const kept = setup.layouts?.find((layout) => layout.recordType === recordType)
  const sections = draft ?? sectionsOf(draft === null ? undefined : kept, keys)
  const choices = screen.fields.find((field) => field.key === typeField)?.choices ?? []
  const isPlain = draft === null || (draft === undefined && !kept)
  const isTouched = drafts.size > 0 || typeField !== setup.recordTypeField
  useUnsavedGuard(isTouched, (address) => String(address.get('object')))
  const put = (next: readonly DraftSection[] | null) => setDrafts((before) => new Map(before).set(recordType, next))
  const discard = () => {
    setDrafts(new Map())
    setTypeField(setup.recordTypeField)
    setRecordType(null)
  }
  const nameless = [...drafts.values()].some((one) => one?.some((section) => inBoth(section.label).zh === ''))
  const requiredOut = fieldsOutside(sections, keys)
    .map((key) => screen.fields.find((field) => field.key === key))
    .filter((field) => field?.required && !field.readOnly)

  const submit = async () => {
    if (nameless) return void message.error(t('nameSections'))
    const layouts = [...drafts].reduce(
      (all, [type, one]) => withLayout(all, type, one?.map(ready)),
      [...(setup.layouts ?? [])],
    )
    const known = new Set(screen.fields.find((field) => field.key === typeField)?.choices?.map(({ key }) => key))
    try {
      await save({
        layouts: layouts.filter((layout) => layout.recordType === null || known.has(layout.recordType)),
        recordTypeField: typeField,
      })
      setDrafts(new Map())
      void message.success(t('saved'))
    } catch (problem) {
      refuse(problem)
    }
  }
  return (
    <div className="shape-stack">
      <div className="form-bar">
        <Segmented<View>
          aria-label={t('view')}
          value={view}
          onChange={setView}
          options={(['design', 'desktop', 'phone'] as const).map((one) => ({ value: one, label: t(one) }))}
        />
        <label className="form-bar-choice">
          <span className="muted">{t('recordType')}</span>
          <Select<string>
            title={t('recordTypeHelp')}
            value={typeField ?? ''}
            popupMatchSelectWidth={false}
            options={[
              { value: '', label: t('noRecordType') },
              ...screen.fields
                .filter((field) => field.type === 'choice')
                .map((field) => ({ value: field.key, label: label(field.label) })),
            ]}
            onChange={(key) => (setTypeField(key === '' ? undefined : key), setRecordType(null))}
          />
        </label>
        {choices.length > 0 && (
          <label className="form-bar-choice">
            <span className="muted">{t('formOf')}</span>
            <Select<string>
              value={recordType ?? ''}
              popupMatchSelectWidth={false}
              options={[
                { value: '', label: t('others') },
                ...choices.map((choice) => ({ value: choice.key, label: label(choice.label) })),
              ]}
              onChange={(key) => setRecordType(key === '' ? null : key)}
            />
          </label>
        )}
        {!isPlain && (
          <Button type="link" onClick={() => put(null)}>
            {t('plain')}
          </Button>
        )}
      </div>
      {requiredOut.length > 0 && (
        <p className="shape-fault" role="status">
          {t('requiredOut', { names: requiredOut.flatMap((field) => (field ? [label(field.label)] : [])).join(', ') })}
        </p>
      )}
      {view === 'design' ? (
        <SectionBoard screen={screen} sections={sections} onChange={put} onEditField={onEditField} />
      ) : (
        <FormPreview screen={screen} sections={sections} device={view} />
      )}
      {isTouched && (
        <div className="form-save" role="group" aria-label={t('unsaved')}>
          <span>{t('unsaved')}</span>
          <Button onClick={discard}>{t('discard')}</Button>
          <Button type="primary" loading={isBusy} onClick={() => void submit()}>
            {t('saveForm')}
          </Button>
        </div>
      )}
    </div>
  )
}

function ready({ label, columns, fields }: DraftSection) {
  return { label: inBoth(label), columns, fields: [...fields] }
}
