import { useId } from 'react'
import { Radio, Tag } from 'antd'
import { standardRole, reachOf, type RoleDefinition } from '#engine/policy/company-role.ts'
import { reaches, reachLabels, type Role } from '#engine/policy/role.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { generalReach, withReach } from './role-draft.ts'
import { roleWords } from './role-words.ts'

interface ReachChoiceProps {
  readonly role: { readonly basis: Role; readonly definition: RoleDefinition }
  readonly onChange: (definition: RoleDefinition) => void
}

/** How far a role sees, from the least to the most, each in plain words. */
export function ReachChoice({ role, onChange }: ReachChoiceProps) {
  const t = useWords(roleWords)
  const label = useLabel()
  const id = useId()
  const standard = reachOf(standardRole(role.basis))
  return (
    <div className="role-reaches">
      <p id={id} className="muted">
        {t('reachHelp')}
      </p>
      <Radio.Group
        aria-labelledby={id}
        value={generalReach(role)}
        onChange={(event) => {
          const reach = reaches.find((one) => one === event.target.value)
          if (reach) onChange(withReach(role, reach))
        }}
      >
        {reaches.map((reach) => (
          <Radio key={reach} value={reach} className="role-reach">
            <span className="role-reach-name">
              {label(reachLabels[reach])} {reach === standard && <Tag>{t('standardHere')}</Tag>}
            </span>
            <span className="muted role-reach-text">{t(`reachText_${reach}`)}</span>
          </Radio>
        ))}
      </Radio.Group>
    </div>
  )
}
