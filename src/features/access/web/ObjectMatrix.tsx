import { useState } from 'react'
import { RollbackOutlined } from '@ant-design/icons'
import { Button, Checkbox, Select, Tag } from 'antd'
import { recordActions } from '#engine/model/object-type.ts'
import type { RoleDefinition } from '#engine/policy/company-role.ts'
import { reaches, reachLabels, type Reach, type Role } from '#engine/policy/role.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { FieldsDrawer } from './FieldsDrawer.tsx'
import {
  differencesIn,
  generalReach,
  isAllowed,
  withAction,
  withoutObject,
  withReachIn,
  type RoleObject,
} from './role-draft.ts'
import { faultAt, faultsWithin } from './role-faults.ts'
import { FaultLine } from './RoleNames.tsx'
import { roleWords } from './role-words.ts'

interface ObjectMatrixProps {
  readonly role: { readonly basis: Role; readonly definition: RoleDefinition }
  readonly objects: readonly RoleObject[]
  readonly problem: unknown
  readonly onChange: (definition: RoleDefinition) => void
}

/** What a role may do with the records of every object, how far, and with which fields. */
export function ObjectMatrix({ role, objects, problem, onChange }: ObjectMatrixProps) {
  const t = useWords(roleWords)
  const [shown, setShown] = useState<string>()
  const object = objects.find(({ key }) => key === shown)
  return (
    <>
      <p className="muted role-help">{t('objectsHelp')}</p>
      <div className="role-matrix">
        <div className="role-object role-matrix-head" aria-hidden>
          <span>{t('object')}</span>
          {recordActions.map((action) => (
            <span key={action} className="role-cell">
              {t(action)}
            </span>
          ))}
          <span>{t('see')}</span>
          <span>{t('change')}</span>
          <span>{t('fields')}</span>
        </div>
        {objects.map((one) => (
          <ObjectLine
            key={one.key}
            role={role}
            object={one}
            problem={problem}
            onChange={onChange}
            onFields={() => setShown(one.key)}
          />
        ))}
      </div>
      {object && (
        <FieldsDrawer
          role={role}
          object={object}
          problem={problem}
          onChange={onChange}
          onClose={() => setShown(undefined)}
        />
      )}
    </>
  )
}

interface ObjectLineProps extends Omit<ObjectMatrixProps, 'objects'> {
  readonly object: RoleObject
  readonly onFields: () => void
}

function ObjectLine({ role, object, problem, onChange, onFields }: ObjectLineProps) {
  const t = useWords(roleWords)
  const label = useLabel()
  const name = label(object.label)
  const access = role.definition.objects?.[object.key]
  const limited = Object.keys(access?.fields ?? {}).length
  const faults = faultsWithin(problem, object.key)
  const fieldsNow = limited > 0 ? t('fieldsSome', { n: limited }) : t('fieldsAll')
  return (
    <div className="role-object" role="group" aria-label={name} data-different={differencesIn(access) > 0}>
      <span className="role-object-name">
        {name}
        {differencesIn(access) > 0 && (
          <Button
            type="text"
            size="small"
            icon={<RollbackOutlined />}
            title={t('backToStandard')}
            aria-label={t('backOf', { name })}
            onClick={() => onChange(withoutObject(role, object.key))}
          />
        )}
      </span>
      {recordActions.map((action) => (
        <span
          key={action}
          className="role-cell"
          data-different={access?.actions?.[action] !== undefined}
          title={access?.actions?.[action] === undefined ? undefined : t('different')}
        >
          <Checkbox
            aria-label={t('actionOf', { object: name, action: t(action) })}
            checked={isAllowed(role, object, action)}
            disabled={object.isOpen && action === 'read'}
            onChange={(event) => onChange(withAction(role, object, action, event.target.checked))}
          />
          <span className="role-cell-name" aria-hidden>
            {t(action)}
          </span>
        </span>
      ))}
      {object.isOpen ? (
        <span className="muted role-open">{t('isOpen')}</span>
      ) : (
        (['see', 'change'] as const).map((part) => (
          <span key={part} className="role-far">
            <span className="role-far-name" aria-hidden>
              {t(part)}
            </span>
            <ReachSelect
              label={t(part === 'see' ? 'seeOf' : 'changeOf', { object: name })}
              none={
                part === 'see' ? `${t('asGeneral')}${inBrackets(label(reachLabels[generalReach(role)]))}` : t('asSeen')
              }
              value={access?.[part]}
              onChange={(reach) => onChange(withReachIn(role, object.key, part, reach))}
            />
          </span>
        ))
      )}
      <span className="role-fields">
        <Button size="small" onClick={onFields} aria-label={`${t('fieldsOf', { object: name })} ${fieldsNow}`}>
          {fieldsNow}
        </Button>
        {faults > 0 && <Tag color="red">{t('faultsHere', { n: faults })}</Tag>}
      </span>
      <FaultLine fault={faultAt(problem, `definition.objects.${object.key}`)} />
    </div>
  )
}

const inBrackets = (text: string) => ` · ${text}`

interface ReachSelectProps {
  readonly label: string
  /** What it goes by where nothing is chosen. */
  readonly none: string
  readonly value: Reach | undefined
  readonly onChange: (reach: Reach | undefined) => void
}

function ReachSelect({ label: name, none, value, onChange }: ReachSelectProps) {
  const label = useLabel()
  return (
    <Select<Reach | ''>
      size="small"
      aria-label={name}
      className="role-far-choice"
      popupMatchSelectWidth={false}
      value={value ?? ''}
      options={[
        { value: '', label: none },
        ...reaches.map((reach) => ({ value: reach, label: label(reachLabels[reach]) })),
      ]}
      onChange={(reach) => onChange(reach === '' ? undefined : reach)}
    />
  )
}
