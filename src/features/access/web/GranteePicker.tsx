import { useMemo } from 'react'
import { Select, TreeSelect } from 'antd'
import { granteeKinds, type Grantee, type GranteeKind } from '#engine/policy/sharing.ts'
import { usePeople, useUnits } from '#features/objects/web/index.tsx'
import { useRoles } from '#web/session/me.ts'
import { branchesOf } from '#web/shell/unit-branches.ts'
import { useWords } from '#web/words/use-words.ts'
import { FaultLine } from './RoleNames.tsx'
import { sharingWords } from './rule-words.ts'

interface GranteePickerProps {
  readonly id: string
  readonly kind: GranteeKind
  /** Id of the person or unit, key of the role. */
  readonly value: string | undefined
  readonly fault: string | undefined
  readonly isFixed?: boolean
  /** Name of whom it is shared with already. */
  readonly name?: string | undefined
  readonly onChange: (kind: GranteeKind, id: string | undefined) => void
}

/** Chooses a person, a unit with or without what lies below, or a role. */
export function GranteePicker({ id, kind, value, fault, isFixed = false, name, onChange }: GranteePickerProps) {
  const t = useWords(sharingWords)
  return (
    <div className="role-field" role="group" aria-labelledby={`${id}-name`}>
      <span id={`${id}-name`} className="role-caption">
        {t('to')}
      </span>
      <div className="share-to">
        <Select<GranteeKind>
          aria-label={t('kind')}
          disabled={isFixed}
          value={kind}
          options={granteeKinds.map((one) => ({ value: one, label: t(`kind_${one}`) }))}
          onChange={(next) => onChange(next, isUnit(next) && isUnit(kind) ? value : undefined)}
        />
        <Picked
          kind={kind}
          isFixed={isFixed}
          value={value}
          name={name}
          isInvalid={fault !== undefined}
          onChange={(next) => onChange(kind, next)}
        />
      </div>
      <FaultLine id={`${id}-fault`} fault={fault} />
    </div>
  )
}

const isUnit = (kind: GranteeKind) => kind === 'unit' || kind === 'below'

interface PickedProps {
  readonly kind: GranteeKind
  readonly value: string | undefined
  readonly name: string | undefined
  readonly isFixed: boolean
  readonly isInvalid: boolean
  readonly onChange: (id: string | undefined) => void
}

function Picked({ kind, value, name, isFixed, isInvalid, onChange }: PickedProps) {
  const t = useWords(sharingWords)
  const people = usePeople()
  const units = useUnits()
  const { options: roles } = useRoles()
  const branches = useMemo(() => [...branchesOf(units)], [units])
  const shared = {
    'aria-label': t(`kind_${kind}`),
    placeholder: t('choose'),
    disabled: isFixed,
    ...(isInvalid ? ({ status: 'error', 'aria-invalid': true } as const) : {}),
  }
  if (kind === 'unit' || kind === 'below') {
    const isListed = value === undefined || units.some((unit) => unit.id === value)
    return (
      <TreeSelect<string | null>
        {...shared}
        value={value ?? null}
        treeData={isListed ? branches : [{ value, title: name ?? '…', children: [] }, ...branches]}
        treeDefaultExpandAll
        showSearch={{ treeNodeFilterProp: 'title' }}
        onChange={(chosen: string | null | undefined) => onChange(chosen ?? undefined)}
      />
    )
  }
  const listed =
    kind === 'role'
      ? [...roles]
      : people.map((person) => ({
          value: person.id,
          label: person.unit ? `${person.name} · ${person.unit}` : person.name,
        }))
  const options =
    value === undefined || listed.some((option) => option.value === value)
      ? listed
      : [{ value, label: name ?? '…' }, ...listed]
  return (
    <Select<string>
      {...shared}
      value={value ?? null}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(chosen: string | null | undefined) => onChange(chosen ?? undefined)}
    />
  )
}

const toWords = { person: 'toPerson', unit: 'toUnit', below: 'toBelow', role: 'toRole' } as const

/** Whom something is shared with, in words. */
export function useGranteeWords(): (to: Grantee & { readonly name: string }) => string {
  const t = useWords(sharingWords)
  return ({ kind, name }) => t(toWords[kind], { name })
}
