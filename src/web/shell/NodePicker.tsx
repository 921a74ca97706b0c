import { useMemo } from 'react'
import { TreeSelect } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { useChangeAddress } from './address.ts'
import { branchesOf, type PickedUnit } from './unit-branches.ts'
import { useWhoAndWhen } from './who-and-when.ts'
import { shellWords } from './words.ts'

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
