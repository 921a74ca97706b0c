import { useMemo } from 'react'
import { Select, TreeSelect } from 'antd'
import { branchesOf } from '#web/shell/unit-branches.ts'
import { useWords } from '#web/words/use-words.ts'
import { usePeople, useUnits } from '../use-people.ts'
import { useBuilder } from './builder-context.ts'
import { filterWords } from './words.ts'

const meValue = 'me'
const myUnitValue = 'my-unit'

interface InputProps<Value> {
  readonly value: Value
  readonly 'aria-label': string
  readonly onChange: (value: Value) => void
}

function usePeopleOptions() {
  const people = usePeople()
  return useMemo(
    () => people.map(({ id, name, unit }) => ({ value: id, label: unit ? `${name} · ${unit}` : name })),
    [people],
  )
}

/** Options for ids that stand in a filter and are not among those offered. */
function useAlsoNamed(options: readonly { value: string; label: string }[], ids: readonly string[]) {
  const { names } = useBuilder()
  const others = ids.filter((id) => !options.some((option) => option.value === id))
  return [...others.map((id) => ({ value: id, label: names[id] ?? '…' })), ...options]
}

/** A person, or whoever looks. */
export function PersonInput({ value, onChange, ...rest }: InputProps<string | { readonly me: true } | undefined>) {
  const t = useWords(filterWords)
  const options = useAlsoNamed(usePeopleOptions(), typeof value === 'string' ? [value] : [])
  return (
    <Select<string>
      {...rest}
      className="wide"
      showSearch={{ optionFilterProp: 'label' }}
      value={typeof value === 'object' ? meValue : (value ?? null)}
      placeholder={t('value')}
      options={[{ value: meValue, label: t('me') }, ...options]}
      onChange={(id) => onChange(id === meValue ? { me: true } : id)}
    />
  )
}

export function PeopleInput({ value, onChange, ...rest }: InputProps<readonly string[]>) {
  const t = useWords(filterWords)
  const options = useAlsoNamed(usePeopleOptions(), value)
  return (
    <Select<string[]>
      {...rest}
      className="wide"
      mode="multiple"
      showSearch={{ optionFilterProp: 'label' }}
      value={[...value]}
      placeholder={t('value')}
      options={options}
      onChange={onChange}
    />
  )
}

/** A unit, or the units of whoever looks. */
export function UnitInput({
  value,
  onChange,
  ...rest
}: InputProps<{ readonly unit: string } | { readonly myUnit: true } | undefined>) {
  const t = useWords(filterWords)
  const units = useUnits()
  const branches = useMemo(
    () => [{ value: myUnitValue, title: t('myUnit'), children: [] }, ...branchesOf(units)],
    [t, units],
  )
  return (
    <TreeSelect<string | null>
      {...rest}
      className="wide"
      placeholder={t('chooseUnit')}
      value={value === undefined ? null : 'unit' in value ? value.unit : myUnitValue}
      treeData={branches}
      treeDefaultExpandedKeys={branches.map((branch) => branch.value)}
      showSearch={{ treeNodeFilterProp: 'title' }}
      onChange={(id) => id !== null && onChange(id === myUnitValue ? { myUnit: true } : { unit: id })}
    />
  )
}
