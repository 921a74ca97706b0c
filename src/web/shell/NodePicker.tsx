import { useMemo } from 'react'
import { TreeSelect } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { useChangeAddress } from './address.ts'
import { useWhoAndWhen } from './who-and-when.ts'
import { shellWords } from './words.ts'

/** One unit as the picker needs it; the parent comes before its children. */
export interface PickedUnit {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
}

interface Branch {
  readonly value: string
  readonly title: string
  readonly children: Branch[]
}

/** Builds the branches from rows that name their parents; a unit whose parent is out of sight is a root. */
export function branchesOf(units: readonly PickedUnit[]): readonly Branch[] {
  const branches = new Map(
    units.map((unit) => [unit.id, { value: unit.id, title: unit.name, children: [] } satisfies Branch as Branch]),
  )
  const roots: Branch[] = []
  for (const unit of units) {
    const branch = branches.get(unit.id)
    const parent = unit.parentId === null ? undefined : branches.get(unit.parentId)
    if (branch) (parent ? parent.children : roots).push(branch)
  }
  return roots
}

interface NodePickerProps {
  readonly units: readonly PickedUnit[]
  readonly isLoading: boolean
}

/** The part of the organisation that the pages speak of. */
export function NodePicker({ units, isLoading }: NodePickerProps) {
  const t = useWords(shellWords)
  const { node } = useWhoAndWhen()
  const change = useChangeAddress()
  const branches = useMemo(() => branchesOf(units), [units])
  // A person's node is "unit.person": the picker shows the unit she stands in.
  const shown = node?.split('.')[0]
  const isKnown = units.some((unit) => unit.id === shown)
  return (
    <TreeSelect
      className="who-node"
      aria-label={t('node')}
      value={isKnown ? shown : undefined}
      placeholder={t('nodePlaceholder')}
      loading={isLoading}
      treeData={[...branches]}
      treeDefaultExpandedKeys={branches.map((branch) => branch.value)}
      showSearch={{ treeNodeFilterProp: 'title' }}
      allowClear
      popupMatchSelectWidth={300}
      onChange={(value: string | undefined) => change({ node: value })}
    />
  )
}
