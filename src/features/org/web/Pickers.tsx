import { useMemo } from 'react'
import { DatePicker, Select, TreeSelect } from 'antd'
import dayjs from 'dayjs'
import { useWords } from '#web/words/use-words.ts'
import type { TreeUnit } from '../contract.ts'
import type { UnitRow } from '../org-tree.ts'
import { orgWords } from './org-words.ts'

interface FieldProps<Value> {
  readonly id?: string
  readonly value?: Value | null
  readonly onChange?: (value: Value | null) => void
  readonly 'aria-label'?: string
}

interface DayInputProps extends FieldProps<string> {
  readonly allowClear?: boolean
  readonly className?: string
}

/** A calendar date as `YYYY-MM-DD`. */
export function DayInput({ value, onChange, allowClear = true, ...rest }: DayInputProps) {
  return (
    <DatePicker
      {...rest}
      allowClear={allowClear}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : null)}
    />
  )
}

interface UnitPickerProps extends FieldProps<string> {
  readonly rows: readonly UnitRow[]
  /** Units that cannot be chosen. */
  readonly except?: readonly string[]
  readonly placeholder?: string
  readonly allowClear?: boolean
}

interface Branch {
  readonly value: string
  readonly title: string
  readonly disabled: boolean
  readonly children: Branch[]
}

/** Chooses a unit in the tree. */
export function UnitPicker({ rows, except = [], value, onChange, placeholder, ...rest }: UnitPickerProps) {
  const t = useWords(orgWords)
  const branches = useMemo(() => rows.map((row) => branchOf(row, new Set(except))), [rows, except])
  return (
    <TreeSelect
      {...rest}
      value={value ?? undefined}
      treeData={branches}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: 'title' }}
      placeholder={placeholder ?? t('chooseUnit')}
      onChange={(chosen: string | undefined) => onChange?.(chosen ?? null)}
    />
  )
}

function branchOf(row: UnitRow, except: ReadonlySet<string>): Branch {
  return {
    value: row.key,
    title: row.unit.name,
    disabled: except.has(row.key),
    children: row.rows.flatMap((inner) => (inner.kind === 'unit' ? [branchOf(inner, except)] : [])),
  }
}

interface PersonPickerProps extends FieldProps<string> {
  readonly units: readonly TreeUnit[]
  readonly except?: string
}

/** Chooses a person who stands somewhere, with the unit beside the name: names repeat. */
export function PersonPicker({ units, except, value, onChange, ...rest }: PersonPickerProps) {
  const t = useWords(orgWords)
  const options = useMemo(() => {
    const people = new Map<string, string>()
    for (const unit of units) {
      for (const person of unit.people) {
        if (person.isActive && person.id !== except && !people.has(person.id)) {
          people.set(person.id, `${person.name} · ${unit.name}`)
        }
      }
    }
    return [...people].map(([id, label]) => ({ value: id, label }))
  }, [units, except])
  return (
    <Select<string>
      {...rest}
      value={value ?? null}
      allowClear
      options={options}
      placeholder={t('choosePerson')}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(chosen: string | undefined) => onChange?.(chosen ?? null)}
    />
  )
}
