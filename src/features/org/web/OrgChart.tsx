import { useEffect, useMemo } from 'react'
import {
  Background,
  Controls,
  Handle,
  Position,
  ReactFlow,
  useReactFlow,
  type Edge,
  type Node,
  type NodeProps,
} from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { kitWords } from '#web/kit/words.ts'
import { useTone } from '#web/theme/look.tsx'
import { useWords } from '#web/words/use-words.ts'
import { chartPlaces, unitsBelow, type UnitRow } from '../org-tree.ts'
import { orgWords } from './org-words.ts'

interface OrgChartProps {
  readonly rows: readonly UnitRow[]
  readonly open: ReadonlySet<string>
  readonly onToggle: (key: string, isOpen: boolean) => void
  readonly onChoose: (row: UnitRow) => void
}

interface Card extends Pick<OrgChartProps, 'onToggle' | 'onChoose'> {
  readonly row: UnitRow
  readonly isOpen: boolean
}

type UnitNode = Node<{ readonly card: Card }, 'unit'>

const columnWidth = 276
const lineHeight = 84
const fit = { padding: 0.1, maxZoom: 1, minZoom: 0.4 }

/** Units as cards that grow to the right; a click opens one, the small button what is below it. */
export function OrgChart(props: OrgChartProps) {
  const t = useWords(orgWords)
  const tone = useTone()
  const { rows, open, onToggle, onChoose } = props
  const { nodes, edges } = useMemo(
    () => drawChart({ rows, open, onToggle, onChoose }),
    [rows, open, onToggle, onChoose],
  )
  return (
    <div className="org-chart" role="group" aria-label={t('chartHint')}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={tone}
        fitView
        fitViewOptions={fit}
        minZoom={0.15}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={24} />
        <Controls showInteractive={false} />
        <FitAgain count={nodes.length} />
      </ReactFlow>
    </div>
  )
}

/** Brings the whole chart into view when units came or went. */
function FitAgain({ count }: { readonly count: number }) {
  const { fitView } = useReactFlow()
  useEffect(() => {
    const frame = requestAnimationFrame(() => void fitView({ ...fit, duration: 200 }))
    return () => cancelAnimationFrame(frame)
  }, [fitView, count])
  return null
}

function drawChart({ rows, open, onToggle, onChoose }: OrgChartProps): { nodes: UnitNode[]; edges: Edge[] } {
  const places = chartPlaces(rows, open)
  return {
    nodes: places.map(({ row, depth, line }) => ({
      id: row.key,
      type: 'unit',
      position: { x: depth * columnWidth, y: line * lineHeight },
      data: { card: { row, isOpen: open.has(row.key), onToggle, onChoose } },
    })),
    edges: places.flatMap(({ row, parentId }) =>
      parentId === null
        ? []
        : [{ id: `${parentId}-${row.key}`, source: parentId, target: row.key, type: 'smoothstep' }],
    ),
  }
}

const nodeTypes = { unit: UnitCard }

function UnitCard({ data: { card } }: NodeProps<UnitNode>) {
  const t = useWords(orgWords)
  const k = useWords(kitWords)
  const { row, isOpen, onToggle, onChoose } = card
  const { unit, headcount } = row
  const hasBelow = unitsBelow(row).length > 0
  return (
    <div className="org-card nodrag">
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <button type="button" className="org-card-body" onClick={() => onChoose(row)}>
        <span className="org-card-top">
          <b className="ellipsis">{unit.name}</b>
          {unit.tier && <span className="org-card-tier">{unit.tier}</span>}
        </span>
        <span className="org-card-foot">
          <span className="ellipsis">{unit.headName ?? '—'}</span>
          <span className="num">{t('count', { count: headcount })}</span>
        </span>
      </button>
      {hasBelow && (
        <button
          type="button"
          className="org-card-more"
          aria-expanded={isOpen}
          aria-label={k(isOpen ? 'collapse' : 'expand', { name: unit.name })}
          onClick={() => onToggle(row.key, !isOpen)}
        >
          {isOpen ? <MinusOutlined /> : <PlusOutlined />}
        </button>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  )
}
