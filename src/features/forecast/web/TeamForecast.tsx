import { useMemo, useState } from 'react'
import { EditOutlined } from '@ant-design/icons'
import { Button, Tag, Tooltip } from 'antd'
import { Figure } from '#web/kit/Figure.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { TreeTable, type TreeColumn } from '#web/kit/TreeTable.tsx'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useWords } from '#web/words/use-words.ts'
import type { CategoryKey, ForecastNode } from '../contract.ts'
import { saidAs, shownAs } from '../roll-up.ts'
import { useOpenDeals } from './DealsDrawer.tsx'
import type { FigureView } from './figure-view.ts'
import { KeyFigures } from './KeyFigures.tsx'
import { SayDialog } from './SayDialog.tsx'
import { SinceLast } from './SinceLast.tsx'
import type { Forecast } from './use-forecast.ts'
import { forecastWords } from './words.ts'

interface TeamForecastProps {
  readonly forecast: Forecast
  readonly root: ForecastNode
  readonly view: FigureView
}

const keyOf = (node: ForecastNode) => node.id
const nameOf = (node: ForecastNode) => node.name
const childrenOf = (node: ForecastNode) => node.children

/** Every tier: what the deals say, what was submitted below, and what a leader made of it. */
export function TeamForecast({ forecast, root, view }: TeamForecastProps) {
  const t = useWords(forecastWords)
  const isPhone = useIsPhone()
  const [overridden, setOverridden] = useState<ForecastNode>()
  const { currency } = forecast
  return (
    <div className="forecast-team">
      <Panel
        title={root.name}
        extra={
          <>
            <Missing node={root} />
            {root.canOverride && <OverrideButton node={root} onOpen={() => setOverridden(root)} />}
          </>
        }
      >
        <KeyFigures node={root} currency={currency} />
      </Panel>
      <Panel title={`${t('team')} (${currency})`} flush>
        {isPhone ? (
          <Cards root={root} view={view} currency={currency} onOverride={setOverridden} />
        ) : (
          <Rows key={root.id} root={root} view={view} currency={currency} onOverride={setOverridden} />
        )}
      </Panel>
      <SinceLast last={root.override ?? root.submission} currency={currency} />
      {overridden && (
        <SayDialog kind="override" node={overridden} forecast={forecast} onClose={() => setOverridden(undefined)} />
      )}
    </div>
  )
}

interface PartProps {
  readonly root: ForecastNode
  readonly view: FigureView
  readonly currency: string
  readonly onOverride: (node: ForecastNode) => void
}

function Missing({ node }: { readonly node: ForecastNode }) {
  const t = useWords(forecastWords)
  if (node.expected === 0) return <span className="muted">{t('nobodyDue')}</span>
  if (node.kind === 'person') {
    if (node.missing === 0) return <span className="muted">{t('said')}</span>
    return <Tag color="orange">{t(node.submission ? 'outdated' : 'notSubmitted')}</Tag>
  }
  const params = { n: node.missing, all: node.expected }
  return node.missing > 0 ? (
    <Tag color="orange">{t('missing', params)}</Tag>
  ) : (
    <span className="muted">{t('allIn', params)}</span>
  )
}

function OverrideButton({ node, onOpen }: { readonly node: ForecastNode; readonly onOpen: () => void }) {
  const t = useWords(forecastWords)
  return (
    <Button
      size="small"
      icon={<EditOutlined />}
      aria-label={t('overrideOf', { name: node.name })}
      onClick={(event) => {
        event.stopPropagation()
        onOpen()
      }}
    />
  )
}

/** What was said below, and beside it what a leader made of it. */
function SaidFigures({
  node,
  view,
  currency,
  of,
}: Omit<PartProps, 'root' | 'onOverride'> & { readonly node: ForecastNode; readonly of: 'commit' | 'bestCase' }) {
  const t = useWords(forecastWords)
  const below = node.submitted && saidAs(view, node.submitted)[of]
  const { override } = node
  return (
    <span className="forecast-both">
      <Figure value={below} unit="money" currency={currency} reason={t('notSubmitted')} />
      {override && (
        <Tooltip title={t('adjustedBy', { name: override.byName, note: override.note ?? '' })}>
          <span className="forecast-adjusted" tabIndex={0}>
            <Tag color="gold">{t('adjusted')}</Tag>
            <Figure value={saidAs(view, override)[of]} unit="money" currency={currency} />
          </span>
        </Tooltip>
      )}
    </span>
  )
}

