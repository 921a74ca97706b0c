import { Figure } from '#web/kit/Figure.tsx'
import { percentText } from '#web/kit/number-text.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { StateMark } from '#web/kit/StateMark.tsx'
import { stateOf } from '#web/kit/state.ts'
import { useWords } from '#web/words/use-words.ts'
import type { AttainmentNode } from '../../contract.ts'
import { explainGap } from './explain-gap.ts'
import type { MetricRow } from './use-attainment.ts'
import { cockpitWords } from './words.ts'

interface GapPanelProps {
  readonly node: AttainmentNode
  readonly metric: MetricRow
  readonly currency: string
  readonly onGo: (node: AttainmentNode) => void
  readonly onRecords: (node: AttainmentNode) => void
}

const titles = { gap: 'gapFrom', surplus: 'surplusFrom', weakest: 'weakest' } as const

/** The three children that explain the gap, each a way down. */
export function GapPanel({ node, metric, currency, onGo, onRecords }: GapPanelProps) {
  const t = useWords(cockpitWords)
  const story = explainGap(node, metric.kind === 'flow' || metric.kind === 'stock')
  return (
    <Panel title={t(node.target === null ? 'gapFrom' : titles[story.kind])}>
      {story.parts.length === 0 && (
        <p className="muted gap-none">{node.target === null ? t('noTarget') : t('noGap')}</p>
      )}
      <ol className="gap-list">
        {story.parts.map(({ node: child, share }) => (
          <li key={child.id}>
            <button
              type="button"
              className="plain-button gap-name ellipsis"
              onClick={() => onGo(child)}
              aria-label={t('goTo', { name: child.name })}
            >
              {child.name}
            </button>
            <StateMark state={stateOf(child.light)} reason={child.reason} />
            <span className="gap-value num">
              <Figure
                value={share === null ? child.attainment : String(child.gap).replace('-', '')}
                unit={share === null ? 'percent' : metric.unit}
                currency={currency}
                label={t('openRecords', { name: child.name, what: t('gap') })}
                onOpen={() => onRecords(child)}
              />
            </span>
            {share !== null && (
              <span className="gap-share">
                <span className="gap-track" aria-hidden>
                  <i data-kind={story.kind} style={{ width: `${share * 100}%` }} />
                </span>
                <span className="muted num">
                  {t(story.kind === 'gap' ? 'share' : 'shareSurplus', { share: percentText(share) })}
                </span>
              </span>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
