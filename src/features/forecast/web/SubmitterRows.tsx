import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { Figure } from '#web/kit/Figure.tsx'
import { percentText } from '#web/kit/number-text.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { MarkKey } from '../contract.ts'
import { useOpenEntry } from './EntryDrawer.tsx'
import { signedPercent } from './signed-percent.ts'
import type { Submitter } from './use-forecast.ts'
import { forecastWords } from './words.ts'

interface SubmitterRowsProps {
  readonly submitter: Submitter
  readonly mark: MarkKey
  readonly currency: string
  readonly isOpen: boolean
  readonly onOpen: () => void
}

/** One submitter; opened, every period with what was said and what closed, each a way to its deals. */
export function SubmitterRows({ submitter, mark, currency, isOpen, onOpen }: SubmitterRowsProps) {
  const t = useWords(forecastWords)
  const { name, subject, isOwn, marks } = submitter
  const title = isOwn ? name : t('by', { by: name, whom: subject })
  const { commit, bestCase } = marks[mark]
  const cases = t('cases', { n: commit.cases })
  return (
    <>
      <tr>
        <th scope="row">
          <button type="button" className="plain-button forecast-link" aria-expanded={isOpen} onClick={onOpen}>
            {isOpen ? <DownOutlined /> : <RightOutlined />} {title}
          </button>
          <small className="muted">
            {commit.withoutResult === 0 ? cases : t('casesWithout', { n: commit.cases, none: commit.withoutResult })}
          </small>
        </th>
        {[commit, bestCase].flatMap(({ bias, mape, cases: all }, at) => {
          const why = t(all === 0 ? 'nothingSaidThen' : 'nothingClosed')
          return [
            <td key={`${at} bias`} className="forecast-right num">
              {bias === null ? <Dash why={why} /> : signedPercent(bias)}
            </td>,
            <td key={`${at} mape`} className="forecast-right num">
              {mape === null ? <Dash why={why} /> : percentText(mape)}
            </td>,
          ]
        })}
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={5}>
            <Periods submitter={submitter} mark={mark} title={title} currency={currency} />
          </td>
        </tr>
      )}
    </>
  )
}

function Dash({ why }: { readonly why: string }) {
  return (
    <Tooltip title={why}>
      <span>—</span>
    </Tooltip>
  )
}

interface PeriodsProps {
  readonly submitter: Submitter
  readonly mark: MarkKey
  readonly title: string
  readonly currency: string
}

function Periods({ submitter, mark, title, currency }: PeriodsProps) {
  const t = useWords(forecastWords)
  const label = useLabel()
  const open = useOpenEntry()
  return (
    <table className="forecast-table" aria-label={t('wordByWord', { who: title })}>
      <thead>
        <tr>
          <th scope="col">{t('period')}</th>
          {(['landingCommit', 'landingBest', 'actual'] as const).map((key) => (
            <th key={key} scope="col" className="forecast-right">
              {t(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {submitter.periods.map(({ period, closed, entry, words }) => {
          const word = words[mark]
          const said = (value: string | undefined, what: string) => (
            <Figure
              value={value}
              unit="money"
              currency={currency}
              reason={t('nothingSaidThen')}
              label={t('openSaid', { who: title, period: label(period.label), what })}
              onOpen={() => word && open('said', word.entry)}
            />
          )
          return (
            <tr key={`${period.from} ${period.to}`}>
              <th scope="row">{label(period.label)}</th>
              <td className="forecast-right">{said(word?.commit, t('landingCommit'))}</td>
              <td className="forecast-right">{said(word?.bestCase, t('landingBest'))}</td>
              <td className="forecast-right">
                <Figure
                  value={closed}
                  unit="money"
                  currency={currency}
                  label={t('openSaid', { who: title, period: label(period.label), what: t('actual') })}
                  onOpen={() => open('came', entry)}
                />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
