import { Suspense, useId, useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Alert, App, Button, Drawer, Input, Select, Tag } from 'antd'
import type { GranteeKind, SharingLevel } from '#engine/policy/sharing.ts'
import { everything, type Filter } from '#engine/query/filter.ts'
import { FilterPanel, useFilterWords, useObjects, type ScreenObject } from '#features/objects/web/index.tsx'
import { ApiProblem } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { RuleView } from '../contract.ts'
import { GranteePicker } from './GranteePicker.tsx'
import { LevelChoice } from './LevelChoice.tsx'
import { FaultLine } from './RoleNames.tsx'
import { isEverything } from './rule-draft.ts'
import { sharingWords } from './rule-words.ts'
import { useRuleActs } from './use-rules.ts'
import { useRoleList } from './use-roles.ts'

interface RuleDrawerProps {
  /** The rule to change; absent: a new one. */
  readonly rule: RuleView | undefined
  readonly onClose: () => void
}

/** Which records are shared, with whom, and for what. */
export function RuleDrawer({ rule, onClose }: RuleDrawerProps) {
  const t = useWords(sharingWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const isPhone = useIsPhone()
  const id = useId()
  const { message, modal } = App.useApp()
  const { objects } = useObjects()
  const list = useRoleList()
  const acts = useRuleActs()
  const [name, setName] = useState(rule?.label ?? { zh: '', en: '' })
  const [key, setKey] = useState(rule?.object)
  const [filter, setFilter] = useState<Filter>(rule?.filter ?? everything)
  const [to, setTo] = useState<{ readonly kind: GranteeKind; readonly id: string | undefined }>(
    rule?.to ?? { kind: 'unit', id: undefined },
  )
  const [level, setLevel] = useState<SharingLevel>(rule?.level ?? 'read')
  const [isAsked, setAsked] = useState(false)
  const [isTouched, setTouched] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  // What everybody sees has nothing to share.
  const isOpen = (object: ScreenObject) => list.data?.objects.find((one) => one.key === object.key)?.isOpen ?? false
  const object = objects.find((one) => one.key === key)
  const isNameless = name.zh.trim() === '' || name.en.trim() === ''
  const told = (part: string) => faultIn(problem, part)
  const touch = (change: () => void) => {
    setTouched(true)
    setProblem(undefined)
    change()
  }

  const leave = () => {
    if (!isTouched) return onClose()
    modal.confirm({
      title: k('unsavedTitle'),
      content: k('unsavedText'),
      okText: k('unsavedLeave'),
      cancelText: k('unsavedStay'),
      onOk: onClose,
    })
  }
  const save = async () => {
    setAsked(true)
    setProblem(undefined)
    if (isNameless || key === undefined || to.id === undefined || isBusy) return
    setBusy(true)
    try {
      const trimmed = { zh: name.zh.trim(), en: name.en.trim() }
      const draft = { object: key, label: trimmed, filter, to: { kind: to.kind, id: to.id }, level }
      await (rule ? acts.change(rule.id, draft, rule.version) : acts.create(draft))
      void message.success(t('saved'))
      onClose()
    } catch (refusal) {
      setProblem(refusal)
      if (!(refusal instanceof ApiProblem) || refusal.faults.length === 0) void message.error(problemText(refusal))
      setBusy(false)
    }
  }
  const others = faultsElsewhere(problem)
  return (
    <Drawer
      open
      title={t(rule ? 'editRule' : 'newRule')}
      onClose={leave}
      closable={{ 'aria-label': k('close') }}
      size={isPhone ? '100vw' : 'min(600px, 100vw)'}
      footer={
        <div className="role-footer">
          <Button onClick={leave}>{k('cancel')}</Button>
          <Button type="primary" loading={isBusy} onClick={() => void save()}>
            {k('save')}
          </Button>
        </div>
      }
    >
      <form className="role-stack" noValidate onSubmit={(event) => (event.preventDefault(), void save())}>
        {others.length > 0 && <Alert type="error" showIcon title={others.join(' ')} />}
        <div className="role-field">
          <span className="role-caption">{t('ruleName')}</span>
          <div className="role-pair">
            {(['zh', 'en'] as const).map((language) => (
              <Input
                key={language}
                aria-label={t(language === 'zh' ? 'nameZh' : 'nameEn')}
                placeholder={language === 'zh' ? t('nameExample') : t('nameEn')}
                value={name[language]}
                maxLength={60}
                autoComplete="off"
                autoFocus={language === 'zh' && !rule}
                onChange={(event) => touch(() => setName({ ...name, [language]: event.target.value }))}
              />
            ))}
          </div>
          <FaultLine fault={isAsked && isNameless ? t('needName') : told('label')} />
        </div>
        <div className="role-field">
          <label htmlFor={`${id}-object`}>{t('object')}</label>
          <Select<string>
            id={`${id}-object`}
            value={key ?? null}
            placeholder={t('choose')}
            showSearch={{ optionFilterProp: 'label' }}
            options={objects.filter((one) => !isOpen(one)).map((one) => ({ value: one.key, label: label(one.label) }))}
            onChange={(next) =>
              touch(() => {
                setKey(next)
                setFilter(everything)
              })
            }
          />
          <FaultLine fault={isAsked && key === undefined ? t('needObject') : told('object')} />
        </div>
        {object && (
          <Condition
            key={object.key}
            id={`${id}-which`}
            object={object}
            value={filter}
            fault={told('filter')}
            onChange={(next) => touch(() => setFilter(next))}
          />
        )}
        <GranteePicker
          id={`${id}-to`}
          kind={to.kind}
          value={to.id}
          name={rule && rule.to.id === to.id ? rule.to.name : undefined}
          fault={isAsked && to.id === undefined ? t('needTo') : told('to')}
          onChange={(kind, next) => touch(() => setTo({ kind, id: next }))}
        />
        <LevelChoice id={id} value={level} onChange={(next) => touch(() => setLevel(next))} />
        <button type="submit" hidden />
      </form>
    </Drawer>
  )
}

interface ConditionProps {
  readonly id: string
  readonly object: ScreenObject
  readonly value: Filter
  readonly fault: string | undefined
  readonly onChange: (filter: Filter) => void
}

/** Which records, in words, changed on the filter's sheet. */
function Condition({ id, object, value, fault, onChange }: ConditionProps) {
  const t = useWords(sharingWords)
  const isAll = isEverything(value)
  const { words } = useFilterWords(object, isAll ? undefined : value)
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="role-field" role="group" aria-labelledby={`${id}-name`}>
      <span id={`${id}-name`} className="role-caption">
        {t('which')}
      </span>
      {isAll ? (
        <span className="rule-condition">
          <span className="muted">{t('allRecords')}</span>
          <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
            {t('setCondition')}
          </Button>
        </span>
      ) : (
        <Tag
          className="rule-condition-text"
          closable={{ 'aria-label': t('removeCondition', { text: words(value) }) }}
          onClose={() => onChange(everything)}
        >
          <button type="button" className="plain-button" onClick={() => setOpen(true)}>
            {words(value)}
          </button>
        </Tag>
      )}
      <Suspense fallback={null}>
        {isOpen && (
          <FilterPanel
            object={object}
            filter={isAll ? undefined : value}
            isOpen
            onClose={() => setOpen(false)}
            onChange={(next) => onChange(next ?? everything)}
          />
        )}
      </Suspense>
      <FaultLine id={`${id}-fault`} fault={fault} />
    </div>
  )
}

const parts = ['label', 'object', 'filter', 'to']
const partOf = (field: string) => field.split('.')[0] ?? ''

/** What the server says about a part of the rule, at whatever depth. */
function faultIn(problem: unknown, part: string): string | undefined {
  if (!(problem instanceof ApiProblem)) return undefined
  return problem.faults.find(({ field }) => partOf(field) === part)?.message
}

function faultsElsewhere(problem: unknown): readonly string[] {
  if (!(problem instanceof ApiProblem)) return []
  return problem.faults.filter(({ field }) => !parts.includes(partOf(field))).map(({ message }) => message)
}
