import { useId, useState } from 'react'
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Drawer, Input, Radio, Select } from 'antd'
import { waysFor } from '#engine/duplicates/ways.ts'
import type { FieldType } from '#engine/model/object-type.ts'
import type { ScreenField, ScreenObject } from '#features/objects/web/index.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { RuleDraft } from '../contract.ts'
import { duplicateWords } from './words.ts'

interface RuleDrawerProps {
  readonly object: ScreenObject
  /** The rule to change; absent: a new one. */
  readonly rule: RuleDraft | undefined
  readonly onSave: (rule: RuleDraft) => Promise<void>
  readonly onClose: () => void
}

const mostFields = 5
// The types of fields come from the definitions themselves.
const waysOf = (field: ScreenField | undefined) => (field ? waysFor({ type: field.type as FieldType }) : [])

/** What two records must have in common, and what happens then. */
export function RuleDrawer({ object, rule, onSave, onClose }: RuleDrawerProps) {
  const t = useWords(duplicateWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const id = useId()
  const isPhone = useIsPhone()
  const { message } = App.useApp()
  const fields = object.fields.filter((field) => waysOf(field).length > 0)
  const first = fields.find(({ key }) => key === object.title) ?? fields[0]
  const [name, setName] = useState(rule?.name ?? { zh: '', en: '' })
  const [compares, setCompares] = useState<RuleDraft['compares']>(rule?.compares ?? (first ? [begin(first)] : []))
  const [action, setAction] = useState<RuleDraft['action']>(rule?.action ?? 'warn')
  const [isBusy, setBusy] = useState(false)
  const left = fields.filter(({ key }) => !compares.some(({ field }) => field === key))
  const save = async () => {
    const zh = name.zh.trim() || name.en.trim()
    if (zh === '') return void message.warning(t('needName'))
    if (compares.length === 0) return void message.warning(t('needField'))
    setBusy(true)
    try {
      const named = { zh, en: name.en.trim() || zh }
      await onSave({ ...(rule?.id ? { id: rule.id } : {}), name: named, compares, action, isOn: rule?.isOn ?? true })
      void message.success(t('saved'))
      onClose()
    } catch (problem) {
      void message.error(problemText(problem))
      setBusy(false)
    }
  }
  const change = (at: number, next: RuleDraft['compares'][number]) =>
    setCompares((before) => before.map((one, place) => (place === at ? next : one)))
  return (
    <Drawer
      open
      title={t(rule ? 'editRule' : 'addRule')}
      onClose={onClose}
      closable={{ 'aria-label': k('close') }}
      size={isPhone ? '100vw' : 'min(560px, 100vw)'}
      footer={
        <div className="merge-footer">
          <Button onClick={onClose}>{k('cancel')}</Button>
          <Button type="primary" loading={isBusy} onClick={() => void save()}>
            {k('save')}
          </Button>
        </div>
      }
    >
      <form className="duplicates-form" onSubmit={(event) => (event.preventDefault(), void save())}>
        <div className="duplicates-field">
          <label htmlFor={`${id}-name`}>{t('ruleName')}</label>
          <Input
            id={`${id}-name`}
            aria-label={t('inChinese')}
            placeholder={t('inChinese')}
            maxLength={60}
            value={name.zh}
            onChange={(event) => setName({ ...name, zh: event.target.value })}
          />
          <Input
            aria-label={t('inEnglish')}
            placeholder={t('inEnglish')}
            maxLength={60}
            value={name.en}
            onChange={(event) => setName({ ...name, en: event.target.value })}
          />
        </div>
        <fieldset className="duplicates-compares">
          <legend>{t('compares')}</legend>
          {compares.map((one, at) => {
            const field = object.fields.find(({ key }) => key === one.field)
            return (
              <div key={at} className="duplicates-compare">
                <Select<string>
                  aria-label={t('field')}
                  showSearch={{ optionFilterProp: 'label' }}
                  value={one.field}
                  options={[...(field ? [field] : []), ...left].map(({ key, label: text }) => ({
                    value: key,
                    label: label(text),
                  }))}
                  onChange={(key) => {
                    const next = fields.find((known) => known.key === key)
                    if (next) change(at, begin(next))
                  }}
                />
                <Select
                  aria-label={t('way')}
                  value={one.way}
                  options={waysOf(field).map((way) => ({
                    value: way,
                    label: t(way),
                    disabled: way === 'fuzzy' && compares.some((other, place) => place !== at && other.way === way),
                  }))}
                  onChange={(way) => change(at, { ...one, way })}
                />
                {compares.length > 1 && (
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t('removeField')}
                    onClick={() => setCompares((before) => before.filter((_, place) => place !== at))}
                  />
                )}
              </div>
            )
          })}
          {left[0] && compares.length < mostFields && (
            <Button
              size="small"
              icon={<PlusOutlined />}
              onClick={() => setCompares((before) => [...before, ...left.slice(0, 1).map(begin)])}
            >
              {t('addField')}
            </Button>
          )}
        </fieldset>
        <div className="duplicates-field">
          <span>{t('action')}</span>
          <Radio.Group
            aria-label={t('action')}
            vertical
            value={action}
            options={[
              { value: 'warn', label: t('warn') },
              { value: 'block', label: t('block') },
            ]}
            onChange={(event) => setAction(event.target.value === 'block' ? 'block' : 'warn')}
          />
        </div>
        <button type="submit" hidden />
      </form>
    </Drawer>
  )
}

function begin(field: ScreenField): RuleDraft['compares'][number] {
  return { field: field.key, way: waysOf(field)[0] ?? 'exact' }
}
