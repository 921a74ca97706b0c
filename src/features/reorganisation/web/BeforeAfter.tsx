import { useMemo, useState } from 'react'
import { TreeTable, type TreeColumn } from '#web/kit/TreeTable.tsx'
import { useWords } from '#web/words/use-words.ts'
import type { DrawnDraft, DrawnUnitShape } from '../contract.ts'
import { reorganisationWords } from './words.ts'

interface Row {
  readonly key: string
  readonly name: string
  readonly detail: string
  readonly marks: readonly string[]
  readonly rows: readonly Row[]
}

/** The tree of the day before and after the steps, side by side, what is other marked in words. */
export function BeforeAfter({ shown }: { readonly shown: DrawnDraft }) {
  const t = useWords(reorganisationWords)
  return (
    <div className="reorg-trees">
      {(['before', 'after'] as const).map((side) => (
        <section key={side} aria-label={t(side)}>
          <h2>{t(side)}</h2>
          <DrawnTree units={shown[side]} people={shown.people} label={t(side)} />
        </section>
      ))}
    </div>
  )
}

interface DrawnTreeProps {
  readonly units: readonly DrawnUnitShape[]
  readonly people: DrawnDraft['people']
  readonly label: string
}

function DrawnTree({ units, people, label }: DrawnTreeProps) {
  const t = useWords(reorganisationWords)
  const roots = useMemo(() => {
    const children = Map.groupBy(units, (unit) => unit.parentId)
    const build = (unit: DrawnUnitShape): Row => ({
      key: unit.id,
      name: unit.name,
      detail: unit.headId === null ? '' : (people[unit.headId]?.name ?? ''),
      marks: unit.marks.map((mark) => t(`mark_${mark}`)),
      rows: [
        // Who stands where nothing changes would only hide what does.
        ...(unit.marks.length > 0 ? unit.people : []).map((one, at): Row => ({
          key: `${unit.id}.${one.id}.${at}`,
          name: people[one.id]?.name ?? '—',
          detail: one.isMain && one.share === '100' ? '' : `${one.share}%`,
          marks: one.mark === null ? [] : [t(one.mark === 'leaves' ? 'mark_leave' : 'mark_come')],
          rows: [],
        })),
        ...(children.get(unit.id) ?? []).map(build),
      ],
    })
    return (children.get(null) ?? []).map(build)
  }, [units, people, t])
  const touched = useMemo(() => new Set(roots.flatMap(keysTo)), [roots])
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map())
  const open = useMemo(() => {
    const keys = new Set(touched)
    for (const [key, isOpen] of toggled)
      if (isOpen) keys.add(key)
      else keys.delete(key)
    return keys
  }, [touched, toggled])
  const columns: readonly TreeColumn<Row>[] = [
    {
      key: 'name',
      title: t('unit'),
      width: 'minmax(0, 1fr)',
      cell: (row) => (
        <span className="reorg-name">
          <span className="ellipsis">{row.name}</span>
          {row.marks.map((mark) => (
            <span key={mark} className="reorg-mark">
              {mark}
            </span>
          ))}
        </span>
      ),
    },
    {
      key: 'head',
      title: t('head'),
      width: '90px',
      cell: (row) => <span className="muted ellipsis">{row.detail}</span>,
    },
  ]
  return (
    <TreeTable<Row>
      label={label}
      roots={roots}
      columns={columns}
      keyOf={(row) => row.key}
      childrenOf={(row) => row.rows}
      nameOf={(row) => row.name}
      open={open}
      onToggle={(key, isOpen) => setToggled(new Map([...toggled, [key, isOpen]]))}
      rowHeight={34}
      height={420}
    />
  )
}

/** The top and every row that leads to one with a mark. */
function keysTo(row: Row): readonly string[] {
  const below = row.rows.flatMap(keysTo)
  const isMarked = row.rows.some((inner) => inner.marks.length > 0)
  return below.length > 0 || isMarked || row.key === undefined ? [row.key, ...below] : []
}
