import { useId, useState } from 'react'
import { Alert, App, Button, Drawer, Select } from 'antd'
import type { Label } from '#base/label.ts'
import type { Filter } from '#engine/query/filter.ts'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { ApiProblem } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { SetupDraft } from '../contract.ts'
import { ConditionField } from './ConditionField.tsx'
import { otherFaults, partFault } from './faults.ts'
import { inBoth } from './field-draft.ts'
import { formWords } from './form-words.ts'
import { LabelInput } from './LabelInput.tsx'
import { shapeWords } from './words.ts'

export type RuleDraft = NonNullable<SetupDraft['rules']>[number]

interface RuleDrawerProps {
  readonly screen: ScreenObject
  /** The rule to change; absent: a new one. */
  readonly rule: RuleDraft | undefined
  readonly onSave: (rule: RuleDraft) => Promise<void>
  readonly onClose: () => void
}

const none: Label = { zh: '', en: '' }
const partsShown = ['name', 'message', 'refuses', 'field']

/** What records are refused, and what people then read, at which field. */
export function RuleDrawer({ screen, rule, onSave, onClose }: RuleDrawerProps) {
  const t = useWords(formWords)
  const s = useWords(shapeWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const id = useId()
  const isPhone = useIsPhone()
  const { message: said } = App.useApp()
  const [name, setName] = useState<Label>(rule?.name ?? none)
  const [refuses, setRefuses] = useState<Filter | undefined>(rule?.refuses)
  const [message, setMessage] = useState<Label>(rule?.message ?? none)
  const [field, setField] = useState(rule?.field)
  const [isAsked, setAsked] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const [isNameless, isSilent] = [inBoth(name).zh === '', inBoth(message).zh === '']

  const save = async () => {
    setAsked(true)
    setProblem(undefined)
    if (isNameless || isSilent || !refuses || isBusy) return
    setBusy(true)
    try {
      await onSave({
        ...(rule?.id ? { id: rule.id } : {}),
        name: inBoth(name),
        refuses,
        message: inBoth(message),
        ...(field ? { field } : {}),
      })
      void said.success(s('saved'))
      onClose()
    } catch (refusal) {
      setProblem(refusal)
      if (!(refusal instanceof ApiProblem) || refusal.faults.length === 0) void said.error(problemText(refusal))
      setBusy(false)
    }
  }
  const others = otherFaults(problem, partsShown)
  return (
    <Drawer
      open
      title={t(rule ? 'editRule' : 'newRule')}
      onClose={onClose}
      closable={{ 'aria-label': k('close') }}
      size={isPhone ? '100vw' : 'min(640px, 100vw)'}
      footer={
        <div className="shape-footer">
          <Button onClick={onClose}>{k('cancel')}</Button>
          <Button type="primary" loading={isBusy} onClick={() => void save()}>
            {k('save')}
          </Button>
        </div>
      }
    >
      {others.length > 0 && <Alert type="error" showIcon className="shape-alert" title={others.join(' ')} />}
      <form className="shape-form" noValidate onSubmit={(event) => (event.preventDefault(), void save())}>
        <LabelInput
          id={`${id}-name`}
          name={t('ruleName')}
          value={name}
          maxLength={60}
          isRequired
          isFirst
          fault={isAsked && isNameless ? s('needName') : partFault(problem, 'name')}
          onChange={setName}
        />
        <ConditionField
          id={`${id}-refuses`}
          name={t('refuses')}
          object={screen}
          value={refuses}
          fault={isAsked && !refuses ? t('needCondition') : partFault(problem, 'refuses')}
          onChange={setRefuses}
        />
        <LabelInput
          id={`${id}-message`}
          name={t('message')}
          help={t('messageHelp')}
          value={message}
          maxLength={200}
          isRequired
          fault={isAsked && isSilent ? s('needText') : partFault(problem, 'message')}
          onChange={setMessage}
        />
        <div className="shape-field">
          <label htmlFor={`${id}-at`}>{t('at')}</label>
          <Select<string>
            id={`${id}-at`}
            value={field ?? ''}
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              { value: '', label: t('atNone') },
              ...screen.fields
                .filter((one) => !one.readOnly)
                .map((one) => ({ value: one.key, label: label(one.label) })),
            ]}
            onChange={(key) => setField(key === '' ? undefined : key)}
          />
        </div>
        <button type="submit" hidden />
      </form>
    </Drawer>
  )
}
