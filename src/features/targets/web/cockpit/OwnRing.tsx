import { Figure } from '#web/kit/Figure.tsx'
import { differenceUnit } from '#web/kit/number-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useLeads, useMe } from '#web/session/me.ts'
import { useGo } from '#web/shell/address.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { AttainmentNode } from '../../contract.ts'
import { Ribbon } from '../terrace/Ribbon.tsx'
import { Ring } from '../terrace/Ring.tsx'
import { findTier, hasTarget } from '../terrace/tier.ts'
import { ownNode } from './own-node.ts'
import { paceText } from './pace-text.ts'
import { useAttainmentTree, useShownMetric } from './use-attainment.ts'
import { useReason } from './use-reason.ts'
import { cockpitWords } from './words.ts'
import './cockpit.css'

const usualMetric = 'signed_amount'

/** The own ring and what is still needed; every figure leads to its records. */
export function OwnRing() {
  const t = useWords(cockpitWords)
  const label = useLabel()
  const language = useLanguage()
  const reason = useReason()
  const me = useMe()
  const { node: wanted, period } = useWhoAndWhen()
  const { metric, key, hasNone } = useShownMetric(usualMetric)
  const tree = useAttainmentTree(key, period.key, !hasNone)
  const isLead = useLeads()
  const go = useGo()
  if (hasNone) return <p className="muted">{t('noMetrics')}</p>
  if (tree.isError && metric) return <ErrorState problem={tree.error} onRetry={() => void tree.refetch()} />
  if (!tree.data || !metric) return <LoadingState rows={3} />
  const asked = isLead && wanted ? findTier<AttainmentNode>(tree.data, wanted) : undefined
  const node = isLead ? (asked ?? tree.data) : ownNode(tree.data, { personId: me.person.id, isLead })
  const shown = metric.key === usualMetric ? {} : { metric: metric.key }
  const isAimed = hasTarget(node)
  const shared = {
    unit: metric.unit,
    currency: me.company.currency,
    reason: reason(isAimed ? node.reason : 'no-target'),
  }
  const open = () => go('/targets', { ...shown, node: node.id === tree.data.id ? undefined : node.id, behind: node.id })
  return (
    <div className="own-ring">
      <button
        type="button"
        className="plain-button"
        onClick={() => go('/targets', node.id === tree.data.id ? shown : { ...shown, node: node.id })}
      >
        <Ring tier={node} size={132} />
      </button>
      <div className="own-ring-figures num">
        <div>
          {label(metric.label)} <span className="muted">{label(period.label)}</span>
        </div>
        <div className="own-ring-main">
          <Figure
            {...shared}
            value={node.actual}
            label={t('openRecords', { name: node.name, what: t('actual') })}
            onOpen={open}
          />
          <span className="muted"> / </span>
          <Figure {...shared} value={node.target} />
        </div>
        <div className="own-ring-more">
          <span>
            <small>{isAimed && Number(node.gap ?? 0) < 0 ? t('surplus') : t('gap')}</small>
            <Figure
              {...shared}
              unit={differenceUnit(metric.unit)}
              value={!isAimed || node.gap === null ? null : node.gap.replace('-', '')}
            />
          </span>
          <span>
            <small>{t('pace')}</small>
            {paceText(node.pace, metric.kind, language)}
          </span>
          <span>
            <small>{t('perDay')}</small>
            <Figure {...shared} value={isAimed ? node.requiredPerDay : null} />
          </span>
        </div>
        {isLead && node.children.length > 0 && (
          <Ribbon
            root={node}
            unit={metric.unit}
            currency={me.company.currency}
            addsUp={metric.kind === 'flow'}
            onGoDown={(tier) => go('/targets', { ...shown, node: tier.id })}
          />
        )}
      </div>
    </div>
  )
}
