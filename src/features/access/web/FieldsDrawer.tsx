import { useState } from 'react'
import { SearchOutlined } from '@ant-design/icons'
import { Button, Checkbox, Drawer, Input, Select } from 'antd'
import type { FieldAccess, RoleDefinition } from '#engine/policy/company-role.ts'
import type { Role } from '#engine/policy/role.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { withField, type RoleField, type RoleObject } from './role-draft.ts'
import { faultAt } from './role-faults.ts'
import { FaultLine } from './RoleNames.tsx'
import { roleWords } from './role-words.ts'

interface FieldsDrawerProps {
  readonly role: { readonly basis: Role; readonly definition: RoleDefinition }
  readonly object: RoleObject
  readonly problem: unknown
  readonly onChange: (definition: RoleDefinition) => void
  readonly onClose: () => void
}

/** What a role may do with each field of an object; it joins the other changes of the role. */
export function FieldsDrawer({ role, object, problem, onChange, onClose }: FieldsDrawerProps) {
  const t = useWords(roleWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const isPhone = useIsPhone()
  const [search, setSearch] = useState('')
  const [isLimited, setLimited] = useState(false)
  const set = role.definition.objects?.[object.key]?.fields ?? {}
  const wanted = search.trim().toLowerCase()
  const isNamed = ({ key, label: name }: RoleField) =>
    [key, name.zh, name.en].some((text) => text.toLowerCase().includes(wanted))
  const fields = object.fields.filter((field) => isNamed(field) && (!isLimited || set[field.key] !== undefined))
  return (
    <Drawer
      open
      title={t('fieldsOf', { object: label(object.label) })}
      onClose={onClose}
      closable={{ 'aria-label': k('close') }}
      size={isPhone ? '100vw' : 'min(560px, 100vw)'}
      footer={
        <div className="role-footer">
          <Button type="primary" onClick={onClose}>
            {t('done')}
          </Button>
        </div>
      }
    >
      <p className="muted role-help">{t('fieldsHelp')}</p>
      <div className="role-search">
        <Input
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          aria-label={t('searchField')}
          placeholder={t('searchField')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Checkbox checked={isLimited} onChange={(event) => setLimited(event.target.checked)}>
          {t('onlyLimited')}
        </Checkbox>
      </div>
      {fields.length === 0 && <p className="muted">{t('noField')}</p>}
      <ul className="role-lines">
        {fields.map((field) => {
          const name = label(field.label)
          const access = set[field.key] ?? 'write'
          return (
            <li key={field.key} className="role-field-line" data-different={access !== 'write'}>
              <span>{name}</span>
              {field.choices.length === 0 ? (
                <span className="muted">{t('alwaysWrite')}</span>
              ) : (
                <Select<FieldAccess>
                  size="small"
                  aria-label={name}
                  value={access}
                  options={(['write', ...field.choices] as const).map((one) => ({
                    value: one,
                    label: t(`access_${one}`),
                  }))}
                  onChange={(next) => onChange(withField(role, object.key, field.key, next))}
                />
              )}
              <FaultLine fault={faultAt(problem, `definition.objects.${object.key}.fields.${field.key}`)} />
            </li>
          )
        })}
      </ul>
    </Drawer>
  )
}
