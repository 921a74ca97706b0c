import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons'
import type { MetricRow } from '#features/targets/web/index.tsx'
import { differenceUnit, percentText, shortNumber } from '#web/kit/number-text.ts'
import { stateMarks, stateOf } from '#web/kit/state.ts'
import { useMe } from '#web/session/me.ts'
import { useGo } from '#web/shell/address.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { HeatCell } from '../../contract.ts'
import type { Heat, ShownRow } from './use-heat.ts'
import { boardWords } from './words.ts'

export type HeatShow = 'attainment' | 'actual' | 'gap'

interface HeatTableProps {
  readonly heat: Heat
  readonly rows: readonly ShownRow[]
  readonly opened: readonly string[]
  readonly onToggle: (node: string) => void
  readonly metric: MetricRow
  readonly show: HeatShow
}

/** Tiers down, periods across; colour, mark and figure say the same. */
export function HeatTable({ heat, rows, opened, onToggle, metric, show }: HeatTableProps) {
  const t = useWords(boardWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const isAimed = rows.some(({ cells }) => cells.some((cell) => cell !== null && cell.target !== null))
  return (
    <div className="heat-scroll" tabIndex={0} role="region" aria-label={t('heat')}>
      {!isAimed && show !== 'actual' && (
        <p className="heat-legend" role="status">
          {t('heatWithoutTarget')}
        </p>
      )}
      <table className="heat">
        <thead>
          <tr>
            <th scope="col">{t('tier')}</th>
            {heat.periods.map((period) => (
              <th key={period.key} scope="col">
                {label(period.short)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" style={{ paddingInlineStart: 8 + row.depth * 16 }}>
                <RowName row={row} isOpen={opened.includes(row.id)} onToggle={onToggle} />
              </th>
              {row.cells.map((cell, at) => (
                <Cell
                  key={heat.periods[at]?.key}
                  row={row}
                  cell={cell}
                  period={heat.periods[at]}
                  metric={metric}
                  show={show}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="heat-legend muted">
        {t('legend')}{' '}
        {(['ahead', 'on', 'behind', 'far'] as const).map((state) => (
          <span key={state} className="heat-key" data-state={state}>
            {stateMarks[state]} {k(state)}
          </span>
        ))}
      </p>
    </div>
  )
}

interface RowNameProps {
  readonly row: ShownRow
  readonly isOpen: boolean
  readonly onToggle: (node: string) => void
}

function RowName({ row, isOpen, onToggle }: RowNameProps) {
  const t = useWords(boardWords)
  if (row.depth === 0 || !row.hasChildren) return <span className="heat-name">{row.name}</span>
  return (
    <button
      type="button"
      className="plain-button heat-name"
      aria-expanded={isOpen}
      aria-label={t(isOpen ? 'close' : 'open', { name: row.name })}
      onClick={() => onToggle(row.id)}
    >
      {isOpen ? <CaretDownOutlined /> : <CaretRightOutlined />} {row.name}
    </button>
  )
}

interface CellProps {
  readonly row: ShownRow
  readonly cell: HeatCell | null
  readonly period: Heat['periods'][number] | undefined
  readonly metric: MetricRow
  readonly show: HeatShow
}

function Cell({ row, cell, period, metric, show }: CellProps) {
  const t = useWords(boardWords)
  const label = useLabel()
  const language = useLanguage()
  const { company } = useMe()
  const go = useGo()
  if (!cell || !period) return <td title={t('notThere')} data-state="absent" />
  const figure = textOf(cell, show, (value) =>
    shortNumber(value, {
      unit: show === 'gap' ? differenceUnit(metric.unit) : metric.unit,
      language,
      currency: company.currency,
    }),
  )
  if (figure === null) return <td title={t(whyNone[cell.reason ?? 'no-target'])}>—</td>
  const state = stateOf(cell.light)
  return (
    <td data-state={state}>
      <button
        type="button"
        className="plain-button heat-cell num"
        aria-label={t('cell', { name: row.name, period: label(period.label), figure })}
        onClick={() => go('/targets', { metric: metric.key, period: period.key, node: row.id, behind: row.id })}
      >
        {figure}
        <small aria-hidden>{state === 'none' ? '' : stateMarks[state]}</small>
      </button>
    </td>
  )
}

const whyNone = {
  'no-target': 'noTarget',
  'zero-target': 'noTarget',
  'not-begun': 'notBegun',
  'no-actual': 'noFigure',
} as const

/** What a cell shows; null where there is nothing to tell. */
function textOf(cell: HeatCell, show: HeatShow, written: (value: string) => string): string | null {
  if (show === 'actual') return cell.actual === null || cell.reason === 'not-begun' ? null : written(cell.actual)
  if (cell.light === null || cell.target === null || cell.actual === null) return null
  if (show === 'attainment') return percentText(cell.attainment)
  return cell.gap === null ? null : written(cell.gap)
}