function Rows({ root, view, currency, onOverride }: PartProps) {
  const t = useWords(forecastWords)
  const openDeals = useOpenDeals()
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const open = useMemo(() => new Set([root.id, ...opened].filter((id) => !closed.has(id))), [root.id, opened, closed])
  const toggle = (id: string, isOpen: boolean) => {
    const edited = (from: ReadonlySet<string>, isIn: boolean) =>
      new Set([...from].filter((other) => other !== id).concat(isIn ? [id] : []))
    setOpened(edited(opened, isOpen))
    setClosed(edited(closed, !isOpen))
  }
  const columns = useMemo((): readonly TreeColumn<ForecastNode>[] => {
    const ofDeals = (
      key: string,
      category: CategoryKey,
      value: (node: ForecastNode) => string,
    ): TreeColumn<ForecastNode> => ({
      key,
      title: t(category),
      width: 'minmax(88px, 1fr)',
      align: 'right',
      cell: (node) => (
        <Figure
          value={value(node)}
          unit="money"
          currency={currency}
          label={t('openDeals', { name: node.name, what: t(category) })}
          onOpen={() => openDeals(node.id, category)}
        />
      ),
    })
    const said = (of: 'commit' | 'bestCase'): TreeColumn<ForecastNode> => ({
      key: of,
      title: t(of === 'commit' ? 'saidCommit' : 'saidBest'),
      width: '112px',
      align: 'right',
      cell: (node) => <SaidFigures node={node} view={view} currency={currency} of={of} />,
    })
    return [
      {
        key: 'name',
        title: t('unit'),
        width: 'minmax(130px, 1.4fr)',
        cell: (node) => (
          <>
            <span className="ellipsis">{node.name}</span>
            {node.tier && <span className="tier-word">{node.tier}</span>}
          </>
        ),
      },
      {
        key: 'target',
        title: t('target'),
        width: 'minmax(88px, 1fr)',
        align: 'right',
        cell: (node) => <Figure value={node.target} unit="money" currency={currency} reason={t('noTarget')} />,
      },
      ofDeals('closed', 'closed', (node) => node.system.closed),
      ofDeals('committed', 'committed', (node) => shownAs(view, node.system).committed),
      ofDeals('best', 'best_case', (node) => shownAs(view, node.system).bestCase),
      ofDeals('pipeline', 'pipeline', (node) => shownAs(view, node.system).pipeline),
      said('commit'),
      said('bestCase'),
      { key: 'missing', title: t('submission'), width: '142px', cell: (node) => <Missing node={node} /> },
      {
        key: 'override',
        title: t('override'),
        width: '76px',
        cell: (node) => node.canOverride && <OverrideButton node={node} onOpen={() => onOverride(node)} />,
      },
    ]
  }, [t, view, currency, openDeals, onOverride])
  return (
    <TreeTable
      label={t('team')}
      roots={[root]}
      columns={columns}
      keyOf={keyOf}
      childrenOf={childrenOf}
      nameOf={nameOf}
      open={open}
      onToggle={toggle}
      rowHeight={48}
      height={480}
    />
  )
}

function Cards({ root, view, currency, onOverride }: PartProps) {
  const t = useWords(forecastWords)
  const openDeals = useOpenDeals()
  return (
    <div className="card-list">
      {root.children.map((node) => (
        <div key={node.id} className="card-row forecast-card">
          <div className="forecast-card-head">
            <b className="ellipsis">{node.name}</b>
            <Missing node={node} />
            {node.canOverride && <OverrideButton node={node} onOpen={() => onOverride(node)} />}
          </div>
          <dl>
            <div>
              <dt>{t('closed')}</dt>
              <dd>
                <Figure
                  value={node.system.closed}
                  unit="money"
                  currency={currency}
                  label={t('openDeals', { name: node.name, what: t('closed') })}
                  onOpen={() => openDeals(node.id, 'closed')}
                />
              </dd>
            </div>
            <div>
              <dt>{t('committed')}</dt>
              <dd>
                <Figure
                  value={shownAs(view, node.system).committed}
                  unit="money"
                  currency={currency}
                  label={t('openDeals', { name: node.name, what: t('committed') })}
                  onOpen={() => openDeals(node.id, 'committed')}
                />
              </dd>
            </div>
            <div>
              <dt>{t('submittedSum')}</dt>
              <dd>
                <SaidFigures node={node} view={view} currency={currency} of="commit" />
              </dd>
            </div>
          </dl>
        </div>
      ))}
    </div>
  )
}
