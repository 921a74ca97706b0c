import { useState } from 'react'
import { Button, Dropdown, Select } from 'antd'
import { DownloadOutlined } from '@ant-design/icons'
import { StructureChoice } from '#features/org/web/index.tsx'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useMay } from '#web/session/me.ts'
import { useAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { exportHealthRoute } from '../contract.ts'
import { findingLabels } from '../finding-labels.ts'
import { thresholds, type FindingKind, type Health } from '../health-contract.ts'
import { LayerChart, SpanChart } from './HealthCharts.tsx'
import { RecordsLink } from './OwnedLinks.tsx'
import { useHealth } from './use-reorganisations.ts'
import { reorganisationWords } from './words.ts'
import './reorganisation.css'

/** How the tiers are set up today, and what is out of bounds. */
export function HealthPage() {
  const t = useWords(reorganisationWords)
  const { structure } = useAddress()
  const health = useHealth(structure)
  return (
    <BoardPage
      title={t('health')}
      note={t('healthNote')}
      crumbs={<PageLink to="/org">{t('backToOrg')}</PageLink>}
      actions={
        <>
          <StructureChoice />
          <ExportButton structure={structure} />
        </>
      }
    >
      {health.isPending && <LoadingState rows={10} />}
      {health.isError && <ErrorState problem={health.error} onRetry={() => void health.refetch()} />}
      {health.data && <HealthBoard health={health.data} />}
    </BoardPage>
  )
}

function ExportButton({ structure }: { readonly structure: string | undefined }) {
  const t = useWords(reorganisationWords)
  const mayExport = useMay('org.export')
  if (!mayExport) return null
  const address = (format: string) =>
    `${exportHealthRoute.path}?format=${format}${structure ? `&structure=${structure}` : ''}`
  const items = ['xlsx', 'csv'].map((format) => ({
    key: format,
    label: (
      <a href={address(format)} download>
        {format.toUpperCase()}
      </a>
    ),
  }))
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button icon={<DownloadOutlined />}>{t('export')}</Button>
    </Dropdown>
  )
}

function HealthBoard({ health }: { readonly health: Health }) {
  const t = useWords(reorganisationWords)
  const { totals } = health
  const figures = [
    [t('units'), totals.units],
    [t('people'), totals.people],
    [t('layers'), totals.layers],
    [t('spanMean'), totals.span ?? '—'],
    [t('vacancies'), totals.vacancies],
  ] as const
  return (
    <div className="reorg-page">
      <Panel>
        <dl className="reorg-figures">
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="num">{value}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <div className="reorg-charts">
        <Panel title={t('spanChart')}>
          <SpanChart health={health} />
        </Panel>
        <Panel title={t('layerChart')}>
          <LayerChart health={health} />
        </Panel>
      </div>
      <Findings health={health} />
      <Loads health={health} />
    </div>
  )
}

function Findings({ health: { findings } }: { readonly health: Health }) {
  const t = useWords(reorganisationWords)
  const label = useLabel()
  const [kind, setKind] = useState<FindingKind>()
  const counts = Map.groupBy(findings, (finding) => finding.kind)
  const shown = kind === undefined ? findings : (counts.get(kind) ?? [])
  const choice = (
    <Select<FindingKind>
      allowClear
      aria-label={t('findings')}
      placeholder={`${t('all')} ${findings.length}`}
      value={kind ?? null}
      popupMatchSelectWidth={false}
      options={[...counts].map(([value, group]) => ({
        value,
        label: `${label(findingLabels[value])} ${group.length}`,
      }))}
      onChange={(value: FindingKind | undefined) => setKind(value)}
    />
  )
  const { spanLeast, spanMost, layersMost, loadTimes } = thresholds
  return (
    <Panel title={`${t('findings')} ${findings.length}`} extra={choice}>
      <p className="muted">{t('bounds', { least: spanLeast, most: spanMost, layers: layersMost, times: loadTimes })}</p>
      {findings.length === 0 && <p>{t('noFindings')}</p>}
      <ul className="reorg-effects">
        {shown.map((finding, at) => (
          <li key={at}>
            <span className="reorg-mark">{label(findingLabels[finding.kind])}</span>
            {finding.unit && (
              <PageLink to="/org" search={{ find: finding.unit.name }}>
                {finding.unit.name}
              </PageLink>
            )}
            {finding.person && (
              <PageLink to="/org" search={{ person: finding.person.id }}>
                {finding.person.name}
              </PageLink>
            )}
            {finding.figure !== null && <span className="num">{finding.figure}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const mostShown = 100

function Loads({ health: { people, medians } }: { readonly health: Health }) {
  const t = useWords(reorganisationWords)
  const heaviest = people.toSorted((a, b) => Number(b.times ?? 0) - Number(a.times ?? 0)).slice(0, mostShown)
  const link = (object: string, owner: string, count: number, isOpen: boolean) =>
    count === 0 ? 0 : <RecordsLink object={object} owners={[owner]} text={String(count)} isOpen={isOpen} />
  return (
    <Panel title={t('load')} extra={<span className="muted">{t('medians', { ...medians })}</span>}>
      <div className="reorg-scroll" tabIndex={0} role="group" aria-label={t('load')}>
        <table className="reorg-table">
          <thead>
            <tr>
              {[t('person'), t('unit'), t('accounts'), t('deals'), t('tasks'), t('times')].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {heaviest.map((one) => (
              <tr key={one.id} data-other={Number(one.times) > thresholds.loadTimes}>
                <th scope="row">
                  <PageLink to="/org" search={{ person: one.id }}>
                    {one.name}
                  </PageLink>
                </th>
                <td>{one.unit.name}</td>
                <td className="num">{link('account', one.id, one.accounts, false)}</td>
                <td className="num">{link('opportunity', one.id, one.deals, true)}</td>
                <td className="num">{link('task', one.id, one.tasks, true)}</td>
                <td className="num">{one.times ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
