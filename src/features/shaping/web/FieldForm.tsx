import { Checkbox, InputNumber, Select } from 'antd'
import { useObjects, type ScreenObject } from '#features/objects/web/index.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { FieldDraft } from '../contract.ts'
import { ChoicesEditor } from './ChoicesEditor.tsx'
import { ConditionField } from './ConditionField.tsx'
import { partFault } from './faults.ts'
import { hasSetting, type Setting } from './field-draft.ts'
import { FormulaEditor } from './FormulaEditor.tsx'
import { FaultLine, LabelInput } from './LabelInput.tsx'
import { NumberingInput } from './NumberingInput.tsx'
import { RollupEditor } from './RollupEditor.tsx'
import { shapeWords } from './words.ts'

interface FieldFormProps {
  readonly id: string
  readonly screen: ScreenObject
  readonly draft: FieldDraft
  readonly problem: unknown
  readonly isNameless: boolean
  readonly onChange: (changes: Partial<FieldDraft>) => void
}

/** Everything that can be set about a field of its type, and nothing else. */
export function FieldForm({ id, screen, draft, problem, isNameless, onChange }: FieldFormProps) {
  const t = useWords(shapeWords)
  const has = (setting: Setting) => hasSetting(draft.type, setting)
  const fault = (part: string) => partFault(problem, part)
  return (
    <>
      <LabelInput
        id={`${id}-label`}
        name={t('fieldName')}
        value={draft.label}
        maxLength={60}
        isRequired
        isFirst
        fault={isNameless && !draft.label.zh && !draft.label.en ? t('needName') : fault('label')}
        onChange={(label) => onChange({ label })}
      />
      {has('choices') && (
        <ChoicesEditor
          id={`${id}-choices`}
          first={draft.choices ?? []}
          fault={fault('choices')}
          onChange={(choices) => onChange({ choices: [...choices] })}
        />
      )}
      {has('to') && (
        <ToSelect id={`${id}-to`} value={draft.to} fault={fault('to')} onChange={(to) => onChange({ to })} />
      )}
      {has('numbering') && (
        <NumberingInput
          id={`${id}-numbering`}
          value={draft.numbering ?? ''}
          fault={fault('numbering')}
          onChange={(numbering) => onChange({ numbering })}
        />
      )}
      {has('formula') && draft.formula && (
        <FormulaEditor
          id={`${id}-formula`}
          screen={screen}
          value={draft.formula}
          fault={fault('formula')}
          onChange={(formula) => onChange({ formula })}
        />
      )}
      {has('rollup') && (
        <RollupEditor
          id={`${id}-rollup`}
          screen={screen}
          value={draft.rollup}
          fault={fault('rollup')}
          onChange={(rollup) => onChange({ rollup })}
        />
      )}
      {(has('min') || has('maxLength')) && <Bounds id={id} draft={draft} fault={fault} onChange={onChange} />}
      <Marks draft={draft} fault={fault} onChange={onChange} />
      <LabelInput
        id={`${id}-help`}
        name={t('help')}
        help={t('helpHint')}
        value={draft.help ?? { zh: '', en: '' }}
        maxLength={300}
        fault={fault('help')}
        onChange={(help) => onChange({ help })}
      />
      {(has('visibleIf') || has('requiredIf')) && (
        <fieldset className="shape-part">
          <legend>{t('conditions')}</legend>
          {has('visibleIf') && (
            <ConditionField
              id={`${id}-visible`}
              name={t('visibleIf')}
              object={screen}
              isFilledIn
              value={draft.visibleIf}
              fault={fault('visibleIf')}
              onChange={(visibleIf) => onChange({ visibleIf })}
            />
          )}
          {has('requiredIf') && !draft.required && (
            <ConditionField
              id={`${id}-required`}
              name={t('requiredIf')}
              object={screen}
              isFilledIn
              value={draft.requiredIf}
              fault={fault('requiredIf')}
              onChange={(requiredIf) => onChange({ requiredIf })}
            />
          )}
        </fieldset>
      )}
    </>
  )
}

interface PartProps {
  readonly draft: FieldDraft
  readonly fault: (part: string) => string | undefined
  readonly onChange: (changes: Partial<FieldDraft>) => void
}

function Marks({ draft, fault, onChange }: PartProps) {
  const t = useWords(shapeWords)
  const marks = [
    { key: 'required', text: t('required') },
    { key: 'unique', text: t('unique'), help: t('uniqueHelp') },
    { key: 'whole', text: t('whole') },
    { key: 'single', text: t('single') },
    { key: 'imagesOnly', text: t('imagesOnly') },
    { key: 'oftenFiltered', text: t('oftenFiltered'), help: t('oftenHelp') },
    { key: 'inList', text: t('inList') },
    { key: 'personal', text: t('personal'), help: t('personalHelp') },
  ] as const
  const offered = marks.filter(({ key }) => hasSetting(draft.type, key))
  if (offered.length === 0) return null
  return (
    <div className="shape-checks">
      {offered.map((mark) => (
        <div key={mark.key}>
          <Checkbox
            checked={draft[mark.key] ?? false}
            onChange={(event) => onChange({ [mark.key]: event.target.checked })}
          >
            {mark.text}
          </Checkbox>
          {'help' in mark && <span className="muted shape-help">{mark.help}</span>}
          <FaultLine id={`mark-${mark.key}`} fault={fault(mark.key)} />
        </div>
      ))}
    </div>
  )
}

function Bounds({ id, draft, fault, onChange }: PartProps & { readonly id: string }) {
  const t = useWords(shapeWords)
  if (!hasSetting(draft.type, 'min')) {
    return (
      <div className="shape-field">
        <label htmlFor={`${id}-most`}>{t('maxLength')}</label>
        <InputNumber
          id={`${id}-most`}
          className="shape-short"
          min={1}
          max={20_000}
          precision={0}
          value={draft.maxLength ?? null}
          onChange={(most) => onChange({ maxLength: most ?? undefined })}
        />
        <FaultLine id={`${id}-most`} fault={fault('maxLength')} />
      </div>
    )
  }
  return (
    <div className="shape-pair">
      {(['min', 'max'] as const).map((bound) => (
        <div key={bound} className="shape-field">
          <label htmlFor={`${id}-${bound}`}>{t(bound)}</label>
          <InputNumber<string>
            id={`${id}-${bound}`}
            className="shape-wide num"
            stringMode
            value={draft[bound] ?? null}
            {...(fault(bound) ? { status: 'error' as const } : {})}
            onChange={(value) => onChange({ [bound]: value === null || value === '' ? undefined : String(value) })}
          />
          <FaultLine id={`${id}-${bound}`} fault={fault(bound)} />
        </div>
      ))}
    </div>
  )
}

interface ToSelectProps {
  readonly id: string
  readonly value: string | undefined
  readonly fault: string | undefined
  readonly onChange: (to: string) => void
}

function ToSelect({ id, value, fault, onChange }: ToSelectProps) {
  const t = useWords(shapeWords)
  const label = useLabel()
  const { objects } = useObjects()
  return (
    <div className="shape-field">
      <label htmlFor={id}>{t('to')}</label>
      <Select<string>
        id={id}
        value={value ?? null}
        placeholder={t('choose')}
        showSearch={{ optionFilterProp: 'label' }}
        {...(fault ? { status: 'error' as const } : {})}
        options={objects.map((object) => ({ value: object.key, label: label(object.label) }))}
        onChange={onChange}
      />
      <FaultLine id={id} fault={fault} />
    </div>
  )
}
