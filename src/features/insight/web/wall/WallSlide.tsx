import { Suspense, useEffect } from 'react'
import type { AttainmentNode } from '#features/targets/contract.ts'
import {
  hasTarget,
  RecordsDrawer,
  Terrace,
  useAttainmentTree,
  waterOf,
  wayTo,
  type MetricRow,
} from '#features/targets/web/index.tsx'
import { AttainmentBar } from '#web/kit/AttainmentBar.tsx'
import { Figure } from '#web/kit/Figure.tsx'
import { percentText, shortNumber } from '#web/kit/number-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { StateMark } from '#web/kit/StateMark.tsx'
import { stateOf } from '#web/kit/state.ts'
import { useMe } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { wallWords } from './words.ts'

const readEveryMs = 60_000
const mostShown = 8

/** One metric: the terrace, its figure, the tiers below and who leads. */
export function WallSlide({ metric }: { readonly metric: MetricRow }) {
  const t = useWords(wallWords)
  const label = useLabel()
  const language = useLanguage()
  const { company } = useMe()
  const { node, period } = useWhoAndWhen()
  const change = useChangeAddress()
  const { behind } = useAddress()
  const tree = useAttainmentTree(metric.key, period.key)
  const { refetch } = tree
  useEffect(() => {
    const timer = setInterval(() => void refetch(), readEveryMs)
    return () => clearInterval(timer)
  }, [refetch])
  if (tree.isPending) return <LoadingState rows={10} />
  if (!tree.data) return <ErrorState problem={tree.error} onRetry={() => void refetch()} />
  const focus = (node ? wayTo<AttainmentNode>(tree.data, node).at(-1) : undefined) ?? tree.data
  const opened = behind === undefined ? undefined : wayTo<AttainmentNode>(tree.data, behind).at(-1)
  const shared = { unit: metric.unit, language, currency: company.currency }
  const water = waterOf(focus)
  const time = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: company.zone,
  }).format(tree.dataUpdatedAt)
  return (
    <>
      <header className="wall-head">
        <h1>
          {focus.name} · {label(metric.label)}
        </h1>
        <span className="muted">
          {label(period.label)} · {t(tree.isError ? 'stale' : 'readAt', { time })}
        </span>
      </header>
      <div className="wall-figures num">
        <strong>{percentText(focus.attainment)}</strong>
        <StateMark state={stateOf(focus.light)} reason={focus.reason} />
        <span>
          {t('actual')}{' '}
          <b>
            <Figure
              value={focus.actual}
              unit={metric.unit}
              currency={company.currency}
              label={t('records', { name: focus.name })}
              onOpen={() => change({ behind: focus.id })}
            />
          </b>
        </span>
        <span>
          {t('target')} <b>{shortNumber(focus.target, shared)}</b>
        </span>
        {water !== undefined && <span className="muted">{t('due', { share: percentText(water) })}</span>}
      </div>
      <div className="wall-body">
        <div className="wall-terrace">
          <Suspense fallback={<LoadingState rows={6} />}>
            <Terrace
              root={focus}
              unit={metric.unit}
              currency={company.currency}
              addsUp={metric.kind === 'flow'}
              onGoDown={({ id }) => change({ node: id })}
              onGoUp={() => change({ node: undefined })}
            />
          </Suspense>
        </div>
        <Ranking title={t('units')} ranked={focus.children.map((node) => ({ node, unit: null }))} />
        <Ranking title={t('people')} ranked={peopleIn(focus)} />
      </div>
      {opened && (
        <Suspense>
          <RecordsDrawer
            figure={{ metric: metric.key, node: opened.id, period: period.key }}
            metric={metric}
            name={opened.name}
            shown={opened.actual}
            onClose={() => change({ behind: undefined })}
          />
        </Suspense>
      )}
    </>
  )
}

interface Ranked {
  readonly node: AttainmentNode
  /** Where a person stands: who moved stands in two units. Null where the name says it. */
  readonly unit: string | null
}

function peopleIn(root: AttainmentNode, unit: string | null = null): readonly Ranked[] {
  return root.kind === 'person'
    ? [{ node: root, unit }]
    : root.children.flatMap((child) => peopleIn(child, root.id === 'mine' ? null : root.name))
}

interface RankingProps {
  readonly title: string
  readonly ranked: readonly Ranked[]
}

function Ranking({ title, ranked }: RankingProps) {
  const t = useWords(wallWords)
  const change = useChangeAddress()
  const inOrder = ranked
    .filter(({ node }) => hasTarget(node) && node.attainment !== null)
    .toSorted((one, other) => (other.node.attainment ?? 0) - (one.node.attainment ?? 0))
    .slice(0, mostShown)
  return (
    <section className="wall-ranking">
      <h2>{title}</h2>
      {inOrder.length === 0 && <p className="muted">{t(ranked.length === 0 ? 'noneHere' : 'noneJudged')}</p>}
      <ol>
        {inOrder.map(({ node, unit }) => (
          <li key={node.id}>
            <button
              type="button"
              className="plain-button wall-name"
              title={t('records', { name: node.name })}
              onClick={() => change({ behind: node.id })}
            >
              <span className="ellipsis">{node.name}</span>
              {unit !== null && <small className="muted ellipsis">{unit}</small>}
            </button>
            <AttainmentBar ratio={node.attainment} elapsed={waterOf(node)} state={stateOf(node.light)} />
            <StateMark state={stateOf(node.light)} reason={node.reason} short />
          </li>
        ))}
      </ol>
    </section>
  )
}
