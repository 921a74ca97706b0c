import type { MetricRow } from '#features/targets/web/index.tsx'
import { paceText, waterOf } from '#features/targets/web/index.tsx'
import { AttainmentBar } from '#web/kit/AttainmentBar.tsx'
import { Figure } from '#web/kit/Figure.tsx'
import { StateMark } from '#web/kit/StateMark.tsx'
import { stateOf } from '#web/kit/state.ts'
import { useMe } from '#web/session/me.ts'
import { useGo } from '#web/shell/address.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { Aimed } from './aimed.ts'
import { boardWords } from './words.ts'

interface PeopleTableProps {
  readonly people: readonly Aimed[]
  readonly metric: MetricRow
}

/** People with their targets, in the order they are given. */
export function PeopleTable({ people, metric }: PeopleTableProps) {
  const t = useWords(boardWords)
  const language = useLanguage()
  const { company } = useMe()
  const go = useGo()
  const shared = { unit: metric.unit, currency: company.currency }
  return (
    <div className="board-scroll" tabIndex={0} role="region" aria-label={t('person')}>
      <table className="board-table">
        <thead>
          <tr>
            <th scope="col">{t('person')}</th>
            <th scope="col">{t('unit')}</th>
            <th scope="col" className="num">
              {t('actual')}
            </th>
            <th scope="col" className="num">
              {t('target')}
            </th>
            <th scope="col">{t('attainment')}</th>
            <th scope="col" className="num">
              {t('pace')}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ node, unit }) => (
            <tr key={node.id}>
              <th scope="row">
                <button
                  type="button"
                  className="plain-button crumb"
                  onClick={() => go('/targets', { metric: metric.key, node: node.id })}
                >
                  {node.name}
                </button>
              </th>
              <td className="muted">{unit}</td>
              <td className="num">
                <Figure
                  {...shared}
                  value={node.actual}
                  label={t('openRecords', { name: node.name, what: t('actual') })}
                  onOpen={() => go('/targets', { metric: metric.key, node: node.id, behind: node.id })}
                />
              </td>
              <td className="num">
                <Figure {...shared} value={node.target} />
              </td>
              <td>
                <AttainmentBar ratio={node.attainment} elapsed={waterOf(node)} state={stateOf(node.light)} />
              </td>
              <td className="num">
                {paceText(node.pace, metric.kind, language)}{' '}
                <StateMark state={stateOf(node.light)} reason={node.reason} short />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
