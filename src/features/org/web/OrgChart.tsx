import { useMemo } from 'react'
import { Background, Controls, Handle, Position, ReactFlow, type Edge, type Node, type NodeProps } from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { useTone } from '#web/theme/look.tsx'
import { useWords } from '#web/words/use-words.ts'
import { chartPlaces, type UnitRow } from '../org-tree.ts'
import { orgWords } from './org-words.ts'

interface OrgChartProps {
  readonly rows: readonly UnitRow[]
  readonly onChoose: (row: UnitRow) => void
}

type UnitNode = Node<{ readonly row: UnitRow; readonly onChoose: (row: UnitRow) => void }, 'unit'>

const columnWidth = 252
const lineHeight = 92

/** Units as cards that grow to the right; a click opens one. */
export function OrgChart({ rows, onChoose }: OrgChartProps) {
  const t = useWords(orgWords)
  const tone = useTone()
  const { nodes, edges } = useMemo(() => drawChart(rows, onChoose), [rows, onChoose])
  return (
    <div className="org-chart" role="group" aria-label={t('chartHint')}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={tone}
        fitView
        fitViewOptions={{ padding: 0.08, maxZoom: 1 }}
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
      </ReactFlow>
    </div>
  )
}

function drawChart(rows: readonly UnitRow[], onChoose: (row: UnitRow) => void): { nodes: UnitNode[]; edges: Edge[] } {
  const places = chartPlaces(rows)
  return {
    nodes: places.map(({ row, depth, line }) => ({
      id: row.key,
      type: 'unit',
      position: { x: depth * columnWidth, y: line * lineHeight },
      data: { row, onChoose },
    })),
    edges: places.flatMap(({ row, parentId }) =>
      parentId === null
        ? []
        : [{ id: `${parentId}-${row.key}`, source: parentId, target: row.key, type: 'smoothstep' }],
    ),
  }
}

const nodeTypes = { unit: UnitCard }

function UnitCard({ data }: NodeProps<UnitNode>) {
  const t = useWords(orgWords)
  const { unit, headcount } = data.row
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <button type="button" className="org-card nodrag" onClick={() => data.onChoose(data.row)}>
        <span className="org-card-top">
          <b className="ellipsis">{unit.name}</b>
          {unit.tier && <span className="org-card-tier">{unit.tier}</span>}
        </span>
        <span className="org-card-foot">
          <span className="ellipsis">{unit.headName ?? '—'}</span>
          <span className="num">{t('count', { count: headcount })}</span>
        </span>
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  )
}
