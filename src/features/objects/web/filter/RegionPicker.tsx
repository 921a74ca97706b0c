import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TreeSelect } from 'antd'
import type { Language } from '#base/label.ts'
import { home, type Regions } from '#engine/region/region.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { filterWords } from './words.ts'

interface Node {
  readonly value: string
  readonly title: string
  readonly children: Node[]
}

function nodesOf(regions: Regions, parent: string | null, language: Language): Node[] {
  return regions.childrenOf(parent).map(({ code }) => ({
    value: code,
    title: regions.nameOf(code, language),
    children: nodesOf(regions, code, language),
  }))
}

interface RegionPickerProps<Value> {
  readonly value: Value
  readonly 'aria-label': string
  readonly onChange: (value: Value) => void
}

/** Names of regions come when they are first asked for: they weigh more than the page. */
function useRegionNodes(): Node[] {
  const language = useLanguage()
  const { data } = useQuery({
    queryKey: ['regions'],
    queryFn: async () => (await import('#engine/region/regions.ts')).regions,
    staleTime: Infinity,
    structuralSharing: false,
  })
  return useMemo(() => (data ? nodesOf(data, null, language) : []), [data, language])
}

function useShared(label: string) {
  const t = useWords(filterWords)
  const nodes = useRegionNodes()
  return {
    'aria-label': label,
    className: 'wide',
    placeholder: t('chooseRegion'),
    loading: nodes.length === 0,
    treeData: nodes,
    treeDefaultExpandedKeys: [home],
    showSearch: { treeNodeFilterProp: 'title' },
    popupMatchSelectWidth: 300,
  }
}

/** A country, province, city or district. */
export function RegionPicker({ value, onChange, ...rest }: RegionPickerProps<string | null>) {
  return <TreeSelect<string | null> {...useShared(rest['aria-label'])} value={value} onChange={onChange} />
}

/** Several of them. */
export function RegionsPicker({ value, onChange, ...rest }: RegionPickerProps<readonly string[]>) {
  const picked = useShared(rest['aria-label'])
  return (
    <TreeSelect<string[]>
      {...picked}
      multiple
      maxTagCount="responsive"
      value={[...value]}
      onChange={(codes) => onChange(codes)}
    />
  )
}
