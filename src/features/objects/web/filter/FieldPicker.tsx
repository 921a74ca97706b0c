import { useMemo } from 'react'
import { TreeSelect } from 'antd'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { systemFields } from '#engine/model/column.ts'
import { familiesOf } from '#engine/model/family.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import { fieldAt, operatorsFor } from '#engine/query/check.ts'
import type { Label } from '#base/label.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { useBuilder } from './builder-context.ts'
import { filterWords } from './words.ts'

interface Node {
  readonly value: string
  /** What the tree shows; the closed control shows `whole`. */
  readonly title: string
  readonly whole: string
  readonly children?: Node[]
  readonly selectable?: boolean
}

const deepest = 3
const familySign = 'children:'

/** What a row of a filter is about: a field of the object or behind its references, or the records that refer to it. */
export type Subject = { readonly field: string } | { readonly children: string; readonly via: string }

interface Telling {
  readonly catalogue: Catalogue
  readonly label: (label: Label) => string
}

function fieldNodes(object: ObjectType, before: string, told: string, depth: number, telling: Telling): Node[] {
  const { catalogue, label } = telling
  return [...object.fields, ...systemFields]
    .filter((field) => operatorsFor(field).length > 0 && field.key !== 'id')
    .map((field) => {
      const target = field.type === 'reference' && field.to ? catalogue.find(field.to) : undefined
      const title = label(field.label)
      const whole = `${told}${title}`
      const path = `${before}${field.key}`
      const children =
        target && depth < deepest ? fieldNodes(target, `${path}.`, `${whole} › `, depth + 1, telling) : undefined
      return { value: path, title, whole, ...(children ? { children } : {}) }
    })
}

function nodesOf(object: ObjectType, telling: Telling, related: string): Node[] {
  const { catalogue, label } = telling
  const families = familiesOf(object, catalogue)
  const isTwice = (key: string) => families.filter(({ child }) => child.key === key).length > 1
  const familyNodes = families.map(({ child, reference }): Node => {
    const title = isTwice(child.key)
      ? `${label(child.labelOfMany)} (${label(reference.label)})`
      : label(child.labelOfMany)
    return { value: `${familySign}${child.key}/${reference.key}`, title, whole: title }
  })
  const fields = fieldNodes(object, '', '', 1, telling)
  if (familyNodes.length === 0) return fields
  return [...fields, { value: familySign, title: related, whole: related, selectable: false, children: familyNodes }]
}

interface FieldPickerProps {
  readonly object: ObjectType
  readonly value: string | undefined
  readonly onChoose: (subject: Subject) => void
}

export const valueOfFamily = (children: string, via: string): string => `${familySign}${children}/${via}`

/** One tree of everything that a condition can be about. */
export function FieldPicker({ object, value, onChoose }: FieldPickerProps) {
  const t = useWords(filterWords)
  const label = useLabel()
  const { catalogue } = useBuilder()
  const nodes = useMemo(() => nodesOf(object, { catalogue, label }, t('related')), [object, catalogue, label, t])
  // An address may name a path that is deeper than the tree.
  const isDeep = value !== undefined && value.split('.').length > deepest
  const field = isDeep ? fieldAt(value, object, catalogue) : undefined
  const shown = field && value ? [...nodes, { value, title: label(field.label), whole: value }] : nodes
  return (
    <TreeSelect<string | null>
      className="filter-field"
      aria-label={t('field')}
      placeholder={t('chooseField')}
      value={value ?? null}
      treeData={shown}
      treeNodeLabelProp="whole"
      showSearch={{ treeNodeFilterProp: 'whole' }}
      popupMatchSelectWidth={300}
      onChange={(chosen) => {
        if (chosen === null) return
        const [children, via] = chosen.startsWith(familySign) ? chosen.slice(familySign.length).split('/') : []
        onChoose(children !== undefined && via !== undefined ? { children, via } : { field: chosen })
      }}
    />
  )
}
